package se.lokalabehov.reportcatalogue.harvest;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent.Content;

/**
 * What was harvested, what it was found to be the same as, and which record shows it:
 * original, cluster, shown.
 */
final class Lineage {

	private Lineage() {
	}

	/**
	 * A record as a source has it.
	 *
	 * @param source id of the source
	 * @param identifier the source's own
	 * @param cluster where it belongs; decided once
	 * @param content what it says; none when deleted or parked
	 * @param parked why it was not taken, if it was not
	 */
	record Original(String source, String identifier, @Nullable String cluster, @Nullable Content content,
			@Nullable Parked parked) {
	}

	/**
	 * Not taken.
	 *
	 * @param why in Swedish
	 * @param since when that was first found
	 */
	record Parked(String why, Instant since) {
	}

	/**
	 * The same work, in one source or several.
	 *
	 * @param record the record that shows it
	 * @param members its originals, the first come first: the first that stands is shown
	 */
	record Cluster(String record, List<Member> members) {

		boolean has(String original) {
			return this.members.stream().anyMatch((one) -> one.original().equals(original));
		}

		Cluster and(Member member) {
			return new Cluster(this.record, Stream.concat(this.members.stream(), Stream.of(member)).toList());
		}

		List<String> originals() {
			return this.members.stream().map(Member::original).toList();
		}

	}

	/**
	 * An original, and the source that it is of.
	 */
	record Member(String source, String original) {
	}

}
