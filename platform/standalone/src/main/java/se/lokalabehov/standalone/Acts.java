package se.lokalabehov.standalone;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Organisation;

/**
 * What is done in every cycle of the example, by those who do it, and what it has been
 * given for identifiers.
 */
final class Acts {

	/** So many organisations act at once. */
	static final int AT_ONCE = 8;

	static final String SKR = "sammanstallare-SKR";

	static final List<String> CHOOSERS = List.of("0180", "0380", "1480", "2361");

	private final Api api;

	private final LocalDate today;

	/** Identifiers by those of the example's files. */
	private final Map<String, String> ids = new ConcurrentHashMap<>();

	private final Map<String, Integer> versions = new ConcurrentHashMap<>();

	private String cycle = "";

	/** Who asks whom, as the cycle froze it. */
	private final Map<String, List<String>> regions = new LinkedHashMap<>();

	Acts(Api api, LocalDate today) {
		this.api = api;
		this.today = today;
	}

	/** Moment 1: social chiefs choose the area, SKR opens the cycle. */
	void open(String area, String title, String why) {
		this.cycle = this.api.as("socialchef-" + CHOOSERS.getFirst())
			.post("/cycles", Map.of("area", area, "title", title, "why", why, "choosers", CHOOSERS))
			.id();
		this.api.as(SKR)
			.post("/cycles/" + this.cycle + "/opening", Map.of("timetable", Map.of("ANSWER", day(60), "DELIVER",
					day(90), "SCREEN", day(150), "RANK", day(210), "FEED_BACK", day(540))));
		this.api.anybody()
			.get("/cycles/" + this.cycle)
			.list("regions")
			.forEach((region) -> this.regions.put(region.path("asker").asString(),
					region.path("municipalities").valueStream().map(JsonNode::asString).toList()));
	}

	/** Moment 2: each region asks its municipalities. */
	void ask(Collection<String> askers, String message) {
		Parallel.each(AT_ONCE, askers, (asker) -> this.api.as(login(asker))
			.post("/collections", Map.of("cycle", this.cycle, "message", message)));
	}

	/**
	 * Moment 3: an author writes a need, an approver submits it.
	 * @param into the cycle that it answers; none for the waiting list of its area
	 */
	void submit(ExampleNeed need, @Nullable String into, List<String> notes) {
		Map<String, Object> draft = new HashMap<>();
		if (into != null) {
			draft.put("cycle", into);
		}
		draft.put("area", need.area());
		draft.put("municipalities", need.municipalities());
		draft.put("wording", need.wording());
		// A few let themselves be named when the need is published; most do not.
		draft.put("namesMunicipalities", need.id().endsWith("5"));
		draft.put("notes", notes);
		String id = this.api.as("forfattare-" + need.author()).post("/needs", draft).id();
		this.api.as("godkannare-" + need.author()).post("/needs/" + id + "/submission", Map.of());
		known(need.id(), id);
	}

	/** Moment 3: an RSS merges what asks the same. */
	void form(String name, List<ExampleNeed> members) {
		known(name,
				this.api.as(login(region(members.getFirst().author())))
					.post("/regional-needs",
							Map.of("cycle", this.cycle, "wording", together(members), "members",
									members.stream()
										.map((need) -> Map.of("need", id(need.id()), "version", version(need.id())))
										.toList()))
					.id());
	}

	/** The first one's words, for everybody that they are about. */
	static Wording together(Collection<ExampleNeed> needs) {
		Wording first = needs.iterator().next().wording();
		return new Wording(first.title(), union(needs, Wording::targetGroups), first.needType(), first.situation(),
				first.question(), first.consequence(), union(needs, Wording::supportWanted));
	}

	private static List<String> union(Collection<ExampleNeed> needs, Function<Wording, List<String>> codes) {
		return List.copyOf(needs.stream()
			.flatMap((need) -> codes.apply(need.wording()).stream())
			.collect(Collectors.toCollection(LinkedHashSet::new)));
	}

	/** Something has got an identifier. */
	void known(String name, String id) {
		this.ids.put(name, id);
		this.versions.put(name, 1);
	}

	/** Something has got new words. */
	void changed(String name) {
		this.versions.merge(name, 1, Integer::sum);
	}

	boolean isKnown(String name) {
		return this.ids.containsKey(name);
	}

	String id(String name) {
		return Objects.requireNonNull(this.ids.get(name), name);
	}

	int version(String name) {
		return Objects.requireNonNull(this.versions.get(name), name);
	}

	String cycle() {
		return this.cycle;
	}

	Map<String, List<String>> regions() {
		return this.regions;
	}

	List<String> members(String asker) {
		return Objects.requireNonNull(this.regions.get(asker), asker);
	}

	/** Who asks a municipality in this cycle. */
	String region(String municipality) {
		return this.regions.entrySet()
			.stream()
			.filter((region) -> region.getValue().contains(municipality))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseThrow();
	}

	/** The address of a region's collection. */
	String collection(String asker) {
		return "/collections/" + this.cycle + "." + asker;
	}

	/** Who acts for an asker. */
	static String login(String asker) {
		return asker.equals("SKR") ? SKR : "samordnare-" + asker;
	}

	/** A day, so many days after the first. */
	String day(int after) {
		return this.today.plusDays(after).toString();
	}

	static String name(String organisation) {
		return Directory.standard()
			.organisation(new OrganisationId(organisation))
			.map(Organisation::name)
			.orElse(organisation);
	}

}
