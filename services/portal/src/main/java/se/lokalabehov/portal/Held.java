package se.lokalabehov.portal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Values that take long to make, made again in the background when somebody asks for one
 * that is old. Who asks never waits longer than a moment, unless nothing has been made
 * yet; and making takes at most a tenth of the time, however long it takes.
 *
 * @param <V> the value
 */
final class Held<V> implements AutoCloseable {

	private static final long FRESH = Duration.ofSeconds(5).toNanos();

	/** A value as old as this is worth waiting for, but not for long. */
	private static final long OLD = Duration.ofMinutes(1).toNanos();

	private static final Duration PATIENCE = Duration.ofMillis(800);

	private static final int TENTH = 10;

	private final Map<String, Made<V>> values = new ConcurrentHashMap<>();

	private final Map<String, CompletableFuture<Made<V>>> making = new ConcurrentHashMap<>();

	/** One at a time, so that the pages keep the other processors. */
	private final ExecutorService maker = Executors.newSingleThreadExecutor(
			(task) -> Thread.ofPlatform().daemon().name("held").priority(Thread.MIN_PRIORITY).unstarted(task));

	private record Made<V>(V value, long at, long took) {

		boolean isOlderThan(long nanos) {
			return System.nanoTime() - this.at > nanos;
		}

	}

	/**
	 * The value of a key.
	 * @param make makes it; asks for no value that is held here
	 */
	V get(String key, Supplier<V> make) {
		@Nullable Made<V> there = this.values.get(key);
		if (there != null && !there.isOlderThan(Math.max(FRESH, there.took() * TENTH))) {
			return there.value();
		}
		CompletableFuture<Made<V>> next = this.making.computeIfAbsent(key,
				(same) -> CompletableFuture.supplyAsync(() -> made(make), this.maker));
		next.whenComplete((made, failure) -> {
			if (made != null) {
				this.values.put(key, made);
			}
			this.making.remove(key, next);
		});
		if (there == null) {
			return joined(next).value();
		}
		return there.isOlderThan(OLD) ? patiently(next, there).value() : there.value();
	}

	/** Fails as what makes the value did. */
	private static <T> T joined(CompletableFuture<T> future) {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private static <V> Made<V> made(Supplier<V> make) {
		long begun = System.nanoTime();
		V value = make.get();
		long now = System.nanoTime();
		return new Made<>(value, now, now - begun);
	}

	/** What was made before is better than nothing. */
	private static <V> Made<V> patiently(CompletableFuture<Made<V>> next, Made<V> there) {
		return next.copy()
			.completeOnTimeout(there, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
			.exceptionally((failure) -> there)
			.join();
	}

	@Override
	public void close() {
		this.maker.shutdownNow();
	}

}
