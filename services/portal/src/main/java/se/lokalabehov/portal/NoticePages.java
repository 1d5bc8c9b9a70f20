package se.lokalabehov.portal;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import se.lokalabehov.eventing.Page.WrongCursor;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;
import se.lokalabehov.web.Paging;

/**
 * What somebody was told, how they want to be told, and the mail that the platform has
 * written.
 */
@Page
@For
class NoticePages {

	private static final int PAGE = 25;

	private static final int CSV_PAGE = 200;

	private final Notices notices;

	private final People people;

	private final Letters letters;

	private final Ui ui;

	NoticePages(Notices notices, People people, Letters letters, Ui ui) {
		this.notices = notices;
		this.people = people;
		this.letters = letters;
		this.ui = ui;
	}

	@GetMapping("/aviseringar")
	ModelAndView list(@RequestParam Optional<String> slag, @RequestParam Optional<String> visa,
			@RequestParam Optional<String> fran, Caller caller) {
		Notice.Sort sort = one(Notice.Sort.class, slag);
		boolean unread = visa.filter("olasta"::equals).isPresent();
		try {
			var page = this.notices.of(caller.subject(), sort, unread, new Paging(PAGE, fran.orElse(null)));
			return new ModelAndView("portal/aviseringar").addObject("rows", page.items())
				.addObject("next", page.next())
				.addObject("count", this.notices.count(caller.subject(), sort, unread))
				.addObject("unread", this.notices.count(caller.subject(), null, true))
				.addObject("sorts", Notice.Sort.values())
				.addObject("sort", sort)
				.addObject("onlyUnread", unread);
		}
		catch (WrongCursor ex) {
			return new ModelAndView("redirect:/aviseringar");
		}
	}

	/** What is not asked for, or is no such thing, is all. */
	private static <T extends Enum<T>> @Nullable T one(Class<T> type, Optional<String> name) {
		return name
			.flatMap(
					(text) -> Arrays.stream(type.getEnumConstants()).filter((one) -> one.name().equals(text)).findAny())
			.orElse(null);
	}

	@GetMapping("/aviseringar.csv")
	ResponseEntity<byte[]> csv(@RequestParam Optional<String> slag, @RequestParam Optional<String> visa,
			Caller caller) {
		CsvText csv = new CsvText("nar", "slag", "om", "vad", "last", "sista_dag");
		String cursor = null;
		do {
			var page = this.notices.of(caller.subject(), one(Notice.Sort.class, slag),
					visa.filter("olasta"::equals).isPresent(), new Paging(CSV_PAGE, cursor));
			page.items()
				.forEach(
						(row) -> csv.row(row.notice().at().toString(), this.ui.text("avis.sort." + row.notice().sort()),
								row.title(), this.ui.sentence(row.notice()), row.notice().unread() ? "nej" : "ja",
								(row.notice().due() != null) ? row.notice().due().toString() : ""));
			cursor = page.next();
		}
		while (cursor != null);
		return csv.file("aviseringar.csv");
	}

	/** Where mail leads: what it is about, which has been read by that. */
	@GetMapping("/aviseringar/{id}")
	ModelAndView open(@PathVariable String id, Caller caller) {
		return this.notices.find(id, caller.subject()).map((notice) -> {
			this.notices.read(id, caller.subject());
			return new ModelAndView("redirect:" + notice.href());
		}).orElseGet(PageProblems::notFound);
	}

	@PostMapping("/aviseringar/lasta")
	ModelAndView readAll(Caller caller) {
		this.notices.readAll(caller.subject());
		return new ModelAndView("redirect:/aviseringar");
	}

	@PostMapping("/aviseringar/{id}/last")
	ModelAndView read(@PathVariable String id, Caller caller) {
		this.notices.read(id, caller.subject());
		return new ModelAndView("redirect:/aviseringar");
	}

	// How

