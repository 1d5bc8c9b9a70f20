package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.Criterion;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Opens a prioritisation round in two steps: what and who, then how. The second has what
 * is right for most; everything that decides the result is fixed when it opens. A round
 * that corrects another, and the last of two steps, begin with the terms of the earlier.
 */
@Page
@For({ Role.RSS_COORDINATOR, Role.SKR_COMPILER })
class NewRoundPages {

	/** What the first step asks for; the second carries it along. */
	private static final Set<String> FIRST = Set.of("omgang", "items", "panel", "step-fixed", "interim", "corrects");

	/** The ways of counting, the usual one first. */
	private static final List<String> METHODS = List.of("borda", "ranked-pairs", "schulze", "kemeny", "rank-sum");

	/** What belongs to one sending of the form and not to the round. */
	private static final Set<String> NOT_KEPT = Set.of("steg", "nyckel", "_csrf");

	private static final int USUAL_SHORTLIST = 10;

	private final Services services;

	private final Regions regions;

	private final Ui ui;

	NewRoundPages(Services services, Regions regions, Ui ui) {
		this.services = services;
		this.regions = regions;
		this.ui = ui;
	}

	/**
	 * What stands in the form.
	 *
	 * @param fields every field, by its name
	 */
	record Typed(MultiValueMap<String, String> fields) {

		/** The first of a name, empty when there is none. */
		public String one(String name) {
			String value = this.fields.getFirst(name);
			return (value != null) ? value.strip() : "";
		}

		/** The first of a name, else what is usual. */
		public String or(String name, String usual) {
			return this.fields.containsKey(name) ? one(name) : usual;
		}

		/** All of a name. */
		public List<String> all(String name) {
			return this.fields.getOrDefault(name, List.of()).stream().filter((one) -> !one.isBlank()).toList();
		}

		/** Whether a name has that value. */
		public boolean has(String name, String value) {
			return all(name).contains(value);
		}

		/** The fields of the other step, which go along unseen. */
		List<Kept> others(boolean first) {
			return this.fields.entrySet()
				.stream()
				.filter((field) -> FIRST.contains(field.getKey()) != first && !NOT_KEPT.contains(field.getKey()))
				.flatMap((field) -> field.getValue().stream().map((value) -> new Kept(field.getKey(), value)))
				.toList();
		}

	}

	/** A field that goes along unseen. */
	record Kept(String name, String value) {
	}

	/** A need that can be ranked, and how many municipalities are behind it. */
	record Offered(String id, String title, int municipalities) {
	}

	/** An organisation to choose. */
	record Choice(String code, String name) {
	}

	/** Those of a region, for choosing seats. */
	record Group(String name, List<Choice> members, boolean chosen) {

		/** Whether one of them is among these. */
		public boolean hasAny(List<String> codes) {
			return this.members.stream().map(Choice::code).anyMatch(codes::contains);
		}

	}

	@GetMapping("/prioritering/ny")
	ModelAndView begin(@RequestParam Optional<String> omgang, @RequestParam Optional<String> slutsteg,
			@RequestParam Optional<String> rattar, Caller caller) {
		Optional<String> earlier = slutsteg.or(() -> rattar);
		MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
		if (earlier.isPresent()) {
			Optional<JsonNode> round = this.services.find("prioritisation-rounds/{id}", earlier.get())
				.map(Services.Answer::body);
			if (round.isEmpty()) {
				return PageProblems.notFound();
			}
			as(fields, round.get(), slutsteg.isPresent());
		}
		else {
			omgang.ifPresent((one) -> fields.add("omgang", one));
		}
		return first(new Typed(fields), earlier.isEmpty(), null, caller);
	}

