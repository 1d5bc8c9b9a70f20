package se.lokalabehov.portal;

import java.time.Clock;
import java.time.LocalDate;

import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Stored;

/**
 * The reference data with every dated change that has been made since.
 */
final class CurrentDirectory {

	private final Aggregates<Memberships, DirectoryEvent> memberships;

	private final Clock clock;

	CurrentDirectory(Aggregates<Memberships, DirectoryEvent> memberships, Clock clock) {
		this.memberships = memberships;
		this.clock = clock;
	}

	/** The directory as it stands. */
	Directory now() {
		Directory directory = Directory.standard();
		// A handful of municipalities change RSS in a decade.
		for (Stored<Memberships> changed : this.memberships.all(new Criteria())) {
			directory = changed.state().on(directory);
		}
		return directory;
	}

	LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), Memberships.SWEDEN);
	}

}
