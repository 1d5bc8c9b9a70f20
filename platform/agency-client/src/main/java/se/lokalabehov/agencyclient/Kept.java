package se.lokalabehov.agencyclient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is on disk: every event that was received, each once, and which of them are done.
 * One line per fact, added at the end and forced to disk before anybody is told; a line
 * that a crash cut off is passed over.
 */
final class Kept {

	private static final String RECEIVED = "received";

	private static final String DONE = "done";

	private final Path file;

	private final Map<String, String> events = new LinkedHashMap<>();

	private final Set<String> done = new LinkedHashSet<>();

	Kept(Path directory) {
		this.file = directory.resolve("events.tsv");
		try {
			Files.createDirectories(directory);
			if (Files.exists(this.file)) {
				Files.readAllLines(this.file).forEach(this::read);
				// So that a cut line does not take the next one with it.
				write("\n");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read(String line) {
		String[] parts = line.split("\t", -1);
		if (parts.length == 4 && parts[0].equals(RECEIVED) && parts[3].equals(".")) {
			this.events.put(parts[1], parts[2]);
		}
		else if (parts.length == 3 && parts[0].equals(DONE) && parts[2].equals(".")) {
			this.done.add(parts[1]);
		}
	}

	/**
	 * Keeps an event.
	 * @param id CloudEvents {@code id}
	 * @param event as JSON on one line
	 * @return false when it was kept already
	 */
	synchronized boolean received(String id, String event) {
		if (this.events.containsKey(id)) {
			return false;
		}
		write(RECEIVED + "\t" + id + "\t" + event + "\t.\n");
		this.events.put(id, event);
		return true;
	}

	synchronized void done(String id) {
		if (!this.done.contains(id)) {
			write(DONE + "\t" + id + "\t.\n");
			this.done.add(id);
		}
	}

	/** Every event, in the order in which it came. */
	synchronized List<String> all() {
		return List.copyOf(this.events.values());
	}

	/** Those that are still to be answered. */
	synchronized Map<String, String> undone() {
		Map<String, String> undone = new LinkedHashMap<>(this.events);
		undone.keySet().removeAll(this.done);
		return undone;
	}

	private void write(String line) {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
			ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A small text beside the events: the cursor, the secrets. */
	static List<String> lines(Path file) {
		try {
			return Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)) : new ArrayList<>();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Replaces such a text, whole or not at all. */
	static void replace(Path file, List<String> lines) {
		try {
			Path next = file.resolveSibling(file.getFileName() + ".new");
			Files.write(next, lines);
			Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE,
					java.nio.file.StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
