package se.lokalabehov.reportcatalogue.harvest;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;

/**
 * A repository that is harvested.
 *
 * @param name what people call it
 * @param address of its OAI-PMH
 * @param prefix {@code oai_dc}, or {@code lb} for another catalogue of this kind
 * @param set if not everything
 * @param publisher the organisation in whose name its records stand here; none only for
 * another catalogue of this kind, whose records say their own
 * @param area of records that do not say theirs
 * @param every how often
 * @param paused whether it is left alone for now
 */
record Source(String name, URI address, String prefix, @Nullable String set, @Nullable OrganisationId publisher,
		String area, Duration every, boolean paused) {

	/** The format of another catalogue of this kind. */
	static final String OWN = "lb";

	/** What is asked for: when it changes, it is asked for from the beginning. */
	String asked() {
		return this.address + "\n" + this.prefix + "\n" + this.set + "\n" + this.area;
	}

	/**
	 * Puts a source down, or changes it.
	 * @param fault what is wrong with the address, if anything is
	 */
	static Decision<Source> decide(@Nullable Source before, Source after, @Nullable String fault) {
		if (fault != null || after.address.getRawQuery() != null || after.address.getRawFragment() != null) {
			return Decision.refuse(Refusal.invalid("address",
					(fault != null) ? fault : "Ange adressen till förvarets OAI-PMH utan frågetecken och utan #."));
		}
		if (after.publisher == null && !after.prefix.equals(OWN)) {
			return Decision.refuse(Refusal.invalid("publisher", "Ange i vilken organisations namn posterna ska stå."));
		}
		if (after.publisher != null && Directory.standard().organisation(after.publisher).isEmpty()) {
			return Decision.refuse(Refusal.invalid("publisher", "Det finns ingen sådan organisation."));
		}
		if (before != null && before.publisher != null && !before.publisher.equals(after.publisher)) {
			return Decision.refuse(Refusal.invalid("publisher",
					"Utgivaren ändras inte: posterna står redan i dess namn. Lägg upp en ny källa och pausa den här."));
		}
		return after.equals(before) ? Decision.of() : Decision.of(after);
	}

}
