package se.lokalabehov.portal;

import java.time.Instant;
import java.time.Period;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.AggregateType;

/**
 * How long one organisation keeps what is its own, by type (its plan for the management
 * of documents, chapter 4 of the Archives Act's rules on destruction, 1990:782 section
 * 10). What has no rule is preserved.
 *
 * @param organisation whose
 * @param years after the last thing that happened to it, its texts are destroyed; a kind
 * that is not there is preserved
 * @param changes when the rules were set, by whom
 */
record RetentionRules(OrganisationId organisation, Map<Kind, Integer> years, List<Change> changes) {

	static final AggregateType<RetentionRules, RetentionRules> TYPE = AggregateType.kept("retention-rules",
			RetentionRules.class);

	/** What can be destroyed: what stands in nobody else's matters. */
	static final List<Kind> KINDS = List.of(Kind.QUESTION_NOTE, Kind.NEED, Kind.FOLLOW_UP, Kind.REGIONAL_NEED,
			Kind.COLLECTION, Kind.FEEDBACK, Kind.HAND_OFF, Kind.NATIONAL_NEED, Kind.ROUND, Kind.CYCLE);

	static final int MOST_YEARS = 100;

	/**
	 * A change of the rules.
	 *
	 * @param years as they became
	 */
	record Change(Instant at, String role, Map<Kind, Integer> years) {
	}

	RetentionRules {
		years = Map.copyOf(years);
		changes = List.copyOf(changes);
	}

	/**
	 * Until somebody decides otherwise: questions heard in daily work go after two years,
	 * as they have become needs by then or never will; everything else is preserved.
	 */
	static RetentionRules standard(OrganisationId organisation) {
		return new RetentionRules(organisation, new EnumMap<>(Map.of(Kind.QUESTION_NOTE, 2)), List.of());
	}

	/** Whether something is to be destroyed at a time. */
	boolean isDue(Node node, Instant now) {
		@Nullable Integer kept = this.years.get(node.kind());
		return kept != null && !node.has(se.lokalabehov.contracts.Redaction.class)
				&& node.latest().time().atZone(Memberships.SWEDEN).plus(Period.ofYears(kept)).toInstant().isBefore(now);
	}

}
