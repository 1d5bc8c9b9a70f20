package se.lokalabehov.contracts;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Dated changes of the directory that come at run time, on top of the reference data.
 */
public sealed interface DirectoryEvent {

	/**
	 * A municipality belongs to another RSS from a day on, or to none.
	 *
	 * @param municipality which
	 * @param rss the RSS, none when without
	 * @param from first day
	 */
	@WireName("membership-changed.v1")
	record MembershipChanged(OrganisationId municipality, @Nullable OrganisationId rss,
			LocalDate from) implements DirectoryEvent {
	}

}
