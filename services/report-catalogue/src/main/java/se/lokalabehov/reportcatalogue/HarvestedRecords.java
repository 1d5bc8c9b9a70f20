package se.lokalabehov.reportcatalogue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.reportcatalogue.harvest.Shelf;

/**
 * What is harvested becomes records like all others, by the same rules.
 */
@Component
class HarvestedRecords implements Shelf {

	private static final String CHANGE = "Skördad på nytt.";

	private final Aggregates<CatalogueRecord, CatalogueEvent> records;

	private final Clock clock;

	HarvestedRecords(Aggregates<CatalogueRecord, CatalogueEvent> records, Clock clock) {
		this.records = records;
		this.clock = clock;
	}

	@Override
	public boolean holds(String id) {
		return this.records.find(id).isPresent();
	}

	@Override
	public @Nullable String place(String id, Content content) {
		Instant now = this.clock.instant();
		Refusal refusal = ContentRules.refused(content, LocalDate.ofInstant(now, ZoneOffset.UTC), Directory.standard());
		if (refusal != null) {
			return refusal.fields().isEmpty() ? refusal.detail() : refusal.fields().getFirst().detail();
		}
		Outcome<CatalogueRecord> outcome = this.records.execute(id, act(content.publisher(), now), (before) -> {
			if (before == null) {
				return Cataloguing.publish(null, content);
			}
			return before.content().equals(content) ? Decision.of() : Cataloguing.revise(before, content, CHANGE);
		});
		return (outcome instanceof Outcome.Refused<CatalogueRecord> refused) ? refused.refusal().detail() : null;
	}

	@Override
	public void withdraw(String id) {
		this.records.find(id)
			.map((record) -> record.state().content().publisher())
			.ifPresent((by) -> this.records.execute(id, act(by, this.clock.instant()),
					(before) -> (before == null || before.withdrawn() != null) ? Decision.of()
							: Cataloguing.withdraw(before, "Borttagen där den skördades.")));
	}

	private static Act act(OrganisationId by, Instant now) {
		return new Act(by, "SYSTEM", "harvester", now, null, "", null);
	}

}
