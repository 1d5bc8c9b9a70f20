package se.lokalabehov.standalone;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Does things at the same time, as many organisations do.
 */
final class Parallel {

	private Parallel() {
	}

	/**
	 * Does something for each of several, and waits for all of it also when one fails.
	 * @param many how many at once
	 * @throws IllegalStateException when one fails
	 */
	static <T> void each(int many, Collection<T> all, Consumer<? super T> what) {
		try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
			List<? extends Future<?>> running = all.stream()
				.map((one) -> threads.submit(() -> what.accept(one)))
				.toList();
			for (Future<?> task : running) {
				task.get();
			}
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
