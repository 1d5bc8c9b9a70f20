package se.lokalabehov.portal;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * The directory for whoever runs the platform: which RSS each municipality belongs to,
 * and its dated changes.
 */
@Page
@For(Role.ADMINISTRATOR)
class DirectoryPages {

	private final CurrentDirectory directory;

	private final Aggregates<Memberships, DirectoryEvent> memberships;

	private final Clock clock;

	DirectoryPages(CurrentDirectory directory, Aggregates<Memberships, DirectoryEvent> memberships, Clock clock) {
		this.directory = directory;
		this.memberships = memberships;
		this.clock = clock;
	}

	/**
	 * A municipality.
	 *
	 * @param rss the code of its RSS today, none when it has none
	 */
	record Row(String code, String name, String rss, String rssName) {
	}

	/**
	 * A change that has been made.
	 */
	record Changed(String municipality, @Nullable String rss, LocalDate from) {
	}

	/**
	 * An RSS to choose.
	 */
	record Choice(String code, String name) {
	}

	@GetMapping("/forvaltning/register")
	ModelAndView list(@RequestParam Optional<String> q, @RequestParam Optional<String> sida,
			@RequestParam Optional<String> klart, Caller caller) {
		Access.mustRunThePlatform(caller);
		return page(q, sida, null).addObject("done", klart.map((ignored) -> "directory.done").orElse(null));
	}

	private ModelAndView page(Optional<String> q, Optional<String> sida, @Nullable Trouble trouble) {
		List<Row> rows = rows();
		ModelAndView page = new ModelAndView("portal/register")
			.addObject("list",
					Listing.of(rows.size(), rows, q, sida,
							(row) -> row.code() + " " + row.name() + " " + row.rss() + " " + row.rssName()))
			.addObject("choices",
					this.directory.now()
						.organisations(Kind.RSS)
						.stream()
						.map((rss) -> new Choice(rss.id().value(), rss.name()))
						.toList())
			.addObject("changes", changes())
			.addObject("today", this.directory.today())
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private List<Row> rows() {
		Directory now = this.directory.now();
		return now.organisations(Kind.MUNICIPALITY).stream().map((one) -> row(now, one)).toList();
	}

	private Row row(Directory now, Organisation one) {
		String rss = now.rssOf(one.id(), this.directory.today()).map(OrganisationId::value).orElse("");
		return new Row(one.id().value(), one.name(), rss, rss.isEmpty() ? "" : Names.of(rss));
	}

	private List<Changed> changes() {
		return this.memberships.all(new Criteria())
			.stream()
			.flatMap((one) -> one.state().changes().stream())
			.sorted((one, other) -> other.from().compareTo(one.from()))
			.map((one) -> new Changed(Names.of(one.municipality()), name(one), one.from()))
			.toList();
	}

	private static @Nullable String name(MembershipChanged change) {
		return (change.rss() != null) ? Names.of(change.rss()) : null;
	}

	@GetMapping("/forvaltning/register.csv")
	ResponseEntity<byte[]> csv(Caller caller) {
		Access.mustRunThePlatform(caller);
		CsvText csv = new CsvText("kod", "kommun", "rss", "stödstruktur");
		rows().forEach((row) -> csv.row(row.code(), row.name(), row.rss(), row.rssName()));
		return csv.file("register.csv");
	}

	@PostMapping("/forvaltning/register")
	ModelAndView change(@RequestParam String municipality, @RequestParam String rss, @RequestParam String from,
			@RequestParam String nyckel, Caller caller) {
		Access.mustRunThePlatform(caller);
		Outcome<Memberships> outcome;
		try {
			MembershipChanged change = new MembershipChanged(new OrganisationId(municipality),
					rss.isBlank() ? null : new OrganisationId(rss), LocalDate.parse(from));
			Act act = new Act(caller.organisation(), Role.ADMINISTRATOR.name(), caller.subject(), this.clock.instant(),
					Act.sha256(caller.subject() + "|" + nyckel), Act.sha256(change.toString()), null);
			outcome = this.memberships.execute(municipality, act,
					(before) -> Memberships.change(before, change, this.directory.today()));
		}
		catch (DateTimeParseException | IllegalArgumentException ex) {
			return page(Optional.of(municipality), Optional.empty(),
					new Trouble(null, "trouble.refused", List.of(new Trouble.Field("from-" + municipality,
							"Skriv dagen som år-månad-dag, till exempel 2027-01-01."))));
		}
		return switch (outcome) {
			case Outcome.Done<Memberships> ignored ->
				new ModelAndView("redirect:/forvaltning/register?klart&q=" + municipality);
			case Outcome.Refused<Memberships> refused -> page(Optional.of(municipality), Optional.empty(),
					new Trouble(Objects.requireNonNull(refused.refusal().detail()), null, List.of()));
		};
	}

}
