package se.lokalabehov.authorisation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What is said to each endpoint that acts: always something that would be accepted from
 * whoever may, so that a refusal is about who it is.
 */
final class Said {

	private static final Map<String, String> REASON = Map.of("reason", "Så blev det");

	private final Map<String, BiFunction<World, Map<String, String>, Object>> bodies = new LinkedHashMap<>();

	Said() {
		prioritisation();
		needIntake();
		nationalHandOff();
		feedback();
		catalogue();
		harvest();
		wire();
		List.of("cycles", "prioritisation-rounds", "collections", "needs", "question-notes", "regional-needs",
				"national-needs", "hand-offs", "feedback", "follow-ups", "records")
			.forEach((resource) -> says("POST ~/" + resource + "/{id}/redaction", (world, at) -> REASON));
		says("POST ~/directory/memberships",
				(world, at) -> Map.of("municipality", "2584", "rss", "RSS-24", "from", world.day(1)));
		says("POST ~/indicators/reports", (world, at) -> World.indicators());
		says("POST /actuator/eventing", (world, at) -> Map.of("action", "replay", "target", "nothing"));
		says("POST /tillganglighet", (world, at) -> Map.of());
	}

	private void says(String endpoint, BiFunction<World, Map<String, String>, Object> body) {
		this.bodies.put(endpoint, body);
	}

	/** Those that have something to say to them. */
	Set<String> endpoints() {
		return this.bodies.keySet();
	}

	/**
	 * What is said.
	 * @param endpoint method and path
	 * @param at what is in the places of the path, and besides
	 */
	Object to(String endpoint, World world, Map<String, String> at) {
		return Objects.requireNonNull(this.bodies.get(endpoint), () -> "nothing to say to " + endpoint)
			.apply(world, at);
	}

	private void prioritisation() {
		says("POST ~/cycles", (world, at) -> Map.of("area", "EKB", "title", "En omgång", "why", "Det behövs",
				"choosers", List.of("0180")));
		says("POST ~/cycles/{id}/opening", (world, at) -> Map.of("timetable", world.timetable()));
		says("POST ~/cycles/{id}/extensions",
				(world, at) -> Map.of("step", "FEED_BACK", "until", world.day(500), "reason", "Mer tid"));
		says("POST ~/cycles/{id}/cancellation", (world, at) -> REASON);
		says("POST ~/cycles/{id}/compiling-closing", (world, at) -> Map.of());
		says("POST ~/cycles/{id}/finish", (world, at) -> Map.of("summary", "Klart"));
		says("POST ~/prioritisation-rounds", (world, at) -> world.round(place(at, "level"), place(at, "cycle"),
				List.of(place(at, "item")), List.of(Region.A), "En omgång"));
		says("POST ~/prioritisation-rounds/{id}/ballots",
				(world, at) -> World.ballot(place(at, "seat"), List.of(place(at, "item"))));
		says("POST ~/prioritisation-rounds/{id}/extensions",
				(world, at) -> Map.of("deadline", world.day(1) + "T12:00:00Z", "reason", "Fler ska hinna"));
		says("POST ~/prioritisation-rounds/{id}/reminders", (world, at) -> Map.of("message", "Glöm inte"));
		says("POST ~/prioritisation-rounds/{id}/comments", (world, at) -> Map.of("text", "En synpunkt"));
		says("POST ~/prioritisation-rounds/{id}/dry-runs", (world, at) -> Map.of("ballots", List.of()));
		says("POST ~/prioritisation-rounds/{id}/seats/{seat}/holder-change",
				(world, at) -> Map.of("note", "Ny socialchef"));
		says("POST ~/prioritisation-rounds/{id}/closing", (world, at) -> Map.of());
		says("POST ~/prioritisation-rounds/{id}/cancellation", (world, at) -> REASON);
	}

	private void needIntake() {
		says("POST ~/collections", (world, at) -> Map.of("cycle", place(at, "cycle"), "message", "Vad saknar ni?"));
		says("POST ~/collections/{id}/reminders", (world, at) -> Map.of("message", "Glöm inte"));
		says("POST ~/collections/{id}/extension", (world, at) -> Map.of("due", world.day(45), "reason", "Mer tid"));
		says("POST ~/collections/{id}/no-needs", (world, at) -> Map.of("municipality", "0180", "comment", "Inga"));
		says("POST ~/collections/{id}/deliveries",
				(world, at) -> Map.of("regionalNeeds", List.of(), "notDelivered", List.of()));
		says("POST ~/needs",
				(world, at) -> world.drafted(Region.A, place(at, "cycle"), "BOU", "Ett utkast", "En enhet"));
		says("PUT ~/needs/{id}",
				(world, at) -> world.drafted(Region.A, world.the("early"), "BOU", "Ett ändrat utkast", "En enhet"));
		says("POST ~/needs/{id}/submission", (world, at) -> Map.of());
		says("POST ~/needs/recordings",
				(world, at) -> Map.of("cycle", place(at, "cycle"), "area", "BOU", "municipalities", List.of("0180"),
						"wording", World.wording("Ett antecknat behov"), "occasion", "Nätverksmöte"));
		says("POST ~/needs/{id}/confirmation", (world, at) -> Map.of("namesMunicipalities", false));
		says("PUT ~/needs/{id}/wording",
				(world, at) -> Map.of("wording", World.wording("Andra ord"), "municipalities", List.of("0180")));
		says("POST ~/needs/{id}/withdrawal", (world, at) -> REASON);
		says("POST ~/needs/{id}/supplements", (world, at) -> Map.of("text", "Ett tillägg"));
		says("POST ~/needs/{id}/clarifications",
				(world, at) -> Map.of("question", "Vilka menar ni?", "due", world.day(10)));
		says("POST ~/needs/{id}/clarifications/{clarification}/reply", (world, at) -> Map.of("reply", "Alla"));
		says("POST ~/needs/{id}/turning-back", (world, at) -> Map.of("because", "LOCAL", "answer", "Det löses lokalt"));
		says("POST ~/needs/{id}/waitlisting", (world, at) -> Map.of("area", "EKB", "answer", "Ett annat område"));
		says("POST ~/needs/{id}/take-up", (world, at) -> Map.of("cycle", world.the("early")));
		says("POST ~/question-notes", (world, at) -> Map.of("text", "En fråga"));
		says("POST ~/question-notes/{id}/clustering", (world, at) -> Map.of("cluster", "Samma fråga"));
		says("POST ~/regional-needs", (world, at) -> Map.of("cycle", place(at, "cycle"), "wording",
				World.wording("Ett regionalt behov"), "members", List.of(World.member(place(at, "need"), 1))));
		says("PUT ~/regional-needs/{id}", (world, at) -> Map.of("wording", World.wording("Andra ord"), "members",
				List.of(World.member(place(at, "need"), 1))));
		says("POST ~/regional-needs/{id}/dissolution", (world, at) -> REASON);
		says("POST ~/regional-needs/{id}/undoing-request", (world, at) -> REASON);
	}

