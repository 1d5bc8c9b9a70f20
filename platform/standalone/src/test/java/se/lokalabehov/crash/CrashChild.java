package se.lokalabehov.crash;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
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

	/**
	 * What the platform is run with, as the build tells it, so that it does not start
	 * with something that only tests have.
	 * @return a class path that has this class, too
	 * @throws IOException when it can not be read
	 */
	public static String classPath() throws IOException {
		Path own = Path.of(URI.create(CrashChild.class.getProtectionDomain().getCodeSource().getLocation().toString()));
		Path told = own.resolveSibling("standalone.classpath");
		return Files.exists(told) ? String.join(File.pathSeparator, own.toString(),
				own.resolveSibling("classes").toString(), Files.readString(told).strip())
				: System.getProperty("java.class.path");
	}

}
