package se.lokalabehov.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * The claim of one process on one data directory. The operating system gives it up when
 * the process dies, however it dies, so there is nothing to clean up after a crash.
 */
final class DirectoryLock implements AutoCloseable {

	private final FileChannel channel;

	private DirectoryLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Creates the directory if it is missing and claims it.
	 * @throws IllegalStateException when another process, or this one, has it open
	 */
	static DirectoryLock acquire(Path directory) {
		try {
			Files.createDirectories(directory);
			FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (!claim(channel)) {
				channel.close();
				throw new IllegalStateException("another process is using " + directory.toAbsolutePath()
						+ ": stop it, or choose another data directory");
			}
			return new DirectoryLock(channel);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot use the data directory " + directory.toAbsolutePath(), ex);
		}
	}

	private static boolean claim(FileChannel channel) throws IOException {
		try {
			@Nullable Object lock = channel.tryLock();
			return lock != null;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
