package se.lokalabehov.reportcatalogue;

import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.scheduling.annotation.Scheduled;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;

/**
 * Hands all records of an organisation to another, in one act. A sweep does what was
 * decided, and goes on with what a crash left.
 */
final class HandingOver {

	private static final Logger logger = LoggerFactory.getLogger(HandingOver.class);

	private static final int AT_A_TIME = 100;

	private final Aggregates<CustodyTransfer, CustodyTransfer> transfers;

	private final Aggregates<CatalogueRecord, CatalogueEvent> records;

	private final Clock clock;

	HandingOver(Aggregates<CustodyTransfer, CustodyTransfer> transfers,
			Aggregates<CatalogueRecord, CatalogueEvent> records, Clock clock) {
		this.transfers = transfers;
		this.records = records;
		this.clock = clock;
	}

	/** Decides it; the records follow. */
	Outcome<CustodyTransfer> begin(OrganisationId from, OrganisationId custodian, String reason, Act act,
			Directory directory) {
		return this.transfers.execute(act.newId("custody"), act, (before) -> {
			if (directory.organisation(custodian).isEmpty()) {
				return Decision.refuse(Refusal.invalid("custodian", "Det finns ingen sådan organisation."));
			}
			if (custodian.equals(from)) {
				return Decision.refuse(Refusal.invalid("custodian", "Ange en annan organisation än den som lämnar."));
			}
			CustodyTransfer begun = new CustodyTransfer(from, custodian, reason, 0, act.at(), act.by(), act.role(),
					act.subject(), null);
			return Decision.of(new CustodyTransfer(from, custodian, reason, left(begun), act.at(), act.by(), act.role(),
					act.subject(), null));
		});
	}

	/** How many records are still to be handed over. */
	long left(CustodyTransfer transfer) {
		return (transfer.finished() != null) ? 0 : this.records.count(meant(transfer));
	}

	/** Goes on with everything that is not finished. */
	@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
	void sweep() {
		for (Stored<CustodyTransfer> open : this.transfers.all(Criteria.where("state.finished").exists(false))) {
			try {
				finish(open);
			}
			catch (RuntimeException ex) {
				logger.warn("{} will be tried again", open.id(), ex);
			}
		}
	}

	private void finish(Stored<CustodyTransfer> open) {
		CustodyTransfer transfer = open.state();
		@Nullable String cursor = null;
		do {
			Page<Stored<CatalogueRecord>> page = this.records.page(meant(transfer), cursor, AT_A_TIME);
			for (Stored<CatalogueRecord> record : page.items()) {
				this.records
					.execute(record.id(), transfer.of(open.id(), record.id()),
							(before) -> Cataloguing.handOver(Objects.requireNonNull(before), transfer))
					.orThrow();
			}
			cursor = page.next();
		}
		while (cursor != null);
		this.transfers.execute(open.id(), Act.system(transfer.by(), this.clock.instant(), open.id() + " finished"),
				(before) -> Decision.of(transfer.finished(this.clock.instant())));
	}

	private static Criteria meant(CustodyTransfer transfer) {
		return Criteria.where("state.custodian")
			.is(transfer.from().value())
			.and("created")
			.lte(Date.from(transfer.at()));
	}

}
