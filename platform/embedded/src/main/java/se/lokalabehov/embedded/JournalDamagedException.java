package se.lokalabehov.embedded;

import java.nio.file.Path;

/**
 * A record of the journal is damaged, and it is not the torn end that a crash leaves.
 * Nothing has been changed on disk: what to do is for a person to decide.
 */
final class JournalDamagedException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	JournalDamagedException(Path file, long offset, String finding) {
		super("The journal " + file.toAbsolutePath() + " is damaged at byte " + offset + ": " + finding
				+ ". Nothing has been changed. Restore the directory from a backup; or, to keep what was written before the damage"
				+ " and lose everything after it, copy the file aside and cut it there (truncate -s " + offset + " "
				+ file.getFileName() + "), then start again.");
	}

}
