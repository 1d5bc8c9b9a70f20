package se.lokalabehov.crash;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import se.lokalabehov.standalone.Options;
import se.lokalabehov.standalone.Standalone;

/**
 * The process that is killed: the standalone on given data and ports, which says where
 * its broker and store are.
 */
public final class CrashChild {

	private CrashChild() {
	}

	/**
	 * Starts it.
	 * @param arguments data directory, the portal's port, and where a broker and a store
	 * run already, if they do
	 * @throws InterruptedException never, in practice
	 */
	public static void main(String[] arguments) throws InterruptedException {
		Standalone standalone = Standalone.start(new Options(Path.of(arguments[0]), Integer.parseInt(arguments[1]),
				false, (arguments.length > 2) ? new Options.Outside(arguments[2], arguments[3]) : null, null));
		// SIGTERM ends it in order, as an operator or Kubernetes does; SIGKILL asks
		// nobody.
		Runtime.getRuntime().addShutdownHook(new Thread(standalone::close));
		System.out.println("READY " + standalone.storeUri() + " " + standalone.bootstrapServers());
		new CountDownLatch(1).await();
	}

}
