package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.directory.Term;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;

/**
 * Who there is, who belongs to whom on a day, and the vocabulary. Open to everybody;
 * every list is whole, as none is longer than the municipalities of Sweden.
 */
@RestController
@RequestMapping("/api/v1/directory")
@Tag(name = "directory", description = "Kommuner, RSS, myndigheter och ordlista")
class DirectoryController {

	private static final String MUNICIPALITIES = "/api/v1/directory/municipalities/";

	private static final List<String> SCHEMES = List.of("area", "target-group", "need-type", "gap-status",
			"support-kind");

	private final CurrentDirectory directory;

	private final Aggregates<Memberships, DirectoryEvent> memberships;

	DirectoryController(CurrentDirectory directory, Aggregates<Memberships, DirectoryEvent> memberships) {
		this.directory = directory;
		this.memberships = memberships;
	}

	@GetMapping("/municipalities")
	@Operation(summary = "Kommuner, med den RSS de hör till en viss dag")
	ResponseEntity<Object> municipalities(@RequestParam @Nullable String rss, @RequestParam @Nullable String county,
			@RequestParam @Nullable LocalDate on) {
		Directory now = this.directory.now();
		LocalDate day = dayOr(on);
		return list(now.organisations(Kind.MUNICIPALITY)
			.stream()
			.map((one) -> Municipality.of(one, now, day))
			.filter((one) -> rss == null || rss.equals(one.rss()))
			.filter((one) -> county == null || county.equals(one.county()))
			.toList());
	}

	@GetMapping("/municipalities/{code}")
	@Operation(summary = "En kommun")
	ResponseEntity<Object> municipality(@PathVariable String code, @RequestParam @Nullable LocalDate on) {
		Directory now = this.directory.now();
		return one(organisation(now, Kind.MUNICIPALITY, code).map((found) -> Municipality.of(found, now, dayOr(on))));
	}

	@GetMapping("/rss")
	@Operation(summary = "Regionala samverkans- och stödstrukturer, med sina kommuner en viss dag")
	ResponseEntity<Object> rss(@RequestParam @Nullable LocalDate on) {
		Directory now = this.directory.now();
		LocalDate day = dayOr(on);
		return list(now.organisations(Kind.RSS).stream().map((one) -> Rss.of(one, now, day)).toList());
	}

	@GetMapping("/rss/{code}")
	@Operation(summary = "En RSS")
	ResponseEntity<Object> oneRss(@PathVariable String code, @RequestParam @Nullable LocalDate on) {
		Directory now = this.directory.now();
		return one(organisation(now, Kind.RSS, code).map((found) -> Rss.of(found, now, dayOr(on))));
	}

	@GetMapping("/agencies")
	@Operation(summary = "Nationella myndigheter")
	ResponseEntity<Object> agencies() {
		return list(this.directory.now().organisations(Kind.AGENCY).stream().map(Body::of).toList());
	}

	@GetMapping("/agencies/{code}")
	@Operation(summary = "En myndighet")
	ResponseEntity<Object> agency(@PathVariable String code) {
		return one(organisation(this.directory.now(), Kind.AGENCY, code).map(Body::of));
	}

	@GetMapping("/national-bodies")
	@Operation(summary = "Andra nationella organisationer")
	ResponseEntity<Object> nationalBodies() {
		return list(this.directory.now().organisations(Kind.NATIONAL_BODY).stream().map(Body::of).toList());
	}

	@GetMapping("/areas")
	@Operation(summary = "Verksamhetsområden")
	ResponseEntity<Object> areas() {
		return list(this.directory.now().terms("area"));
	}

	@GetMapping("/areas/{code}")
	@Operation(summary = "Ett verksamhetsområde")
	ResponseEntity<Object> area(@PathVariable String code) {
		return one(this.directory.now().area(code));
	}

