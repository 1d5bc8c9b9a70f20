package se.lokalabehov.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

import de.bwaldvogel.mongo.MongoServer;

/**
 * A store that speaks the MongoDB protocol, inside this JVM, on the loopback interface:
 * the embedded default in place of a MongoDB server. Documents are held in memory, so
 * they must fit into the heap; every acknowledged write is on disk in a journal, from
 * which the documents are read again at the next start.
 *
 * <p>
 * What it cannot do (sessions and transactions among it) is told in the README of this
 * module. It refuses with an error what it would do otherwise than MongoDB and knows of.
 */
public final class EmbeddedStore implements AutoCloseable {

	/** Bytes under which the journal is not compacted. */
	private static final long COMPACTION_FLOOR = 32L * 1024 * 1024;

	/** A worker waits for the disk: as many as connections work at once. */
	private static final int WORKERS = 48;

	private final DirectoryLock lock;

	private final MongoServer server;

	private final int port;

	private EmbeddedStore(DirectoryLock lock, MongoServer server) {
		this.lock = lock;
		this.server = server;
		this.port = server.getLocalAddress().getPort();
	}

	/**
	 * Starts the store on the data in the directory, which is created if it is missing.
	 * Returns when clients may connect.
	 * @param directory holds the journal; one process at a time
	 * @param port on 127.0.0.1; 0 for a free one
	 * @return the running store; the caller closes it
	 * @throws IllegalStateException if another process is using the directory, or if the
	 * journal is damaged otherwise than by a crash at its end: the message says where and
	 * what to do, and nothing has been changed
	 * @throws UncheckedIOException if the port is taken, or the directory cannot be read
	 * or written
	 */
	public static EmbeddedStore start(Path directory, int port) {
		return start(directory, port, COMPACTION_FLOOR);
	}

	static EmbeddedStore start(Path directory, int port, long compactionFloor) {
		DirectoryLock lock = DirectoryLock.acquire(directory);
		try {
			JournaledBackend backend = new JournaledBackend(directory.resolve("journal"), compactionFloor);
			try {
				MongoServer server = new MongoServer(backend);
				server.bind(new InetSocketAddress("127.0.0.1", port), 1, WORKERS);
				return new EmbeddedStore(lock, server);
			}
			catch (Throwable ex) {
				backend.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			lock.close();
			throw new UncheckedIOException("cannot open the store in " + directory.toAbsolutePath(), ex);
		}
		catch (Throwable ex) {
			lock.close();
			throw ex;
		}
	}

	/**
	 * Where clients connect.
	 * @return a MongoDB connection string without a database, such as
	 * {@code mongodb://127.0.0.1:27017/}
	 */
	public String connectionString() {
		return "mongodb://127.0.0.1:" + this.port + "/";
	}

	/** Closes the clients' connections and the journal. Nothing acknowledged is lost. */
	@Override
	public void close() {
		this.server.shutdownNow();
		this.lock.close();
	}

}
