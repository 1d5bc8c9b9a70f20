package se.lokalabehov.portal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * What one organisation has done, act by act, from the events themselves: they are the
 * log that nobody can change. An administrator reads its own organisation's, SKR's
 * administrator anybody's.
 */
@Page
@For(Role.ADMINISTRATOR)
class AuditPages {

	private static final int DAYS = 90;

	private final Traces traces;

	private final Clock clock;

	AuditPages(Traces traces, Clock clock) {
		this.traces = traces;
		this.clock = clock;
	}

	/**
	 * An act.
	 *
	 * @param role in which roles
	 * @param what a sentence
	 * @param title of what it was done to
	 * @param id of what it was done to
	 */
	record Row(Instant at, String role, String what, String kind, String title, String id) {
	}

	/**
	 * What is asked for.
	 */
	record Wanted(String organisation, LocalDate from, LocalDate to) {
	}

	@GetMapping("/forvaltning/granskning")
	ModelAndView list(@RequestParam Optional<String> organisation, @RequestParam Optional<String> from,
			@RequestParam Optional<String> to, @RequestParam Optional<String> q, @RequestParam Optional<String> sida,
			Caller caller) {
		Wanted wanted = wanted(organisation, from, to, caller);
		List<Row> rows = rows(wanted);
		boolean known = Directory.standard().organisation(new OrganisationId(wanted.organisation())).isPresent();
		return new ModelAndView("portal/granskning")
			.addObject("list",
					Listing.of(rows.size(), rows, q, sida, (row) -> row.what() + " " + row.title() + " " + row.role()))
			.addObject("wanted", wanted)
			.addObject("name", Names.of(wanted.organisation()))
			.addObject("mayChoose", Access.runsThePlatform(caller))
			.addObject("trouble", known ? null : Trouble.message("audit.unknown"));
	}

	@GetMapping("/forvaltning/granskning.csv")
	ResponseEntity<byte[]> csv(@RequestParam Optional<String> organisation, @RequestParam Optional<String> from,
			@RequestParam Optional<String> to, Caller caller) {
		CsvText csv = new CsvText("när", "roll", "vad", "typ", "rubrik", "id");
		rows(wanted(organisation, from, to, caller))
			.forEach((row) -> csv.row(row.at().toString(), row.role(), row.what(), row.kind(), row.title(), row.id()));
		return csv.file("granskning.csv");
	}

	private Wanted wanted(Optional<String> organisation, Optional<String> from, Optional<String> to, Caller caller) {
		String asked = organisation.map(String::strip)
			.filter((one) -> one.matches("[A-Za-z0-9-]{1,40}"))
			.filter((one) -> Access.runsThePlatform(caller))
			.orElse(caller.organisation().value());
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), Memberships.SWEDEN);
		return new Wanted(asked, day(from).orElse(today.minusDays(DAYS)), day(to).orElse(today));
	}

	private static Optional<LocalDate> day(Optional<String> text) {
		try {
			return text.map(String::strip).filter((one) -> !one.isEmpty()).map(LocalDate::parse);
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	private List<Row> rows(Wanted wanted) {
		String name = Names.of(wanted.organisation());
		Instant from = wanted.from().atStartOfDay(Memberships.SWEDEN).toInstant();
		Instant to = wanted.to().plusDays(1).atStartOfDay(Memberships.SWEDEN).toInstant();
		return this.traces.actedOn(wanted.organisation())
			.stream()
			.flatMap((node) -> node.entries()
				.stream()
				.filter((entry) -> entry.by().value().equals(wanted.organisation()) && !entry.time().isBefore(from)
						&& entry.time().isBefore(to))
				.map((entry) -> new Row(entry.time(), entry.role(), Telling.what(entry.event(), name),
						node.kind().label(), node.title(), node.id())))
			.sorted(Comparator.comparing(Row::at).reversed())
			.toList();
	}

}
