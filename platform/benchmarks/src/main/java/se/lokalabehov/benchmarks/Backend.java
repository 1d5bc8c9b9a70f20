package se.lokalabehov.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import se.lokalabehov.embedded.EmbeddedBroker;
import se.lokalabehov.embedded.EmbeddedStore;

/**
 * The embedded broker and store as one process, which says where they are.
 */
public final class Backend {

	private Backend() {
	}

	/**
	 * Starts them, and ends them in order at SIGTERM.
	 * @param arguments the directory of their data
	 * @throws InterruptedException never, in practice
	 */
	public static void main(String[] arguments) throws InterruptedException {
		Path data = Path.of(arguments[0]);
		EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0);
		EmbeddedStore store = EmbeddedStore.start(data.resolve("store"), 0);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			store.close();
			broker.close();
		}));
		System.out.println("READY " + broker.bootstrapServers() + " " + store.connectionString());
		new CountDownLatch(1).await();
	}

}
