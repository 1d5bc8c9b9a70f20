package se.lokalabehov.reportcatalogue.harvest;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent.Content;

/**
 * Where what was harvested is put: the catalogue itself.
 */
public interface Shelf {

	/** Whether there is such a record, however it came there. */
	boolean holds(String id);

	/**
	 * Publishes a record or brings it up to date; nothing when it already says so.
	 * @return in Swedish why it may not stand there; none when it does
	 */
	@Nullable String place(String id, Content content);

	/** Withdraws a record; nothing when it already is. */
	void withdraw(String id);

}