	/** The terms of an earlier round as they stand in the form. */
	private void as(MultiValueMap<String, String> fields, JsonNode round, boolean goesOn) {
		String id = round.path("id").asString("");
		JsonNode procedure = round.path("procedure");
		fields.add("omgang", round.path("cycle").asString(""));
		fields.add("title", round.path("title").asString(""));
		if (goesOn) {
			fields.add("step-fixed", "FINAL");
			fields.add("interim", id);
			this.services.get("prioritisation-rounds/{id}/ranking", id)
				.body()
				.path("places")
				.valueStream()
				.filter((place) -> place.path("rank").asInt(0) <= procedure.path("shortlist").asInt(0))
				.forEach((place) -> fields.add("items", place.path("item").asString("")));
		}
		else {
			fields.add("corrects", id);
			fields.add("step-fixed", procedure.path("step").asString("SINGLE"));
			fields.add("interim", procedure.path("interim").asString(""));
			fields.add("shortlist", procedure.path("shortlist").asString(""));
			round.path("items").forEach((item) -> fields.add("items", item.path("id").asString("")));
		}
		round.path("panel").forEach((seat) -> {
			String code = seat.path("organisation").asString("");
			fields.add("panel", code);
			fields.add("kontor-" + code, seat.path("office").asString(""));
			String deputy = seat.path("deputy").asString("");
			fields.add("ersattare-" + code, deputy.isEmpty() ? "" : Names.of(deputy));
			fields.add("grupp-" + code, seat.path("group").asString(""));
		});
		fields.add("quorum", round.path("quorum").asString(""));
		fields.add("method", round.path("method").asString(""));
		fields.add("unranked", round.path("unranked").asString(""));
		fields.add("balanced", procedure.path("balanced").asBoolean() ? "ja" : "");
		procedure.path("criteria")
			.forEach(
					(one) -> fields.add("vikt-" + one.path("criterion").asString(""), one.path("weight").asString("")));
		procedure.path("observers").forEach((one) -> fields.add("observers", one.asString("")));
	}

	@PostMapping("/prioritering/ny")
	ModelAndView next(@RequestParam(defaultValue = "") String steg, @RequestParam String nyckel,
			@RequestParam MultiValueMap<String, String> form, Caller caller) {
		Typed typed = new Typed(form);
		if (steg.equals("vad")) {
			return first(typed, false, null, caller);
		}
		if (typed.all("items").isEmpty() || typed.all("panel").isEmpty()) {
			return first(typed, false, Trouble.message("round.choose"), caller);
		}
		return steg.equals("oppna") ? open(typed, nyckel, caller) : second(typed, null, caller);
	}

	private ModelAndView first(Typed typed, boolean fresh, @Nullable Trouble trouble, Caller caller) {
		List<Regions.InRegion> cycles = cycles(caller);
		String wanted = typed.one("omgang");
		Optional<Regions.InRegion> cycle = Regions.chosen(cycles, Optional.of(wanted).filter((one) -> !one.isEmpty()));
		ModelAndView page = new ModelAndView("portal/prioritering-ny").addObject("cycles", cycles)
			.addObject("cycle", cycle.orElse(null))
			.addObject("typed", typed)
			.addObject("others", typed.others(true))
			.addObject("fixed", !typed.one("interim").isEmpty())
			.addObject("trouble", trouble);
		if (cycle.isEmpty() && !wanted.isEmpty()) {
			return PageProblems.notFound();
		}
		cycle.ifPresent((one) -> page.addObject("items", offered(one.id(), caller))
			.addObject("groups", groups(one.id(), fresh, caller))
			.addObject("every", fresh));
		return answered(page, trouble);
	}

