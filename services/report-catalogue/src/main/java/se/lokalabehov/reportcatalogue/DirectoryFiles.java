package se.lokalabehov.reportcatalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * Files in a directory, for the embedded default: its store holds its documents in
 * memory, where files have nothing to do.
 */
final class DirectoryFiles implements KeptFiles {

	private static final String UNFINISHED = ".new";

	private final Path directory;

	DirectoryFiles(Path directory) {
		this.directory = directory;
	}

	@Override
	public void keep(String name, Path content) throws IOException {
		Path place = place(name);
		if (Files.exists(place)) {
			return;
		}
		Path folder = Files.createDirectories(this.directory.resolve(name.substring(0, 2)));
		Path unfinished = Files.createTempFile(folder, name, UNFINISHED);
		try {
			Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
			force(unfinished, StandardOpenOption.WRITE);
			Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
			// Its name too must outlast a power failure.
			force(folder, StandardOpenOption.READ);
			force(this.directory, StandardOpenOption.READ);
		}
		finally {
			Files.deleteIfExists(unfinished);
		}
	}

	private static void force(Path path, StandardOpenOption option) throws IOException {
		try (FileChannel channel = FileChannel.open(path, option)) {
			channel.force(true);
		}
	}

	@Override
	public Optional<Resource> find(String name) {
		Path place = place(name);
		return Files.isRegularFile(place) ? Optional.of(new FileSystemResource(place)) : Optional.empty();
	}

	@Override
	public void drop(String name) {
		try {
			Files.deleteIfExists(place(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public List<String> since(Instant before) {
		if (!Files.isDirectory(this.directory)) {
			return List.of();
		}
		try (Stream<Path> all = Files.walk(this.directory)) {
			return all
				.filter((path) -> Files.isRegularFile(path) && path.toFile().lastModified() < before.toEpochMilli())
				.map((path) -> path.getFileName().toString())
				.filter((name) -> !name.endsWith(UNFINISHED))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path place(String name) {
		return this.directory.resolve(name.substring(0, 2)).resolve(name);
	}

}
