package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Moment 5 and the regions' own rounds: which there are, and one of them while it runs:
 * who has voted, never how, and what its owner does with it.
 */
@Page
class RoundPages {

	private static final int PAGE = 50;

	/** What can be done with a round, and what is then told as done. */
	private static final Set<String> ACTS = Set.of("paminn", "forlang", "byt", "stang", "avbryt", "synpunkt",
			"provkor");

	private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

	private final Services services;

	private final Traces traces;

	private final Ui ui;

	RoundPages(Services services, Traces traces, Ui ui) {
		this.services = services;
		this.traces = traces;
		this.ui = ui;
	}

	/**
	 * A round in the list.
	 *
	 * @param status last part of a message's key
	 * @param deadline last day to vote
	 */
	record Row(String id, String title, String cycle, String owner, String status, LocalDate deadline) {
	}

	/**
	 * A seat on the panel.
	 *
	 * @param name within the round
	 * @param deputy the organisation of its deputy, empty when there is none
	 * @param group the group, empty when there is none
	 * @param voted whether it has voted, none when one is not told
	 * @param change what was noted when its holder changed, empty when it has not
	 */
	record Seat(String name, String organisation, String office, String deputy, String group, @Nullable Boolean voted,
			String change) {
	}

	@GetMapping("/prioritering")
	@For({ Role.RSS_COORDINATOR, Role.SKR_COMPILER, Role.SOCIAL_CHIEF })
	@Menu(value = "rounds", order = 45)
	ModelAndView list(@RequestParam(defaultValue = "") String lage, @RequestParam(defaultValue = "") String q,
			@RequestParam(defaultValue = "") String fran, Caller caller) {
		List<Row> all = rows();
		List<Row> rows = wanted(all, lage, q);
		int from = fran.matches("[0-9]{1,6}") ? Math.min(Integer.parseInt(fran), rows.size()) : 0;
		int to = Math.min(from + PAGE, rows.size());
		return new ModelAndView("portal/prioriteringar").addObject("rows", rows.subList(from, to))
			.addObject("found", rows.size())
			.addObject("count", all.size())
			.addObject("lage", lage)
			.addObject("q", q)
			.addObject("next", (to < rows.size()) ? Integer.valueOf(to) : null)
			.addObject("opens", mayOpen(caller));
	}

	@GetMapping("/prioritering.csv")
	@For({ Role.RSS_COORDINATOR, Role.SKR_COMPILER, Role.SOCIAL_CHIEF })
	ResponseEntity<byte[]> csv(@RequestParam(defaultValue = "") String lage,
			@RequestParam(defaultValue = "") String q) {
		CsvText csv = new CsvText("prioriteringsomgång", "omgång", "vem", "läge", "sista dag");
		wanted(rows(), lage, q).forEach((row) -> csv.row(row.title(), row.cycle(), row.owner(),
				this.ui.text("round.status." + row.status()), row.deadline().toString()));
		return csv.file("prioritering.csv");
	}

	/** The latest first. */
	private List<Row> rows() {
		List<JsonNode> rounds = this.services.all("prioritisation-rounds?limit=100", Board.MOST);
		Map<String, String> cycles = this.traces
			.cycles(rounds.stream().map((one) -> one.path("cycle").asString("")).collect(Collectors.toSet()))
			.stream()
			.collect(Collectors.toMap(Node::id, Node::title));
		return rounds.reversed()
			.stream()
			.map((one) -> new Row(one.path("id").asString(""), one.path("title").asString(""),
					cycles.getOrDefault(one.path("cycle").asString(""), ""), Names.of(one.path("owner").asString("")),
					one.path("status").asString(""), day(one)))
			.toList();
	}

	private static List<Row> wanted(List<Row> rows, String status, String words) {
		String sought = words.strip().toLowerCase(Locale.ROOT);
		return rows.stream()
			.filter((row) -> status.isEmpty() || row.status().equals(status))
			.filter((row) -> (row.title() + " " + row.cycle() + " " + row.owner()).toLowerCase(Locale.ROOT)
				.contains(sought))
			.toList();
	}

	private static boolean mayOpen(Caller caller) {
		return caller.is(Role.RSS_COORDINATOR) || caller.is(Role.SKR_COMPILER);
	}

	/** The last day to vote. */
	static LocalDate day(JsonNode round) {
		return LocalDate.ofInstant(Instant.parse(round.path("deadline").asString("")), Memberships.SWEDEN);
	}

