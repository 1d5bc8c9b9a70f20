package se.lokalabehov.eventing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import se.lokalabehov.contracts.Topic;

/**
 * The operator's window: what waits, what is parked, what has diverged; and the acts on
 * it. {@code GET /actuator/eventing}, {@code GET /actuator/eventing/{id}} with the id of
 * something parked ({@code ~} for {@code /}), and {@code POST /actuator/eventing} with an
 * action and its target.
 */
@Endpoint(id = "eventing")
final class EventingEndpoint {

	/** The target that is every projection of this service. */
	private static final String ALL = "*";

	private final Inbox inbox;

	private final Parked parked;

	private final Replay replay;

	private final Repair repair;

	private final Relay relay;

	private final Divergence divergence;

	private final Registry registry;

	EventingEndpoint(Inbox inbox, Parked parked, Replay replay, Repair repair, Relay relay, Divergence divergence,
			Registry registry) {
		this.inbox = inbox;
		this.parked = parked;
		this.replay = replay;
		this.repair = repair;
		this.relay = relay;
		this.divergence = divergence;
		this.registry = registry;
	}

	/**
	 * How things stand.
	 * @param hashes whether to say the hash of each view as well, which reads all of it
	 */
	@ReadOperation
	Map<String, Object> status(@Nullable Boolean hashes) {
		Map<String, Object> status = new LinkedHashMap<>();
		status.put("pending", this.relay.pending());
		status.put("compared", this.divergence.isCompared());
		status.put("behind", this.divergence.behind());
		status.put("lostTails", this.divergence.lost());
		status.put("parked", this.parked.list());
		status.put("projections", this.inbox.projections().stream().map((projection) -> {
			Map<String, Object> one = new LinkedHashMap<>();
			one.put("name", projection.name());
			one.put("topic", projection.topic().name());
			one.put("version", this.registry.version(projection));
			if (Boolean.TRUE.equals(hashes)) {
				one.put("hash", this.replay.hash(projection));
			}
			return one;
		}).toList());
		return status;
	}

	/** One parked event, whole. */
	@ReadOperation
	Map<String, Object> show(@Selector String id) {
		return this.parked.show(id.replace('~', '/')).<Map<String, Object>>map((found) -> found).orElse(Map.of());
	}

	/**
	 * Does something.
	 * @param action {@code replay} (parked events of a projection), {@code discard} (a
	 * parked event, with a reason), {@code rebuild} (a projection, or {@code *}: all of
	 * them), {@code reconsume} (a projection, after a restored backup), {@code repair}
	 * (the store of a topic), {@code republish} (a topic), {@code adopt} (into a topic's
	 * store, a story from another installation) and {@code try-adopting} (the same,
	 * changing nothing)
	 * @param target name of the projection or topic, or id of the parked event
	 * @param reason why, where something is discarded
	 * @param story the events of one key as a batch of CloudEvents, where one is adopted
	 */
	@WriteOperation
	Map<String, Object> act(String action, String target, @Nullable String reason, @Nullable String story) {
		return switch (action) {
			case "adopt", "try-adopting" ->
				topic(target).map((found) -> adopt(found, story, action.equals("try-adopting")))
					.orElseGet(() -> unknown(target));
			case "replay" -> projection(target)
				.<Map<String, Object>>map((found) -> Map.of("applied", this.parked.replay(found, this.inbox)))
				.orElseGet(() -> unknown(target));
			case "rebuild" -> target.equals(ALL) ? Map.of("projections", rebuilt(this.inbox.projections()))
					: projection(target).map((found) -> rebuilt(List.of(found)).getFirst())
						.orElseGet(() -> unknown(target));
			case "discard" -> (reason == null || reason.isBlank()) ? Map.of("error", "Ange varför (reason).")
					: this.parked.discard(target, reason, "ADMINISTRATOR")
						.<Map<String, Object>>map((problem) -> Map.of("error", problem))
						.orElseGet(() -> {
							this.inbox.projections()
								.forEach((projection) -> this.parked.release(projection, this.inbox));
							return Map.of("discarded", target);
						});
			case "reconsume" -> projection(target).<Map<String, Object>>map((found) -> {
				this.replay.reconsume(found);
				return Map.of("projection", found.name(), "hash", this.replay.hash(found));
			}).orElseGet(() -> unknown(target));
			case "repair" -> topic(target).<Map<String, Object>>map((found) -> {
				int added = this.repair.store(found);
				// What a reaction was refused because of it can follow now.
				this.inbox.projections().forEach((projection) -> this.parked.replay(projection, this.inbox));
				return Map.of("added", added);
			}).orElseGet(() -> unknown(target));
			case "republish" ->
				topic(target).<Map<String, Object>>map((found) -> Map.of("aggregates", this.repair.republish(found)))
					.orElseGet(() -> unknown(target));
			default -> Map.of("error",
					"Okänd åtgärd. Möjliga: replay, discard, rebuild, reconsume, repair, republish, adopt, try-adopting.");
		};
	}

	private List<Map<String, Object>> rebuilt(List<? extends Projection<?, ?>> projections) {
		List<Replay.Rebuilt> rebuilt = this.replay.rebuild(projections);
		projections.forEach((one) -> this.parked.release(one, this.inbox));
		return rebuilt.stream()
			.map((one) -> Map.<String, Object>of("projection", one.projection(), "version", one.version(), "before",
					one.before(), "after", one.after(), "identical", one.identical(), "documents", one.documents()))
			.toList();
	}

	private Map<String, Object> adopt(Topic<?> topic, @Nullable String story, boolean dry) {
		try {
			return Map.of("adoption", this.repair.adopt(topic, Wire.batch(topic, (story != null) ? story : ""), dry));
		}
		catch (IllegalArgumentException ex) {
			return Map.of("error", "Det går inte att läsa som en berättelse om en nyckel i " + topic.name()
					+ ": alla händelser från den första, utan luckor, som CloudEvents.");
		}
	}

	private Optional<? extends Projection<?, ?>> projection(String name) {
		return this.inbox.projections().stream().filter((one) -> one.name().equals(name)).findFirst();
	}

	private Optional<? extends Topic<?>> topic(String name) {
		return this.relay.types().stream().<Topic<?>>mapMulti((type, sink) -> {
			if (type.topic() != null && type.topic().name().equals(name)) {
				sink.accept(type.topic());
			}
		}).findFirst();
	}

	private static Map<String, Object> unknown(String target) {
		return Map.of("error", "Här finns inget som heter så.", "known", List.of(target));
	}

}
