package se.lokalabehov.crash;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the clients have seen of every operation: acknowledged, refused, or unknown (a
 * time-out or a broken connection is never taken for a failure).
 */
final class Journal {

	/**
	 * An acknowledged command.
	 *
	 * @param kind method and path, ids left out
	 * @param id of the document it changed
	 * @param version the version that it made
	 */
	record Acknowledged(String kind, String id, long version) {
	}

	private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();

	/**
	 * Round and seat to the last acknowledged ballot's first choice; none when unknown.
	 */
	private final Map<String, String> ballots = new ConcurrentHashMap<>();

	private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	void acknowledge(String kind, String id, long version) {
		this.acknowledged.add(new Acknowledged(kind, id, version));
		count("ok " + kind);
	}

	void count(String what) {
		count(what, 1);
	}

	void count(String what, int times) {
		this.counts.computeIfAbsent(what, (key) -> new AtomicInteger()).addAndGet(times);
	}

	Queue<Acknowledged> acknowledged() {
		return this.acknowledged;
	}

	Map<String, String> ballots() {
		return this.ballots;
	}

	AtomicInteger inFlight() {
		return this.inFlight;
	}

	int total(String prefix) {
		return this.counts.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(prefix))
			.mapToInt((entry) -> entry.getValue().get())
			.sum();
	}

	String totals() {
		return total("ok ") + " acknowledged, " + total("refused ") + " refused, " + total("unknown ") + " unknown";
	}

	Map<String, Integer> byKind() {
		Map<String, Integer> sorted = new TreeMap<>();
		this.counts.forEach((kind, count) -> sorted.put(kind, count.get()));
		return sorted;
	}

}
