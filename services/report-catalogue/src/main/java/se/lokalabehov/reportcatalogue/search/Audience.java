package se.lokalabehov.reportcatalogue.search;

import java.util.Collection;

/**
 * Who is told which records a search has shown.
 */
@FunctionalInterface
public interface Audience {

	/** These stood on the page that was answered. */
	void shown(Collection<String> records);

}
