package se.lokalabehov.authorisation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/**
 * Texts that are planted in the world, with who may read each. Every answer that anybody
 * gets, a refusal as well, is looked through for those that are not for them, and for the
 * names of municipalities and regions that they may not learn.
 */
final class Secrets {

	/**
	 * Where a municipality may not be named without being one's own: not in cycles, whose
	 * regions are public, nor in rounds, whose panels are.
	 */
	private static final Pattern WHERE_NO_STRANGER_IS_NAMED = Pattern
		.compile("GET /(api/v1/(collections|needs|question-notes|regional-needs|national-needs|hand-offs|feedback"
				+ "|follow-ups|traces)|spar|omgangar)\\b.*");

	private final Map<String, Set<Who>> readers = new ConcurrentHashMap<>();

	private final Map<String, Set<Who>> readBy = new ConcurrentHashMap<>();

	/** By the request that reads it. */
	private final Map<String, List<String>> ballots = new ConcurrentHashMap<>();

	private final Set<String> ballotsRead = ConcurrentHashMap.newKeySet();

	private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

	/**
	 * Plants a text.
	 * @param word what it is called
	 * @param readers who may read it, everybody else may not
	 * @return a text that stands nowhere else
	 */
	String plant(String word, Collection<Who> readers) {
		String text = "#" + word + "#";
		this.readers.put(text, EnumSet.copyOf(readers));
		return text;
	}

	/**
	 * Plants a ballot: an order in which these names stand nowhere else.
	 * @param round whose
	 * @param order best first
	 * @param voter the only one who may read it, as a ballot
	 */
	void plantBallot(String round, List<String> order, Who voter) {
		this.ballots.put("GET /api/v1/prioritisation-rounds/" + round + "/ballots/" + World.SEAT + " " + voter, order);
	}

	/** Whether a text tells of a planted ballot. */
	boolean tellsOfABallot(String text) {
		return this.ballots.values().stream().anyMatch((order) -> isInThatOrder(order, text));
	}

	private static boolean isInThatOrder(List<String> order, String text) {
		int at = -1;
		for (String name : order) {
			int next = text.indexOf(name);
			if (next <= at) {
				return false;
			}
			at = next;
		}
		return true;
	}

	/** Looks an answer through. */
	void inspect(Who who, String request, int status, String answer) {
		this.ballots.forEach((itself, order) -> {
			if (isInThatOrder(order, answer)) {
				if (itself.equals(request + " " + who)) {
					this.ballotsRead.add(itself);
				}
				else {
					this.leaks.add(who + " reads a ballot in " + request);
				}
			}
		});
		this.readers.forEach((text, may) -> {
			if (answer.contains(text)) {
				this.readBy.computeIfAbsent(text, (unread) -> ConcurrentHashMap.newKeySet()).add(who);
				if (!may.contains(who)) {
					this.leaks.add(who + " reads " + text + " in " + request);
				}
			}
		});
		if (status == 200 && WHERE_NO_STRANGER_IS_NAMED.matcher(request).matches()) {
			who.strangers().stream().filter(answer::contains).forEach((name) -> {
				int at = answer.indexOf(name);
				this.leaks.add(who + " is told of " + name + " in " + request + ": "
						+ answer.substring(Math.max(0, at - 100), Math.min(answer.length(), at + 40)));
			});
		}
	}

	/**
	 * Whether every planted ballot has been read by its voter: or nothing would be looked
	 * for.
	 */
	boolean everyBallotWasRead() {
		return this.ballotsRead.equals(this.ballots.keySet());
	}

	/** What has leaked since one asked last. */
	List<String> leaks() {
		List<String> all = new ArrayList<>();
		for (String leak = this.leaks.poll(); leak != null; leak = this.leaks.poll()) {
			all.add(leak);
		}
		return all.stream().distinct().sorted().toList();
	}

	/** By whom of those who may a text has not been read. */
	Map<String, Set<Who>> unread() {
		Map<String, Set<Who>> unread = new TreeMap<>();
		this.readers.forEach((text, may) -> {
			Set<Who> others = EnumSet.copyOf(may);
			others.removeAll(this.readBy.getOrDefault(text, Set.of()));
			if (!others.isEmpty()) {
				unread.put(text, others);
			}
		});
		return unread;
	}

}
