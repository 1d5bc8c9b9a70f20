package se.lokalabehov.reportcatalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.core.io.Resource;

/**
 * Where files lie, each under a name that its content gives (SHA-256 and an ending): the
 * same name is always the same bytes.
 */
interface KeptFiles {

	/**
	 * Keeps a file; it is durable when this returns. Nothing happens to one that is
	 * there.
	 */
	void keep(String name, Path content) throws IOException;

	/** The file, when it is there; can be read from any place and again. */
	Optional<Resource> find(String name);

	/** Removes it for good, if it is there. */
	void drop(String name);

	/** The names of all that have been there since before a time. */
	List<String> since(Instant before);

}