	/** The last second of a day as it was typed, in Sweden; none when it is no day. */
	static Optional<Instant> endOf(String day) {
		try {
			return Optional.of(LocalDate.parse(day.strip()).atTime(LAST_SECOND).atZone(Memberships.SWEDEN).toInstant());
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	@GetMapping("/prioritering/{id}")
	@For
	ModelAndView one(@PathVariable String id, @RequestParam(defaultValue = "") String visa,
			@RequestParam(defaultValue = "") String gjort, Caller caller) {
		return round(id)
			.map((round) -> page(round, visa, null, Map.of(), caller).addObject("done",
					(gjort.equals("oppnad") || ACTS.contains(gjort)) ? "round.done." + gjort : null))
			.orElseGet(PageProblems::notFound);
	}

	private Optional<JsonNode> round(String id) {
		return this.services.find("prioritisation-rounds/{id}", id).map(Services.Answer::body);
	}

	/** Whoever runs it, as the service for rounds has it. */
	private static boolean runs(Caller caller, JsonNode round) {
		return mayOpen(caller) && round.path("owner").asString("").equals(caller.organisation().value());
	}

	private ModelAndView page(JsonNode round, String filter, @Nullable Trouble trouble, Map<String, String> typed,
			Caller caller) {
		List<Seat> seats = seats(round);
		Optional<String> own = caller.is(Role.SOCIAL_CHIEF) ? VotePages.seat(round, caller) : Optional.empty();
		boolean told = !round.path("voted").isMissingNode();
		JsonNode procedure = round.path("procedure");
		ModelAndView page = new ModelAndView("portal/prioritering").addObject("round", round)
			.addObject("id", round.path("id").asString(""))
			.addObject("status", round.path("status").asString(""))
			.addObject("open", round.path("status").asString("").equals("OPEN"))
			.addObject("closed", round.path("status").asString("").equals("CLOSED"))
			.addObject("owner", Names.of(round.path("owner").asString("")))
			.addObject("cycle",
					this.traces.cycles(Set.of(round.path("cycle").asString("")))
						.stream()
						.findFirst()
						.map(Node::title)
						.orElse(""))
			.addObject("deadline", day(round))
			.addObject("runs", runs(caller, round))
			.addObject("votes", own.isPresent())
			.addObject("hasVoted", own.filter((seat) -> strings(round.path("voted")).contains(seat)).isPresent())
			.addObject("told", told)
			.addObject("readable", isReadable(round, caller, own.isPresent()))
			.addObject("voted", seats.stream().filter((seat) -> Boolean.TRUE.equals(seat.voted())).count())
			.addObject("count", seats.size())
			.addObject("filter", filter)
			.addObject("seats", seats.stream().filter((seat) -> switch (filter) {
				case "rostat" -> Boolean.TRUE.equals(seat.voted());
				case "inte" -> Boolean.FALSE.equals(seat.voted());
				default -> true;
			}).toList())
			.addObject("everySeat", seats)
			.addObject("observers", Names.list(strings(procedure.path("observers")).stream().map(Names::of).toList()))
			.addObject("observes", strings(procedure.path("observers")).contains(caller.organisation().value()))
			.addObject("comments",
					round.path("comments")
						.valueStream()
						.map((one) -> Map.of("by", Names.of(one.path("by").asString("")), "text",
								one.path("text").asString(""), "item", title(round, one.path("item").asString(""))))
						.toList())
			.addObject("typed", typed)
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	/** Whether the caller may follow what is ranked further than its title. */
	private static boolean isReadable(JsonNode round, Caller caller, boolean votes) {
		boolean national = round.path("level").asString("").equals("NATIONAL");
		return runs(caller, round) || switch (round.path("status").asString("")) {
			case "OPEN" -> votes;
			case "CLOSED" -> national;
			default -> false;
		};
	}

	private static String title(JsonNode round, String item) {
		return round.path("items")
			.valueStream()
			.filter((one) -> one.path("id").asString("").equals(item))
			.map((one) -> one.path("title").asString(""))
			.findFirst()
			.orElse("");
	}

	static List<String> strings(JsonNode list) {
		return list.valueStream().map((one) -> one.asString("")).toList();
	}

	/** Those who have not voted first. */
	private static List<Seat> seats(JsonNode round) {
		JsonNode voted = round.path("voted");
		List<String> voters = strings(voted);
		Map<String, String> changes = new HashMap<>();
		round.path("holderChanges")
			.forEach((one) -> changes.put(one.path("seat").asString(""), one.path("note").asString("")));
		return round.path("panel").valueStream().map((seat) -> {
			String name = seat.path("seat").asString("");
			String deputy = seat.path("deputy").asString("");
			return new Seat(name, Names.of(seat.path("organisation").asString("")), seat.path("office").asString(""),
					deputy.isEmpty() ? "" : Names.of(deputy), seat.path("group").asString(""),
					voted.isMissingNode() ? null : Boolean.valueOf(voters.contains(name)),
					changes.getOrDefault(name, ""));
		}).sorted((one, other) -> Words.SWEDISH.compare(one.organisation(), other.organisation())).toList();
	}

	@GetMapping("/prioritering/{id}/platser.csv")
	@For
	ResponseEntity<byte[]> seatsCsv(@PathVariable String id) {
		CsvText csv = new CsvText("organisation", "befattning", "ersättare", "grupp", "har röstat");
		round(id).stream()
			.flatMap((round) -> seats(round).stream())
			.forEach((seat) -> csv.row(seat.organisation(), seat.office(), seat.deputy(), seat.group(),
					(seat.voted() == null) ? "" : (seat.voted() ? "ja" : "nej")));
		return csv.file("platser.csv");
	}

	/**
	 * What its owner does with it; and what an observer says. The fields of an act begin
	 * with its name.
	 */
	@PostMapping("/prioritering/{id}")
	@For
	ModelAndView act(@PathVariable String id, @RequestParam(defaultValue = "") String gor, @RequestParam String nyckel,
			@RequestParam MultiValueMap<String, String> form, Caller caller) {
		if (!ACTS.contains(gor)) {
			return PageProblems.notFound();
		}
		Map<String, String> typed = form.toSingleValueMap();
		Trouble trouble;
		try {
			Optional<Instant> deadline = endOf(typed.getOrDefault("forlang-deadline", ""));
			if (gor.equals("forlang") && deadline.isEmpty()) {
				trouble = new Trouble(null, null,
						List.of(new Trouble.Field("forlang-deadline", this.ui.text("round.deadline.wrong"))));
			}
			else {
				Services.Answer answer = switch (gor) {
					case "paminn" -> post(nyckel, id, "reminders", "message", typed.get("paminn-message"));
					case "forlang" -> this.services.post(nyckel, "prioritisation-rounds/{id}/extensions",
							Map.of("deadline", deadline.orElseThrow().toString(), "reason",
									typed.getOrDefault("forlang-reason", "")),
							id);
					case "byt" -> this.services.post(nyckel, "prioritisation-rounds/{id}/seats/{seat}/holder-change",
							Map.of("note", typed.getOrDefault("byt-note", "")), id,
							typed.getOrDefault("byt-seat", "-"));
					case "stang" -> this.services.post(nyckel, "prioritisation-rounds/{id}/closing", Map.of(), id);
					case "synpunkt" ->
						this.services.post(nyckel, "prioritisation-rounds/{id}/comments", comment(typed), id);
					case "provkor" -> this.services.post(nyckel, "prioritisation-rounds/{id}/dry-runs",
							Map.of("ballots", List.of()), id);
					default -> post(nyckel, id, "cancellation", "reason", typed.get("avbryt-reason"));
				};
				if (answer.ok()) {
					return done(id, gor, answer.body());
				}
				trouble = prefixed(Trouble.of(answer), gor);
			}
		}
		catch (Services.Away ex) {
			trouble = Trouble.of(ex);
		}
		Trouble wrong = trouble;
		return round(id).map((round) -> page(round, "", wrong, typed, caller)).orElseGet(PageProblems::notFound);
	}

	private Services.Answer post(String key, String id, String act, String field, @Nullable String words) {
		return this.services.post(key, "prioritisation-rounds/{id}/" + act, Map.of(field, (words != null) ? words : ""),
				id);
	}

	private static Map<String, String> comment(Map<String, String> typed) {
		Map<String, String> comment = new HashMap<>(Map.of("text", typed.getOrDefault("synpunkt-text", "")));
		String item = typed.getOrDefault("synpunkt-item", "");
		if (!item.isEmpty()) {
			comment.put("item", item);
		}
		return comment;
	}

	private ModelAndView done(String id, String act, JsonNode answer) {
		if (act.equals("provkor")) {
			return round(id)
				.map((round) -> new ModelAndView("portal/resultat").addObject("page", RankingPage.of(round, answer))
					.addObject("dry", true))
				.orElseGet(PageProblems::notFound);
		}
		return new ModelAndView("redirect:/prioritering/" + Words.encoded(id) + "?gjort=" + Words.encoded(act));
	}

	/** Where the fields of an act begin with its name. */
	static Trouble prefixed(Trouble trouble, String act) {
		return new Trouble(trouble.text(), trouble.message(),
				trouble.fields()
					.stream()
					.map((field) -> new Trouble.Field(act + "-" + field.id(), field.text()))
					.toList());
	}

}
