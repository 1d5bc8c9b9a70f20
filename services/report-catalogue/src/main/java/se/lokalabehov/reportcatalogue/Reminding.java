package se.lokalabehov.reportcatalogue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.scheduling.annotation.Scheduled;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Stored;

/**
 * Asks whether a project is still current when nobody has said so for a year, and reminds
 * of what should have been delivered. Both are events, told once, so that whoever
 * notifies need not count days.
 */
final class Reminding {

	private static final Logger logger = LoggerFactory.getLogger(Reminding.class);

	/** What a day is, is decided where the readers are. */
	private static final ZoneId SWEDEN = ZoneId.of("Europe/Stockholm");

	private final Aggregates<CatalogueRecord, CatalogueEvent> records;

	private final Clock clock;

	Reminding(Aggregates<CatalogueRecord, CatalogueEvent> records, Clock clock) {
		this.records = records;
		this.clock = clock;
	}

	/** The day that it is in Sweden. */
	static LocalDate day(Instant at) {
		return LocalDate.ofInstant(at, SWEDEN);
	}

	/**
	 * Does what has become due; at start and every ten seconds, so soon after midnight.
	 */
	@Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
	void sweep() {
		Instant now = this.clock.instant();
		LocalDate today = day(now);
		for (Stored<CatalogueRecord> record : this.records.all(Criteria.where("state.wakes").lte(today.toString()))) {
			try {
				this.records.execute(record.id(),
						Act.system(record.state().custodian(), now, record.id() + " wakes " + record.version()),
						(before) -> Cataloguing.remind(Objects.requireNonNull(before), today));
			}
			catch (RuntimeException ex) {
				logger.warn("{} will be tried again", record.id(), ex);
			}
		}
	}

}
