package se.lokalabehov.reportcatalogue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.scheduling.annotation.Scheduled;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.reportcatalogue.RecordImport.Progress;
import se.lokalabehov.reportcatalogue.RecordImport.Row;

/**
 * Makes records of the rows of a table. A sweep does what was decided, and goes on with
 * what a crash left.
 */
final class Importing {

	private static final Logger logger = LoggerFactory.getLogger(Importing.class);

	/** So many rows are perhaps done again after a crash, which changes nothing. */
	private static final int AT_A_TIME = 100;

	private static final String CHANGE = "Importerad från en tabell.";

	private final Aggregates<RecordImport, RecordImport> imports;

	private final Aggregates<Progress, Progress> progress;

	private final Aggregates<CatalogueRecord, CatalogueEvent> records;

	private final Clock clock;

	Importing(Aggregates<RecordImport, RecordImport> imports, Aggregates<Progress, Progress> progress,
			Aggregates<CatalogueRecord, CatalogueEvent> records, Clock clock) {
		this.imports = imports;
		this.progress = progress;
		this.records = records;
		this.clock = clock;
	}

	/** Decides it; the records follow. */
	Outcome<RecordImport> begin(List<Row> rows, int unchanged, Act act) {
		return this.imports.execute(act.newId("import"), act, (before) -> Decision
			.of(new RecordImport(rows, unchanged, act.at(), act.by(), act.role(), act.subject(), null)));
	}

	/** What was already decided by an act, if it was. */
	Optional<Outcome<RecordImport>> begun(Act act) {
		String id = act.newId("import");
		return find(id).map((before) -> this.imports.execute(id, act, (again) -> Decision.of()));
	}

	/** The record that a row becomes when it is new. */
	static String newRecord(Act act, int row) {
		return "record-" + Act.sha256("record|" + act.key() + "|" + row).substring(0, 24);
	}

	Optional<Stored<RecordImport>> find(String id) {
		return this.imports.find(id);
	}

	/** How far it has come. */
	Progress progress(Stored<RecordImport> one) {
		return (one.state().finished() != null)
				? new Progress(one.state().rows().size(),
						one.state().rows().stream().filter((row) -> row.refused() != null).toList())
				: this.progress.find(one.id()).map(Stored::state).orElse(Progress.NONE);
	}

	/** Goes on with everything that is not finished. */
	@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
	void sweep() {
		for (Stored<RecordImport> open : this.imports.all(Criteria.where("state.finished").exists(false))) {
			try {
				finish(open);
			}
			catch (RuntimeException ex) {
				logger.warn("{} will be tried again", open.id(), ex);
			}
		}
	}

	private void finish(Stored<RecordImport> open) {
		RecordImport whole = open.state();
		Progress reached = progress(open);
		List<Row> refused = new ArrayList<>(reached.refused());
		for (int i = reached.done(); i < whole.rows().size(); i++) {
			Row row = whole.rows().get(i);
			String why = takeEffect(open.id(), whole, row);
			if (why != null) {
				refused.add(row.done(why));
			}
			if ((i + 1) % AT_A_TIME == 0) {
				Progress now = new Progress(i + 1, List.copyOf(refused));
				this.progress.execute(open.id(), system(whole, open.id() + " " + now.done()),
						(before) -> (before != null && before.done() >= now.done()) ? Decision.of() : Decision.of(now));
			}
		}
		Map<Integer, Row> notDone = refused.stream().collect(Collectors.toMap(Row::row, (one) -> one));
		List<Row> done = whole.rows().stream().map((row) -> notDone.getOrDefault(row.row(), row.done(null))).toList();
		this.imports.execute(open.id(), system(whole, open.id() + " finished"),
				(before) -> Decision.of(whole.finished(done, this.clock.instant())));
	}

	private Act system(RecordImport whole, String cause) {
		return Act.system(whole.by(), this.clock.instant(), cause);
	}

	/** Why it did not, if it did not. */
	private @Nullable String takeEffect(String id, RecordImport whole, Row row) {
		Content content = Objects.requireNonNull(row.content());
		Outcome<CatalogueRecord> outcome = this.records.execute(row.record(), whole.of(id, row), (before) -> {
			if (before == null) {
				return Cataloguing.publish(null, content);
			}
			if (before.content().equals(content)) {
				return Decision.of();
			}
			return before.custodian().equals(whole.by()) ? Cataloguing.revise(before, content, CHANGE)
					: Decision.refuse(Refusal.forbidden("Posten vårdas av en annan organisation."));
		});
		return switch (outcome) {
			case Outcome.Done<CatalogueRecord> done -> null;
			case Outcome.Refused<CatalogueRecord> refused when refused.refusal().kind() == Refusal.Kind.BEHIND ->
				throw new IllegalStateException(refused.refusal().code());
			case Outcome.Refused<CatalogueRecord> refused -> refused.refusal().detail();
		};
	}

}
