package se.lokalabehov.portal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

/**
 * A merge board, of either level: what is to be merged, what may be the same, what has
 * been formed. Where everything comes from is always there.
 *
 * @param level last part of the messages' keys, {@code region} or {@code nation}
 * @param base address of the board
 * @param candidates what may be the same, the first of it
 * @param parts what is not merged, so much at a time
 * @param wholes what is formed
 */
record Board(String level, String base, Listing<Candidate> candidates, Listing<Part> parts, List<Whole> wholes) {

	/** So much of what is formed is shown at once. */
	static final int MOST = 500;

	/** So much of what is to be merged, or answered, is shown at once. */
	static final int AT_ONCE = 100;

	/** So many suggestions: those that are merged give way to the next. */
	private static final int SUGGESTIONS = 20;

	/**
	 * A board.
	 * @param candidates all that may be the same
	 * @param parts all that is not merged
	 * @param q words to look for in it
	 * @param page which part of it is shown
	 */
	static Board of(String level, String base, List<Candidate> candidates, List<Part> parts, List<Whole> wholes,
			Optional<String> q, Optional<String> page) {
		return new Board(level, base,
				Listing.of(candidates.size(), candidates, Optional.empty(), Optional.empty(), SUGGESTIONS,
						Candidate::title),
				Listing.of(parts.size(), parts, q, page, AT_ONCE, (part) -> part.title() + " " + part.from()), wholes);
	}

	/**
	 * Something to merge.
	 *
	 * @param version the one that is seen, 0 where none is named
	 * @param from who stands behind it
	 */
	record Part(String id, int version, String title, String from, String question, String situation) {

		/** As a form names it. */
		public String value() {
			return this.id + ":" + this.version;
		}

	}

	/**
	 * What may be the same.
	 *
	 * @param why what they have in common
	 */
	record Candidate(String title, List<Part> parts, List<String> why) {
	}

	/**
	 * What is formed.
	 *
	 * @param state last part of a message's key
	 * @param municipalities how many different ones are behind it
	 * @param open whether it can still be changed
	 */
	record Whole(String id, String title, String state, int municipalities, List<Part> parts, boolean open) {
	}

	/** The clusters of what is on the board. */
	static List<Candidate> candidates(Collection<JsonNode> clusters, List<Part> parts) {
		Map<String, Part> byId = new LinkedHashMap<>();
		parts.forEach((part) -> byId.put(part.id(), part));
		List<Candidate> candidates = new ArrayList<>();
		for (JsonNode cluster : clusters) {
			String central = cluster.path("central").asString("");
			List<Part> some = cluster.path("ids")
				.valueStream()
				.map(JsonNode::asString)
				.filter(byId::containsKey)
				.sorted((one, other) -> Boolean.compare(other.equals(central), one.equals(central)))
				.map((id) -> part(byId, id))
				.toList();
			if (some.size() > 1) {
				candidates.add(new Candidate(cluster.path("title").asString(""), some,
						cluster.path("why")
							.valueStream()
							.map((why) -> why.path("shown").asString(""))
							.limit(4)
							.toList()));
			}
		}
		return candidates;
	}

	private static Part part(Map<String, Part> byId, String id) {
		Part part = byId.get(id);
		return (part != null) ? part : new Part(id, 0, "", "", "", "");
	}

	/** To where the words of a new one are written. */
	static ModelAndView toNew(String base, String cycle, List<String> chosen) {
		return new ModelAndView("redirect:" + base + "/nytt?omgang=" + Words.encoded(cycle)
				+ chosen.stream().map((one) -> "&behov=" + Words.encoded(one)).collect(Collectors.joining()));
	}

	/** The ids and versions that a form names. */
	static Map<String, Integer> chosen(@Nullable List<String> values) {
		Map<String, Integer> chosen = new LinkedHashMap<>();
		if (values != null) {
			for (String value : values) {
				int colon = value.lastIndexOf(':');
				if (colon > 0 && value.substring(colon + 1).matches("[0-9]{1,6}")) {
					chosen.put(value.substring(0, colon), Integer.valueOf(value.substring(colon + 1)));
				}
			}
		}
		return chosen;
	}

}
