package se.lokalabehov.eventing;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Known wrong ways to do it. The fault suite switches them on, one at a time, to show
 * that it can fail; nothing else may.
 */
enum Mutant {

	/** The mechanism as it should be. */
	NONE,
	/** The relay marks an event as published before the broker has confirmed it. */
	MARK_BEFORE_CONFIRM,
	/** A consumer applies what it has already seen. */
	NO_DEDUPE,
	/** A consumer remembers the sequence in one write and the effect in a later one. */
	DEDUPE_BEFORE_EFFECT,
	/** Events are sent before the store has them, and not kept for sending again. */
	PUBLISH_THEN_FORGET,
	/** An offset is committed before what was read is in effect. */
	EARLY_COMMIT,
	/** Events are sent without their key, and so to any partition. */
	NULL_KEY,
	/** An event is applied although its predecessor is parked. */
	PARKED_IS_PASSED;

	/** Makes the moment long in which a crash shows the fault. */
	void linger() {
		try {
			TimeUnit.MILLISECONDS.sleep(200);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Returns before the effect: one poll's at a time, and whatever comes of it. */
	static <T> Consumer<T> early(Consumer<T> effect) {
		Semaphore one = new Semaphore(1);
		return (records) -> {
			one.acquireUninterruptibly();
			Thread.startVirtualThread(() -> {
				try {
					EARLY_COMMIT.linger();
					effect.accept(records);
				}
				finally {
					one.release();
				}
			});
		};
	}

}
