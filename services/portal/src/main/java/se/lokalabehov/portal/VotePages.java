package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
 * Moment 5: a social chief ranks, by numbers or by moving up and down. The same number is
 * a tie, no number is no opinion, and on what one has a conflict of interest in one has
 * no voice.
 */
@Page
@For(Role.SOCIAL_CHIEF)
class VotePages {

	private static final String PLACE = "plats-";

	private final Services services;

	VotePages(Services services) {
		this.services = services;
	}

	/**
	 * Something to rank.
	 *
	 * @param place where the chief puts it, none for no opinion
	 * @param conflict whether the chief has a conflict of interest in it
	 */
	record Item(String id, String title, @Nullable Integer place, boolean conflict) {

		Item at(@Nullable Integer other) {
			return new Item(this.id, this.title, other, this.conflict);
		}

	}

	@GetMapping("/prioritering/{id}/rosta")
	ModelAndView open(@PathVariable String id, @RequestParam Optional<String> sparat, Caller caller) {
		return round(id).flatMap((round) -> seat(round, caller).map((seat) -> {
			Map<String, Integer> places = new HashMap<>();
			Set<String> conflicts = new HashSet<>();
			boolean cast = this.services.find("prioritisation-rounds/{id}/ballots/{seat}", id, seat).map((ballot) -> {
				int place = 1;
				for (JsonNode tied : ballot.body().path("ranking")) {
					for (JsonNode item : tied) {
						places.put(item.asString(""), place);
					}
					place++;
				}
				ballot.body().path("conflicts").forEach((item) -> conflicts.add(item.asString("")));
				return true;
			}).orElse(false);
			return page(round, items(round, places, conflicts), null).addObject("cast", cast)
				.addObject("done", sparat.map((ignored) -> "vote.done").orElse(null));
		})).orElseGet(PageProblems::notFound);
	}

	private Optional<JsonNode> round(String id) {
		return this.services.find("prioritisation-rounds/{id}", id).map(Services.Answer::body);
	}

	/** The seat that the caller speaks for, as its office or its deputy. */
	private static Optional<String> seat(JsonNode round, Caller caller) {
		String own = caller.organisation().value();
		return round.path("panel")
			.valueStream()
			.filter((seat) -> seat.path("organisation").asString("").equals(own)
					|| seat.path("deputy").asString("").equals(own))
			.map((seat) -> seat.path("seat").asString(""))
			.findFirst();
	}

	private static List<Item> items(JsonNode round, Map<String, Integer> places, Set<String> conflicts) {
		return sorted(round.path("items").valueStream().map((item) -> {
			String id = item.path("id").asString("");
			return new Item(id, item.path("title").asString(""), places.get(id), conflicts.contains(id));
		}).toList());
	}

	private static List<Item> sorted(List<Item> items) {
		return items.stream()
			.sorted(Comparator.comparing(Item::place, Comparator.nullsLast(Comparator.naturalOrder())))
			.toList();
	}

	private static ModelAndView page(JsonNode round, List<Item> items, @Nullable Trouble trouble) {
		ModelAndView page = new ModelAndView("portal/rosta").addObject("id", round.path("id").asString(""))
			.addObject("title", round.path("title").asString(""))
			.addObject("open", round.path("status").asString("").equals("OPEN"))
			.addObject("deadline",
					LocalDate.ofInstant(Instant.parse(round.path("deadline").asString("")), Memberships.SWEDEN))
			.addObject("items", items)
			.addObject("ranked", items.stream().filter((item) -> item.place() != null || item.conflict()).count())
			.addObject("cast", false)
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
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
		Map<String, Integer> places = new HashMap<>();
		form.toSingleValueMap().forEach((name, value) -> {
			if (name.startsWith(PLACE) && value.strip().matches("[1-9][0-9]{0,3}")) {
				places.put(name.substring(PLACE.length()), Integer.valueOf(value.strip()));
			}
		});
		List<Item> items = items(round.get(), places, jav.orElse(Set.of()));
		if (!flytta.isEmpty()) {
			return page(round.get(), moved(items, flytta.substring(1), flytta.startsWith("-")), null);
		}
		TreeMap<Integer, List<String>> order = new TreeMap<>();
		items.forEach((item) -> {
			Integer place = item.place();
			if (place != null && !item.conflict()) {
				order.computeIfAbsent(place, (ignored) -> new ArrayList<>()).add(item.id());
			}
		});
		Trouble trouble = Bulk
			.each(List.of(id), Map.of(), nyckel,
					(own, one) -> this.services.post(own, "prioritisation-rounds/{id}/ballots", Map.of("seat",
							seat.get(), "ranking", List.copyOf(order.values()), "conflicts", jav.orElse(Set.of())),
							one));
		return (trouble == null) ? new ModelAndView("redirect:/prioritering/" + Words.encoded(id) + "/rosta?sparat")
				: page(round.get(), items, trouble);
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
