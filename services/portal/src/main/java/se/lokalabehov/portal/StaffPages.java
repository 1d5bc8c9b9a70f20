package se.lokalabehov.portal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * An organisation's people: who has been here in which roles and since when, invitations,
 * and shutting somebody out. Its own administrator's; SKR's administrator may do it for
 * any ({@code organisation} in the address).
 */
@Page
@For(Role.ADMINISTRATOR)
class StaffPages {

	private static final Pattern EMAIL = Pattern.compile("[^@\\s,;<>]+@[^@\\s,;<>]+\\.[^@\\s,;<>]+");

	private static final int CHANGES = 50;

	private final People people;

	private final Letters letters;

	private final Ui ui;

	StaffPages(People people, Letters letters, Ui ui) {
		this.people = people;
		this.letters = letters;
		this.ui = ui;
	}

	/**
	 * Somebody who has been here.
	 *
	 * @param id pseudonym
	 * @param whom address, or the pseudonym
	 * @param person what is known of them
	 * @param shutOut whether they may not come in
	 */
	record Row(String id, String whom, Person person, boolean shutOut) {
	}

	@GetMapping("/forvaltning/personer")
	@Menu(value = "people", order = 80)
	ModelAndView list(@RequestParam Optional<String> organisation, @RequestParam Optional<String> sok,
			@RequestParam Optional<String> klart, Caller caller) {
		return page(of(organisation, caller), sok.orElse(""), null, Map.of(), Set.of())
			.addObject("connects", Access.mayConnect(caller))
			.addObject("done",
					klart.filter(Set.of("inbjuden", "borttagen", "inslappt", "aterkallad")::contains)
						.map((what) -> "people.done." + what)
						.orElse(null));
	}

	/** Whose people; another organisation's are nobody's but SKR's administrator's. */
	private static OrganisationId of(Optional<String> organisation, Caller caller) {
		String asked = organisation.filter((one) -> !one.isBlank()).orElse(caller.organisation().value());
		if (!asked.equals(caller.organisation().value()) && !Access.runsThePlatform(caller)) {
			throw new WhoMayOpen.NotForYou();
		}
		try {
			return new OrganisationId(asked);
		}
		catch (IllegalArgumentException ex) {
			return caller.organisation();
		}
	}

	private ModelAndView page(OrganisationId organisation, String search, @Nullable Trouble trouble,
			Map<String, String> typed, Set<Role> chosen) {
		Staff staff = this.people.staff(organisation);
		List<Row> all = rows(organisation, staff);
		List<Row> rows = all.stream()
			.filter((row) -> row.whom().toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT)))
			.toList();
		ModelAndView page = new ModelAndView("portal/personer").addObject("organisation", organisation.value())
			.addObject("name", Names.of(organisation))
			.addObject("rows", rows)
			.addObject("count", all.size())
			.addObject("search", search)
			.addObject("invited", staff.invited())
			.addObject("changes", latest(staff))
			.addObject("changesInAll", staff.changes().size())
			.addObject("roles", Role.values())
			.addObject("trouble", trouble)
			.addObject("typed", typed)
			.addObject("chosen", chosen);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private static List<Staff.Change> latest(Staff staff) {
		return staff.changes()
			.stream()
			.sorted(Comparator.comparing(Staff.Change::at).reversed())
			.limit(CHANGES)
			.toList();
	}

	private List<Row> rows(OrganisationId organisation, Staff staff) {
		return this.people.all()
			.entrySet()
			.stream()
			.filter((one) -> one.getValue().organisation().equals(organisation))
			.map((one) -> new Row(one.getKey(), People.called(one.getKey(), one.getValue()), one.getValue(),
					staff.shutOut().contains(one.getKey())))
			.sorted(Comparator.comparing(Row::whom))
			.toList();
	}

	@GetMapping("/forvaltning/personer.csv")
	ResponseEntity<byte[]> csv(@RequestParam Optional<String> organisation, Caller caller) {
		CsvText csv = new CsvText("nar", "vad", "vem", "roller", "av", "varfor");
		this.people.staff(of(organisation, caller))
			.changes()
			.forEach((change) -> csv.row(change.at().toString(), this.ui.text("people.what." + change.what()),
					change.whom(), this.ui.roles(change.roles()), (change.by() != null) ? change.by() : "",
					(change.reason() != null) ? change.reason() : ""));
		return csv.file("personer.csv");
	}

	@PostMapping("/forvaltning/personer/inbjudan")
	ModelAndView invite(@RequestParam(defaultValue = "") String email, @RequestParam(defaultValue = "") String name,
			@RequestParam Optional<List<String>> roles, @RequestParam Optional<String> organisation, Caller caller) {
		OrganisationId whose = of(organisation, caller);
		String address = email.strip().toLowerCase(Locale.ROOT);
		Set<Role> chosen = roles.orElse(List.of())
			.stream()
			.flatMap((one) -> Role.ofWireName(one).stream())
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
		List<Trouble.Field> wrong = new ArrayList<>();
		if (address.length() > 200 || !EMAIL.matcher(address).matches()) {
			wrong.add(new Trouble.Field("email", this.ui.text("people.email.wrong")));
		}
		if (name.isBlank() || name.length() > 100) {
			wrong.add(new Trouble.Field("name", this.ui.text("people.name.wrong")));
		}
		if (chosen.isEmpty()) {
			wrong.add(new Trouble.Field("roles", this.ui.text("people.roles.wrong")));
		}
		if (!wrong.isEmpty()) {
			return page(whose, "", new Trouble(null, "people.wrong", wrong), Map.of("email", email, "name", name),
					chosen);
		}
		this.people.invite(whose, address, name.strip(), chosen, caller);
		this.letters.invite(address, whose);
		return done(whose, "inbjuden");
	}

	@PostMapping("/forvaltning/personer/inbjudan/aterkalla")
	ModelAndView uninvite(@RequestParam String email, @RequestParam Optional<String> organisation, Caller caller) {
		OrganisationId whose = of(organisation, caller);
		this.people.uninvite(whose, email, caller);
		return done(whose, "aterkallad");
	}

	@PostMapping("/forvaltning/personer/{id}/ta-bort")
	ModelAndView shutOut(@PathVariable String id, @RequestParam(defaultValue = "") String reason,
			@RequestParam Optional<String> organisation, Caller caller) {
		OrganisationId whose = of(organisation, caller);
		if (id.equals(caller.subject())) {
			return page(whose, "", Trouble.message("people.not-oneself"), Map.of(), Set.of());
		}
		return this.people.shutOut(whose, id, reason.strip(), caller) ? done(whose, "borttagen")
				: PageProblems.notFound();
	}

	@PostMapping("/forvaltning/personer/{id}/slapp-in")
	ModelAndView letIn(@PathVariable String id, @RequestParam Optional<String> organisation, Caller caller) {
		OrganisationId whose = of(organisation, caller);
		return this.people.letIn(whose, id, caller) ? done(whose, "inslappt") : PageProblems.notFound();
	}

	private static ModelAndView done(OrganisationId whose, String what) {
		return new ModelAndView(
				"redirect:/forvaltning/personer?organisation=" + Words.encoded(whose.value()) + "&klart=" + what);
	}

}