	private static ModelAndView answered(ModelAndView page, @Nullable Trouble trouble) {
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private static boolean isNational(Caller caller) {
		return caller.is(Role.SKR_COMPILER);
	}

	private List<Regions.InRegion> cycles(Caller caller) {
		List<Regions.InRegion> all = isNational(caller) ? this.regions.all()
				: this.regions.of(caller.organisation().value());
		return all.stream().filter((one) -> !one.over()).toList();
	}

	/** What stands and, nationally, goes on from screening. */
	private List<Offered> offered(String cycle, Caller caller) {
		if (isNational(caller)) {
			return Stream.of("NEW", "ADAPT")
				.flatMap((verdict) -> this.services
					.all("national-needs?cycle={cycle}&verdict={verdict}&limit=100", Board.MOST, cycle, verdict)
					.stream())
				.filter((one) -> !one.path("status").asString("").equals("DISSOLVED"))
				.map((one) -> offered(one, "municipalities"))
				.toList();
		}
		return this.services
			.all("regional-needs?cycle={cycle}&rss={rss}&limit=100", Board.MOST, cycle, caller.organisation().value())
			.stream()
			.filter((one) -> !one.path("status").asString("").equals("DISSOLVED"))
			.map((one) -> offered(one, "weight"))
			.toList();
	}

	private static Offered offered(JsonNode need, String count) {
		return new Offered(need.path("id").asString(""), need.path("wording").path("title").asString(""),
				need.path(count).asInt(0));
	}

	/** The region's municipalities, all of them; nationally every region's, none. */
	private List<Group> groups(String cycle, boolean fresh, Caller caller) {
		return this.regions.asked(cycle)
			.stream()
			.filter((region) -> isNational(caller) || region.asker().equals(caller.organisation()))
			.map((region) -> new Group(Names.of(region.asker()), choices(region.municipalities()),
					fresh && !isNational(caller)))
			.sorted((one, other) -> Words.SWEDISH.compare(one.name(), other.name()))
			.toList();
	}

	/** Every municipality, by the region that it belongs to on a day. */
	static List<Group> groupsToday(LocalDate today) {
		Directory directory = Directory.standard();
		return directory.organisations(se.lokalabehov.directory.Kind.RSS)
			.stream()
			.map((rss) -> new Group(rss.name(), choices(directory.members(rss.id(), today)), false))
			.sorted((one, other) -> Words.SWEDISH.compare(one.name(), other.name()))
			.toList();
	}

	private static List<Choice> choices(List<OrganisationId> organisations) {
		return organisations.stream()
			.map((one) -> new Choice(one.value(), Names.of(one)))
			.sorted((one, other) -> Words.SWEDISH.compare(one.name(), other.name()))
			.toList();
	}

	private ModelAndView second(Typed typed, @Nullable Trouble trouble, Caller caller) {
		String cycle = typed.one("omgang");
		List<Region> asked = this.regions.asked(cycle);
		Map<String, String> regionOf = new LinkedHashMap<>();
		asked.forEach((region) -> region.municipalities()
			.forEach((one) -> regionOf.put(one.value(), Names.of(region.asker()))));
		List<String> panel = typed.all("panel");
		List<Regions.InRegion> cycles = cycles(caller);
		Optional<Regions.InRegion> chosen = Regions.chosen(cycles, Optional.of(cycle));
		if (chosen.isEmpty()) {
			return PageProblems.notFound();
		}
		return answered(new ModelAndView("portal/prioritering-ny-hur").addObject("typed", typed)
			.addObject("cycle", chosen.get())
			.addObject("others", typed.others(false))
			.addObject("seats", choices(panel.stream().map(OrganisationId::new).toList()))
			.addObject("deputies",
					choices(asked.stream()
						.filter((region) -> isNational(caller) || region.asker().equals(caller.organisation()))
						.flatMap((region) -> region.municipalities().stream())
						.toList()))
			.addObject("regionOf", isNational(caller) ? regionOf : Map.of())
			.addObject("count", typed.all("items").size())
			.addObject("fixed", !typed.one("step-fixed").isEmpty())
			.addObject("majority", panel.size() / 2 + 1)
			.addObject("shortlist", Math.min(USUAL_SHORTLIST, typed.all("items").size()))
			.addObject("methods", METHODS)
			.addObject("criteria", Criterion.values())
			.addObject("observing", observing())
			.addObject("trouble", trouble), trouble);
	}

	/** The agencies and the RSSs. */
	private static List<Choice> observing() {
		return Stream.of(se.lokalabehov.directory.Kind.AGENCY, se.lokalabehov.directory.Kind.RSS)
			.flatMap((kind) -> Directory.standard().organisations(kind).stream())
			.map((one) -> new Choice(one.id().value(), one.name()))
			.toList();
	}

	private ModelAndView open(Typed typed, String key, Caller caller) {
		List<Trouble.Field> wrong = new ArrayList<>();
		Map<String, Object> body = body(typed, caller, wrong);
		if (!wrong.isEmpty()) {
			return second(typed, new Trouble(null, null, wrong), caller);
		}
		try {
			Services.Answer answer = this.services.post(key, "prioritisation-rounds", body);
			return answer.ok() ? new ModelAndView("redirect:/prioritering/" + answer.id() + "?gjort=oppnad")
					: second(typed, Trouble.of(answer), caller);
		}
		catch (Services.Away ex) {
			return second(typed, Trouble.of(ex), caller);
		}
	}

	private Map<String, Object> body(Typed typed, Caller caller, List<Trouble.Field> wrong) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("level", isNational(caller) ? "NATIONAL" : "REGIONAL");
		body.put("cycle", typed.one("omgang"));
		body.put("title", typed.one("title"));
		body.put("items", typed.all("items"));
		body.put("panel", typed.all("panel").stream().map((code) -> seat(code, typed, wrong)).toList());
		body.put("quorum", number("quorum", "quorum", typed, wrong));
		Optional<Instant> deadline = RoundPages.endOf(typed.one("deadline"));
		deadline.ifPresentOrElse((day) -> body.put("deadline", day.toString()),
				() -> wrong.add(new Trouble.Field("deadline", this.ui.text("round.deadline.wrong"))));
		body.put("method", typed.or("method", "borda"));
		body.put("unranked", typed.or("unranked", "LAST"));
		if (!typed.one("corrects").isEmpty()) {
			body.put("corrects", typed.one("corrects"));
		}
		body.put("procedure", procedure(typed, wrong));
		return body;
	}

