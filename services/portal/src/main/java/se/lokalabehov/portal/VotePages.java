package se.lokalabehov.portal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.Wording;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Moment 5: a social chief ranks, by numbers or by moving up and down. The same number is
 * a tie, no number is no opinion, and on what one has a conflict of interest in one has
 * no voice.
 */
@Page
@For(Role.SOCIAL_CHIEF)
class VotePages {

	private static final String PLACE = "plats-";

	private static final String SCORE = "poang-";

	private final Services services;

	private final Traces traces;

	VotePages(Services services, Traces traces) {
		this.services = services;
		this.traces = traces;
	}

	/**
	 * Something to rank.
	 *
	 * @param place where the chief puts it, none for no opinion
	 * @param conflict whether the chief has a conflict of interest in it
	 * @param question what it asks, empty when the chief may read only its title
	 * @param scores by criterion, where the round has criteria
	 */
	record Item(String id, String title, @Nullable Integer place, boolean conflict, String question,
			Map<String, Integer> scores) {

		Item at(@Nullable Integer other) {
			return new Item(this.id, this.title, other, this.conflict, this.question, this.scores);
		}

		boolean isLeft() {
			return this.place == null && this.scores.isEmpty() && !this.conflict;
		}

	}

	/**
	 * What a chief says.
	 *
	 * @param places by item
	 * @param scores by item, by criterion
	 * @param conflicts the items in which the chief has a conflict of interest
	 */
	private record Said(Map<String, Integer> places, Map<String, Map<String, Integer>> scores, Set<String> conflicts) {
	}

	@GetMapping("/prioritering/{id}/rosta")
	ModelAndView open(@PathVariable String id, @RequestParam Optional<String> sparat, Caller caller) {
		return round(id).flatMap((round) -> seat(round, caller).map((seat) -> {
			Said said = new Said(new HashMap<>(), new HashMap<>(), new HashSet<>());
			boolean cast = this.services.find("prioritisation-rounds/{id}/ballots/{seat}", id, seat).map((ballot) -> {
				read(ballot.body(), said);
				return true;
			}).orElse(false);
			return page(round, items(round, said, caller), null).addObject("cast", cast)
				.addObject("done", sparat.map((ignored) -> "vote.done").orElse(null));
		})).orElseGet(PageProblems::notFound);
	}

	private static void read(JsonNode ballot, Said said) {
		int place = 1;
		for (JsonNode tied : ballot.path("ranking")) {
			for (JsonNode item : tied) {
				said.places().put(item.asString(""), place);
			}
			place++;
		}
		ballot.path("scores").properties().forEach((item) -> {
			Map<String, Integer> given = new HashMap<>();
			item.getValue().properties().forEach((one) -> given.put(one.getKey(), one.getValue().asInt(0)));
			said.scores().put(item.getKey(), given);
		});
		ballot.path("conflicts").forEach((item) -> said.conflicts().add(item.asString("")));
	}

	private Optional<JsonNode> round(String id) {
		return this.services.find("prioritisation-rounds/{id}", id).map(Services.Answer::body);
	}

	/** The seat that the caller speaks for, as its office or its deputy. */
	static Optional<String> seat(JsonNode round, Caller caller) {
		String own = caller.organisation().value();
		return round.path("panel")
			.valueStream()
			.filter((seat) -> seat.path("organisation").asString("").equals(own)
					|| seat.path("deputy").asString("").equals(own))
			.map((seat) -> seat.path("seat").asString(""))
			.findFirst();
	}

	private List<Item> items(JsonNode round, Said said, Caller caller) {
		Map<String, String> questions = questions(round.path("id").asString(""), caller);
		return sorted(round.path("items").valueStream().map((item) -> {
			String id = item.path("id").asString("");
			return new Item(id, item.path("title").asString(""), said.places().get(id), said.conflicts().contains(id),
					questions.getOrDefault(id, ""), said.scores().getOrDefault(id, Map.of()));
		}).toList());
	}

	/** What those needs ask that the caller may read. */
	private Map<String, String> questions(String round, Caller caller) {
		return this.traces.around(round)
			.stream()
			.flatMap((found) -> found.around()
				.all()
				.filter((node) -> found.seed().links().contains(node.id())
						&& Access.sight(caller, node, found.around()) != Sight.NONE))
			.filter((node) -> node.wording().isPresent())
			.collect(Collectors.toMap(Node::id, (node) -> node.wording().map(Wording::question).orElse("")));
	}

	private static List<Item> sorted(List<Item> items) {
		return items.stream()
			.sorted(Comparator.comparing(Item::place, Comparator.nullsLast(Comparator.naturalOrder())))
			.toList();
	}

