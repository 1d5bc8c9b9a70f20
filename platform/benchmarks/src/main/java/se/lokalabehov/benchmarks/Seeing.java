package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import org.HdrHistogram.Recorder;
import org.bson.Document;

/**
 * Commands, and the read model in which what came of them is seen: looked at from
 * outside, in the store, in the same way for every side.
 *
 * @param command acts, and gives the identifier of what came of it
 * @param seen the read model's collection
 */
record Seeing(Callable<String> command, MongoCollection<Document> seen) {

	/** Until what has been accepted is seen, when all is well. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/** As many clients as the goals speak of. */
	static final int CLIENTS = 32;

	/**
	 * What a window gave.
	 *
	 * @param done commands accepted
	 * @param failed commands not accepted
	 * @param acceptedPerSecond commands
	 * @param visiblePerSecond the same ones, until the last of them is seen
	 * @param acceptedP50 milliseconds from the command until it is accepted
	 * @param acceptedP99 the same for 99 %
	 * @param visibleP50 milliseconds from the command until it is seen; 0 when that was
	 * not looked at
	 * @param visibleP99 the same for 99 %
	 */
	record Window(long done, long failed, double acceptedPerSecond, double visiblePerSecond, double acceptedP50,
			double acceptedP99, double visibleP50, double visibleP99) {
	}

	/** How much many clients get done. */
	Window capacity(Duration duration) throws IOException, InterruptedException {
		long before = this.seen.estimatedDocumentCount();
		long began = System.nanoTime();
		Load load = ClosedLoop.run(CLIENTS, duration, this.command::call);
		long accepted = System.nanoTime();
		while (this.seen.estimatedDocumentCount() < before + load.done()) {
			if (System.nanoTime() - accepted > PATIENCE.toNanos()) {
				throw new IOException(load.done() + " accepted, " + load.failed() + " failed, and only "
						+ (this.seen.estimatedDocumentCount() - before) + " are seen");
			}
			TimeUnit.MILLISECONDS.sleep(2);
		}
		double took = (System.nanoTime() - began) / 1e9;
		return new Window(load.done(), load.failed(), load.perSecond(), load.done() / took, load.millis(50),
				load.millis(99), 0, 0);
	}

	/**
	 * How long one client waits, who acts again when it has seen what came of the last.
	 */
	Window alone(Duration duration) {
		Recorder accepted = new Recorder(3);
		Load load = ClosedLoop.run(1, duration, () -> {
			long began = System.nanoTime();
			String id = this.command.call();
			accepted.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
			await(id);
		});
		Load acceptance = new Load(accepted.getIntervalHistogram(), load.done(), load.failed(), load.took());
		return new Window(load.done(), load.failed(), load.perSecond(), load.perSecond(), acceptance.millis(50),
				acceptance.millis(99), load.millis(50), load.millis(99));
	}

	/** Looks until it is there. */
	void await(String id) throws IOException {
		long began = System.nanoTime();
		while (!isSeen(id)) {
			if (System.nanoTime() - began > PATIENCE.toNanos()) {
				throw new IOException(id + " is not seen");
			}
		}
	}

	boolean isSeen(String id) {
		return this.seen.find(new Document("_id", id)).projection(Projections.include("_id")).first() != null;
	}

}