	private void nationalHandOff() {
		says("POST ~/national-needs", (world, at) -> Map.of("cycle", place(at, "cycle"), "wording",
				World.wording("Ett nationellt behov"), "sources", List.of(place(at, "source"))));
		says("PUT ~/national-needs/{id}", (world, at) -> Map.of("wording", World.wording("Andra ord"), "sources",
				List.of(world.the("regional in screening A"))));
		says("POST ~/national-needs/{id}/dissolution", (world, at) -> REASON);
		says("POST ~/national-needs/{id}/screening-request",
				(world, at) -> Map.of("agencies", List.of("SOS"), "due", world.day(40)));
		says("POST ~/national-needs/{id}/screening", (world, at) -> world.verdict("NEW"));
		says("POST ~/national-needs/{id}/below-the-line", (world, at) -> REASON);
		says("POST ~/hand-offs", (world, at) -> world.handOff(place(at, "id")));
		says("POST ~/hand-offs/{id}/receipt", (world, at) -> Map.of());
		says("POST ~/hand-offs/{id}/return", (world, at) -> REASON);
	}

	private void feedback() {
		says("POST ~/feedback/{id}/decisions", (world, at) -> world.decision());
		says("POST ~/feedback/{id}/progress", (world, at) -> Map.of("text", "Det går framåt"));
		says("POST ~/feedback/{id}/deliveries", (world, at) -> Map.of("title", "Vägledning", "kind", "VAGLEDNING"));
		says("POST ~/follow-ups",
				(world, at) -> world.followUp(place(at, "national"), place(at, "need"), "Till nytta"));
	}

	private void catalogue() {
		says("POST ~/records", (world, at) -> Map.of("content", world.content("En rapport")));
		says("PUT ~/records/{id}",
				(world, at) -> Map.of("content", world.content("En bättre rapport"), "change", "Rättat"));
		says("POST ~/records/{id}/withdrawal", (world, at) -> REASON);
		says("POST ~/records/{id}/custody",
				(world, at) -> Map.of("custodian", "RSS-01", "reason", "Enheten läggs ned"));
		says("POST ~/records/{id}/confirmation", (world, at) -> Map.of());
		says("POST ~/records/{id}/deliverables/{number}/delivery",
				(world, at) -> Map.of("record", world.the("record")));
		says("POST ~/needs/imports", (world,
				at) -> "verksamhetsområde;rubrik;vad behöver ni veta\nBOU;Ett behov från en tabell;Vad hjälper?\n");
		says("POST ~/records/uploads", (world, at) -> World.pdf());
		says("POST ~/records/{id}/files", (world, at) -> World.pdf());
		says("POST ~/records/{id}/files/{sha256}/removal", (world, at) -> REASON);
		says("POST ~/custody-transfers",
				(world, at) -> Map.of("from", "0180", "custodian", "RSS-01", "reason", "Enheten läggs ned"));
	}

	private void harvest() {
		says("POST ~/records/imports", (world, at) -> world.table());
		says("POST ~/harvest-sources", (world, at) -> world.source(true));
		says("PUT ~/harvest-sources/{id}", (world, at) -> world.source(true));
		says("POST ~/harvest-sources/{id}/run", (world, at) -> Map.of());
		says("POST ~/harvest-sources/{id}/retry", (world, at) -> Map.of("identifier", "oai:forvar:1"));
	}

	private void wire() {
		says("POST ~/webhook-endpoints", (world, at) -> World.endpoint());
		List.of("secret", "test", "disabling", "enabling", "removal", "deliveries/{delivery}/redelivery")
			.forEach((act) -> says("POST ~/webhook-endpoints/{id}/" + act, (world, at) -> Map.of()));
		says("POST ~/webhook-endpoints/{id}/redelivery", (world, at) -> Map.of("since", "2026-01-01T00:00:00Z"));
	}

	private static String place(Map<String, String> at, String name) {
		return Objects.requireNonNull(at.get(name), name);
	}

}