	private static ModelAndView page(JsonNode round, List<Item> items, @Nullable Trouble trouble) {
		List<String> criteria = criteria(round);
		ModelAndView page = new ModelAndView("portal/rosta").addObject("id", round.path("id").asString(""))
			.addObject("title", round.path("title").asString(""))
			.addObject("open", round.path("status").asString("").equals("OPEN"))
			.addObject("deadline", RoundPages.day(round))
			.addObject("items", items)
			.addObject("ranked", items.stream().filter((item) -> !item.isLeft()).count())
			.addObject("left", items.stream().filter(Item::isLeft).map(Item::title).toList())
			.addObject("criteria", criteria)
			.addObject("how", criteria.isEmpty() ? round.path("unranked").asString("LAST") : "scores")
			.addObject("reminder",
					round.path("reminders")
						.valueStream()
						.reduce((one, other) -> other)
						.map(JsonNode::asString)
						.orElse(""))
			.addObject("moved", false)
			.addObject("cast", false)
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	/** What is scored; none when the items are put in order. */
	private static List<String> criteria(JsonNode round) {
		return round.path("procedure")
			.path("criteria")
			.valueStream()
			.map((one) -> one.path("criterion").asString(""))
			.toList();
	}

	/** Moves one step, or saves. What is moved is not saved before one says so. */
	@PostMapping("/prioritering/{id}/rosta")
	ModelAndView vote(@PathVariable String id, @RequestParam Optional<Set<String>> jav,
			@RequestParam(defaultValue = "") String flytta, @RequestParam String nyckel,
			@RequestParam MultiValueMap<String, String> form, Caller caller) {
		Optional<JsonNode> round = round(id);
		Optional<String> seat = round.flatMap((one) -> seat(one, caller));
		if (round.isEmpty() || seat.isEmpty()) {
			return PageProblems.notFound();
		}
		Said said = new Said(new HashMap<>(), new HashMap<>(), jav.orElse(Set.of()));
		List<String> criteria = criteria(round.get());
		form.toSingleValueMap().forEach((name, value) -> {
			if (name.startsWith(PLACE) && value.strip().matches("[1-9][0-9]{0,3}")) {
				said.places().put(name.substring(PLACE.length()), Integer.valueOf(value.strip()));
			}
			String[] score = name.split(":", 2);
			if (name.startsWith(SCORE) && score.length == 2 && value.matches("[1-4]")) {
				said.scores()
					.computeIfAbsent(score[1], (ignored) -> new HashMap<>())
					.put(score[0].substring(SCORE.length()), Integer.valueOf(value));
			}
		});
		List<Item> items = items(round.get(), said, caller);
		if (!flytta.isEmpty()) {
			return page(round.get(), moved(items, flytta.substring(1), flytta.startsWith("-")), null).addObject("moved",
					true);
		}
		Map<String, Object> ballot = new HashMap<>(Map.of("seat", seat.get(), "conflicts", said.conflicts()));
		if (criteria.isEmpty()) {
			ballot.put("ranking", order(items));
		}
		else {
			said.scores().keySet().removeAll(said.conflicts());
			ballot.put("scores", said.scores());
		}
		Trouble trouble = Bulk.each(List.of(id), Map.of(), nyckel,
				(own, one) -> this.services.post(own, "prioritisation-rounds/{id}/ballots", ballot, one));
		return (trouble == null) ? new ModelAndView("redirect:/prioritering/" + Words.encoded(id) + "/rosta?sparat")
				: page(round.get(), items, trouble);
	}

	private static List<List<String>> order(List<Item> items) {
		TreeMap<Integer, List<String>> order = new TreeMap<>();
		items.forEach((item) -> {
			Integer place = item.place();
			if (place != null && !item.conflict()) {
				order.computeIfAbsent(place, (ignored) -> new ArrayList<>()).add(item.id());
			}
		});
		return List.copyOf(order.values());
	}

	/**
	 * One step up or down. What has no number gets the last when it is moved up; what is
	 * tied is untied.
	 */
	static List<Item> moved(List<Item> items, String id, boolean up) {
		List<Item> order = new ArrayList<>(sorted(items));
		int from = 0;
		while (from < order.size() && !order.get(from).id().equals(id)) {
			from++;
		}
		if (from == order.size()) {
			return items;
		}
		boolean opinion = order.get(from).place() != null;
		int to = opinion ? from + (up ? -1 : 1) : from;
		if (to >= 0 && to < order.size() && (!opinion || order.get(to).place() != null)) {
			order.add(to, order.remove(from));
		}
		List<Item> renumbered = new ArrayList<>();
		for (int i = 0; i < order.size(); i++) {
			Item item = order.get(i);
			boolean has = item.place() != null || (item.id().equals(id) && up);
			renumbered.add(item.at(has ? Integer.valueOf(i + 1) : null));
		}
		return sorted(renumbered).stream().toList();
	}

}