	private Map<String, Object> seat(String code, Typed typed, List<Trouble.Field> wrong) {
		Map<String, Object> seat = new LinkedHashMap<>();
		seat.put("seat", "plats-" + code);
		seat.put("organisation", code);
		seat.put("office", typed.one("kontor-" + code));
		String deputy = typed.one("ersattare-" + code);
		if (!deputy.isEmpty()) {
			municipality(deputy).ifPresentOrElse((found) -> seat.put("deputy", found), () -> wrong
				.add(new Trouble.Field("ersattare-" + code, this.ui.text("round.deputy.wrong", deputy))));
		}
		String group = typed.one("grupp-" + code);
		if (!group.isEmpty()) {
			seat.put("group", group);
		}
		return seat;
	}

	/** By its name, with or without "kommun", or by its code. */
	private static Optional<String> municipality(String named) {
		return Directory.standard()
			.organisations(se.lokalabehov.directory.Kind.MUNICIPALITY)
			.stream()
			.filter((one) -> Stream.of(one.id().value(), one.name(), one.officialName())
				.anyMatch(named::equalsIgnoreCase))
			.map(Organisation::id)
			.map(OrganisationId::value)
			.findFirst();
	}

	private Map<String, Object> procedure(Typed typed, List<Trouble.Field> wrong) {
		Map<String, Object> procedure = new LinkedHashMap<>();
		procedure.put("step", typed.one("step-fixed").isEmpty() ? typed.or("step", "SINGLE") : typed.one("step-fixed"));
		if (!typed.one("interim").isEmpty()) {
			procedure.put("interim", typed.one("interim"));
		}
		procedure.put("balanced", typed.has("balanced", "ja"));
		if (!typed.one("shortlist").isEmpty()) {
			procedure.put("shortlist", number("shortlist", "procedure-shortlist", typed, wrong));
		}
		Map<String, Integer> weights = new TreeMap<>();
		for (Criterion criterion : Criterion.values()) {
			String field = "vikt-" + criterion;
			if (!typed.one(field).isEmpty()) {
				weights.put(criterion.name(), number(field, "procedure-criteria", typed, wrong));
			}
		}
		procedure.put("criteria",
				weights.entrySet()
					.stream()
					.map((one) -> Map.of("criterion", one.getKey(), "weight", one.getValue()))
					.collect(Collectors.toList()));
		procedure.put("observers", typed.all("observers"));
		return procedure;
	}

	private int number(String field, String id, Typed typed, List<Trouble.Field> wrong) {
		String value = typed.one(field);
		if (value.matches("[0-9]{1,6}")) {
			return Integer.parseInt(value);
		}
		wrong.add(new Trouble.Field(id, this.ui.text("round.number.wrong")));
		return 0;
	}

}
