package se.lokalabehov.reportcatalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Deliverable;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;

/**
 * What is wrong with a content: in itself, or as what it names is not here.
 */
final class ContentFaults {

	private final Aggregates<CatalogueRecord, CatalogueEvent> records;

	private final Views<NationalNeedSeen> nationalNeeds;

	ContentFaults(Aggregates<CatalogueRecord, CatalogueEvent> records, Views<NationalNeedSeen> nationalNeeds) {
		this.records = records;
		this.nationalNeeds = nationalNeeds;
	}

	/**
	 * Looked up now, decided when it is asked for: when nothing was decided before.
	 * @param at when it is published or revised
	 */
	Supplier<@Nullable Refusal> of(Content content, Instant at) {
		List<@Nullable CatalogueRecord> delivered = (content.project() == null) ? List.of()
				: content.project()
					.deliverables()
					.stream()
					.map(Deliverable::delivered)
					.filter(Objects::nonNull)
					.map((one) -> this.records.find(one.value()).map(Stored::state).orElse(null))
					.toList();
		List<@Nullable NationalNeedSeen> answered = (content.support() == null) ? List.of()
				: content.support()
					.answers()
					.stream()
					.map((one) -> this.nationalNeeds.find(one.value()).map(Stored::state).orElse(null))
					.toList();
		LocalDate today = Reminding.day(at);
		return () -> {
			Refusal refusal = ContentRules.refused(content, today, Directory.standard());
			return (refusal != null) ? refusal : Cataloguing.refusedUnlessHere(delivered, answered);
		};
	}

}
