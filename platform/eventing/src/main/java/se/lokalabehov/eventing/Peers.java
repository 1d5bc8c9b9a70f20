package se.lokalabehov.eventing;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import se.lokalabehov.contracts.Topic;

/**
 * The processes that publish from one store, and the one thing that they must agree on:
 * when a topic is divided, and what stands before is to be deleted, nobody may be in the
 * middle of an aggregate's events. Whoever divides asks all to hold, and goes on when
 * each has, or has not been heard of for so long that it can not send: a process sends
 * only while it has looked here lately. No clocks are compared, only how long one has
 * seen nothing new.
 */
final class Peers {

	/** Who has looked longer ago does not send. */
	private static final Duration FRESH = Duration.ofSeconds(10);

	/**
	 * Who has not been heard of for longer does not send any more: what was handed to its
	 * producer when it could is delivered or given up within half a minute.
	 */
	private static final Duration GONE = Duration.ofSeconds(60);

	private static final String PEERS = "peers";

	private static final String DIVISIONS = "divisions";

	private static final Duration PAUSE = Duration.ofMillis(200);

	/** Looks between two writings, as long as there is nothing new to say. */
	private static final int QUIET = 4;

	private final MongoTemplate mongo;

	private final String id = UUID.randomUUID().toString();

	/** The divisions for which nothing of ours is under way. */
	private final Set<String> held = ConcurrentHashMap.newKeySet();

	/** Peer to what was last heard of it, and when. */
	private final Map<String, Heard> heard = new HashMap<>();

	private volatile Map<String, Division> divisions = Map.of();

	private volatile long looked;

	private volatile boolean everLooked;

	private int quiet;

	private record Heard(long beat, long since) {
	}

	/**
	 * A topic that is being divided.
	 *
	 * @param token names it
	 * @param holder the process that does it
	 * @param divided whether it is done, and all begin at their first events again
	 */
	private record Division(String token, String holder, boolean divided) {
	}

	Peers(MongoTemplate mongo) {
		this.mongo = mongo;
	}

	/**
	 * Says that this process is here and looks what is asked for; often, on one thread.
	 * @param hold is told of a topic that someone else wants to divide: nothing of it is
	 * to be under way, and then {@link #holding} is to be told
	 */
	void look(BiConsumer<String, String> hold) {
		long now = System.nanoTime();
		// Before looking: who begins to divide after this look finds us.
		if (!this.everLooked || this.quiet++ >= QUIET) {
			say();
		}
		Map<String, Division> found = new HashMap<>();
		for (Document one : this.mongo.findAll(Document.class, DIVISIONS)) {
			found.put(one.getString("_id"),
					new Division(one.getString("token"), one.getString("holder"), one.getBoolean("divided", false)));
		}
		this.divisions = Map.copyOf(found);
		this.looked = now;
		this.everLooked = true;
		Set<String> tokens = new HashSet<>();
		found.forEach((topic, division) -> {
			tokens.add(division.token());
			if (!division.holder().equals(this.id)) {
				if (!division.divided() && !this.held.contains(division.token())) {
					hold.accept(topic, division.token());
				}
				if (isGone(division.holder())) {
					remove(topic, division.token());
				}
			}
		});
		this.held.retainAll(tokens);
	}

	private void say() {
		this.quiet = 0;
		this.mongo.upsert(new Query(Criteria.where("_id").is(this.id)),
				new Update().inc("beat", 1).set("held", List.copyOf(this.held)), PEERS);
	}

	/** Nothing of a topic is under way, and nothing will be until it is divided. */
	void holding(String token) {
		this.held.add(token);
		this.mongo.upsert(new Query(Criteria.where("_id").is(this.id)),
				new Update().inc("beat", 1).addToSet("held", token), PEERS);
	}

	/** Whether a topic's events may be sent now. */
	boolean maySend(Topic<?> topic) {
		if (!this.everLooked || System.nanoTime() - this.looked > FRESH.toNanos()) {
			return false;
		}
		Division division = this.divisions.get(topic.name());
		return division == null || division.divided() || division.holder().equals(this.id);
	}

	/** The name of a division after which all begin at their first events again. */
	@Nullable String divided(Topic<?> topic) {
		Division division = this.divisions.get(topic.name());
		return (division != null && division.divided()) ? division.token() : null;
	}

	/**
	 * Waits until nobody else divides the topic, asks all others to hold, and waits until
	 * they do.
	 * @return the division's name
	 * @throws IllegalStateException when somebody else is at it for that long
	 */
	String hold(Topic<?> topic, Duration atMost) throws InterruptedException {
		long deadline = System.nanoTime() + atMost.toNanos();
		String token = UUID.randomUUID().toString();
		while (!begun(topic, token)) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("another process is at it: " + topic.name());
			}
			Thread.sleep(PAUSE);
		}
		try {
			while (!allHold(token)) {
				Thread.sleep(PAUSE);
			}
			return token;
		}
		catch (InterruptedException | RuntimeException ex) {
			release(topic, token);
			throw ex;
		}
	}

	private boolean begun(Topic<?> topic, String token) {
		try {
			this.mongo.insert(new Document("_id", topic.name()).append("token", token).append("holder", this.id),
					DIVISIONS);
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	private boolean allHold(String token) {
		return this.mongo.findAll(Document.class, PEERS)
			.stream()
			.filter((peer) -> !this.id.equals(peer.getString("_id")))
			.filter((peer) -> !peer.getList("held", String.class, List.of()).contains(token))
			.allMatch((peer) -> isGone(peer.getString("_id")));
	}

	private synchronized boolean isGone(String peer) {
		Document found = this.mongo.findById(peer, Document.class, PEERS);
		long beat = (found != null) ? Documents.number(found, "beat") : -1;
		Heard last = this.heard.get(peer);
		if (last == null || last.beat() != beat) {
			this.heard.put(peer, new Heard(beat, System.nanoTime()));
			return false;
		}
		if (System.nanoTime() - last.since() < GONE.toNanos()) {
			return false;
		}
		this.mongo.remove(new Query(Criteria.where("_id").is(peer).and("beat").is(beat)), PEERS);
		return true;
	}

	/**
	 * The topic is divided: all go on, each aggregate from its first event.
	 * @return false when this process was not heard of for so long that another has taken
	 * over
	 */
	boolean divide(Topic<?> topic, String token) {
		return this.mongo
			.updateFirst(new Query(Criteria.where("_id").is(topic.name()).and("token").is(token)),
					new Update().set("divided", true), DIVISIONS)
			.getMatchedCount() > 0;
	}

	/** All go on as before. */
	void release(Topic<?> topic, String token) {
		remove(topic.name(), token);
	}

	private void remove(String topic, String token) {
		this.mongo.remove(new Query(Criteria.where("_id").is(topic).and("token").is(token)), DIVISIONS);
	}

	/** This process sends nothing any more. */
	void leave() {
		this.mongo.remove(new Query(Criteria.where("_id").is(this.id)), PEERS);
	}

}
