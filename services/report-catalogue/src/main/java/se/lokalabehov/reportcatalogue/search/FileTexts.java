package se.lokalabehov.reportcatalogue.search;

import java.util.Optional;

/**
 * What can be read in the files of records.
 */
@FunctionalInterface
public interface FileTexts {

	/** The text of a file by the SHA-256 of its bytes; none when it is not there. */
	Optional<String> text(String sha256);

}