	@GetMapping("/vocabulary")
	@Operation(summary = "Ordlistan, alla listor, med version")
	ResponseEntity<Object> vocabulary() {
		Directory now = this.directory.now();
		return one(Optional.of(new Vocabulary(now.vocabularyVersion(),
				SCHEMES.stream().map((scheme) -> new Scheme(scheme, now.terms(scheme))).toList())));
	}

	@GetMapping("/vocabulary/{scheme}")
	@Operation(summary = "En lista i ordlistan")
	ResponseEntity<Object> scheme(@PathVariable String scheme) {
		return one(Optional.of(new Scheme(scheme, this.directory.now().terms(scheme)))
			.filter((found) -> !found.terms().isEmpty()));
	}

	@PostMapping("/memberships")
	@Operation(summary = "En kommun hör till en annan RSS, eller till ingen, från en dag")
	ResponseEntity<Object> change(Act act, Caller caller, @RequestBody @Valid NewMembership body) {
		if (!Access.mayChangeTheDirectory(caller)) {
			return Answers.refused(Refusal.forbidden("Katalogen ändras av SKR:s administratör."));
		}
		MembershipChanged change = new MembershipChanged(body.municipality(), body.rss(), body.from());
		LocalDate today = LocalDate.ofInstant(act.at(), Memberships.SWEDEN);
		return Answers.created(this.memberships.execute(change.municipality().value(), act,
				(before) -> Memberships.change(before, change, today)), MUNICIPALITIES);
	}

	private LocalDate dayOr(@Nullable LocalDate on) {
		return (on != null) ? on : this.directory.today();
	}

	private static Optional<Organisation> organisation(Directory now, Kind kind, String code) {
		return now.organisations(kind).stream().filter((one) -> one.id().value().equals(code)).findFirst();
	}

	private static ResponseEntity<Object> list(Collection<?> items) {
		return Answers.page(new Page<>(List.copyOf(items), null));
	}

	private static ResponseEntity<Object> one(Optional<?> found) {
		return found.<ResponseEntity<Object>>map(Tagged::ok).orElseGet(() -> Answers.refused(Refusal.notFound()));
	}

	/**
	 * A municipality.
	 *
	 * @param code SCB's, four digits
	 * @param county its county, two digits
	 * @param group SKR's group of municipalities
	 * @param rss the RSS that it belongs to on the day, if any
	 */
	private record Municipality(String code, String name, String officialName, @Nullable String county,
			@Nullable String countyName, @Nullable Integer population, @Nullable String group, @Nullable String rss) {

		static Municipality of(Organisation one, Directory now, LocalDate on) {
			return new Municipality(one.id().value(), one.name(), one.officialName(), one.countyCode(),
					one.countyName(), one.population(), one.skrGroup(),
					now.rssOf(one.id(), on).map(OrganisationId::value).orElse(null));
		}

	}

	/**
	 * An RSS, with its municipalities on the day.
	 */
	private record Rss(String code, String name, String host, List<String> municipalities) {

		static Rss of(Organisation one, Directory now, LocalDate on) {
			return new Rss(one.id().value(), one.name(), one.officialName(),
					now.members(one.id(), on).stream().map(OrganisationId::value).toList());
		}

	}

	/**
	 * A national body.
	 */
	private record Body(String code, String name, String officialName) {

		static Body of(Organisation one) {
			return new Body(one.id().value(), one.name(), one.officialName());
		}

	}

	/**
	 * The whole vocabulary.
	 *
	 * @param version what a cycle freezes when it opens
	 */
	private record Vocabulary(String version, List<Scheme> schemes) {
	}

	/**
	 * One list of the vocabulary.
	 */
	private record Scheme(String scheme, List<Term> terms) {
	}

	/**
	 * What is to change.
	 *
	 * @param municipality which
	 * @param rss where to, none when without
	 * @param from first day
	 */
	record NewMembership(@NotNull OrganisationId municipality, @Nullable OrganisationId rss, @NotNull LocalDate from) {
	}

}