	@GetMapping("/aviseringar/installningar")
	ModelAndView settings(@RequestParam Optional<String> sparat, Caller caller) {
		Optional<Person> person = this.people.find(caller.subject());
		Map<Notice.Sort, Person.Frequency> chosen = new EnumMap<>(Notice.Sort.class);
		for (Notice.Sort sort : Notice.Sort.values()) {
			chosen.put(sort, person.map((one) -> one.frequency(sort)).orElse(sort.usual()));
		}
		return new ModelAndView("portal/aviseringar-installningar").addObject("chosen", chosen)
			.addObject("frequencies", Person.Frequency.values())
			.addObject("email", person.map(Person::email).orElse(null))
			.addObject("known", person.isPresent())
			.addObject("language", person.map(Person::language).orElse(LocaleContextHolder.getLocale().getLanguage()))
			.addObject("done", sparat.map((ignored) -> "avis.saved").orElse(null));
	}

	@PostMapping("/aviseringar/installningar")
	ModelAndView choose(@RequestParam Map<String, String> form, Caller caller) {
		Map<Notice.Sort, Person.Frequency> choices = new EnumMap<>(Notice.Sort.class);
		for (Notice.Sort sort : Notice.Sort.values()) {
			Person.Frequency frequency = one(Person.Frequency.class, Optional.ofNullable(form.get(sort.name())));
			choices.put(sort, (frequency != null) ? frequency : sort.usual());
		}
		if (this.people.find(caller.subject()).isPresent()) {
			this.people.choose(caller, choices, "en".equals(form.get("language")) ? "en" : "sv");
		}
		return new ModelAndView("redirect:/aviseringar/installningar?sparat");
	}

	@PostMapping("/aviseringar/installningar/glom")
	ModelAndView forget(Caller caller) {
		this.people.forget(caller.subject());
		return new ModelAndView("redirect:/aviseringar/installningar");
	}

	// The outbox

	@GetMapping("/aviseringar/utkorg")
	@For(Role.ADMINISTRATOR)
	ModelAndView outbox(@RequestParam Optional<String> lage, @RequestParam Optional<String> fran, Caller caller) {
		Access.mustRunThePlatform(caller);
		Letter.Status status = one(Letter.Status.class, lage);
		try {
			var page = this.letters.page(status, new Paging(PAGE, fran.orElse(null)));
			return new ModelAndView("portal/aviseringar-utkorg").addObject("rows", page.items())
				.addObject("next", page.next())
				.addObject("count", this.letters.count(status))
				.addObject("statuses", Letter.Status.values())
				.addObject("status", status);
		}
		catch (WrongCursor ex) {
			return new ModelAndView("redirect:/aviseringar/utkorg");
		}
	}

	@GetMapping("/aviseringar/utkorg.csv")
	@For(Role.ADMINISTRATOR)
	ResponseEntity<byte[]> outboxCsv(@RequestParam Optional<String> lage, Caller caller) {
		Access.mustRunThePlatform(caller);
		CsvText csv = new CsvText("skrivet", "till", "amne", "lage", "forsok", "orsak");
		String cursor = null;
		do {
			var page = this.letters.page(one(Letter.Status.class, lage), new Paging(CSV_PAGE, cursor));
			page.items().stream().map(Stored::state).forEach((letter) -> row(csv, letter));
			cursor = page.next();
		}
		while (cursor != null);
		return csv.file("utkorg.csv");
	}

	private void row(CsvText csv, Letter letter) {
		csv.row(letter.written().toString(), letter.to(), letter.subject(),
				this.ui.text("avis.status." + letter.status()), String.valueOf(letter.attempts()),
				(letter.cause() != null) ? letter.cause() : "");
	}

	@PostMapping("/aviseringar/utkorg/{id}/igen")
	@For(Role.ADMINISTRATOR)
	ModelAndView again(@PathVariable String id, Caller caller) {
		Access.mustRunThePlatform(caller);
		this.letters.again(id);
		return new ModelAndView("redirect:/aviseringar/utkorg");
	}

}
