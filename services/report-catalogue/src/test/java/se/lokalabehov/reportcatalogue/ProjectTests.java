package se.lokalabehov.reportcatalogue;

import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.ConfirmationAsked;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableDelivered;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableOverdue;
import se.lokalabehov.contracts.CatalogueEvent.ProjectConfirmed;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.RecordRevised;
import se.lokalabehov.contracts.CatalogueEvent.RecordWithdrawn;
import se.lokalabehov.contracts.CatalogueEvent.ResearchProject;
import se.lokalabehov.contracts.RecordId;
import se.lokalabehov.eventing.Decision;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.reportcatalogue.Fixtures.aProject;
import static se.lokalabehov.reportcatalogue.Fixtures.aReportBy;
import static se.lokalabehov.reportcatalogue.Fixtures.recordAfter;

/**
 * A project is confirmed, reminded of, and delivers. What it is to deliver is due on 1
 * June 2027.
 */
class ProjectTests {

	private static final LocalDate CONFIRMED = LocalDate.of(2026, 11, 20);

	private static final LocalDate DUE = LocalDate.of(2027, 6, 1);

	private static final RecordPublished PROJECT = new RecordPublished(aProject(CONFIRMED));

	private static final RecordId REPORT = new RecordId("record-1");

	private static final CatalogueRecord A_REPORT = CatalogueRecord.published(aReportBy("FOUV", "Det blev så"));

	@Test
	void itIsAskedForWhenItWasNotConfirmedForAYear() {
		assertThat(told(LocalDate.of(2027, 11, 20), new DeliverableOverdue(1, DUE))).isEmpty();
		assertThat(told(LocalDate.of(2027, 11, 21), new DeliverableOverdue(1, DUE)))
			.containsExactly(new ConfirmationAsked(CONFIRMED));
		assertThat(told(LocalDate.of(2027, 12, 1), new DeliverableOverdue(1, DUE), new ConfirmationAsked(CONFIRMED)))
			.isEmpty();
	}

	@Test
	void itIsAskedForAgainAYearAfterItsConfirmation() {
		ProjectConfirmed confirmed = new ProjectConfirmed(LocalDate.of(2027, 12, 1));

		assertThat(told(LocalDate.of(2028, 12, 2), new DeliverableOverdue(1, DUE), new ConfirmationAsked(CONFIRMED),
				confirmed))
			.containsExactly(new ConfirmationAsked(LocalDate.of(2027, 12, 1)));
		assertThat(recordAfter(PROJECT, new ConfirmationAsked(CONFIRMED), confirmed).asked()).isNull();
	}

	@Test
	void itIsRemindedOnceOfWhatIsLate() {
		assertThat(told(DUE)).isEmpty();
		assertThat(told(DUE.plusDays(1))).containsExactly(new DeliverableOverdue(1, DUE));
		assertThat(told(DUE.plusDays(2), new DeliverableOverdue(1, DUE))).isEmpty();
		assertThat(told(DUE.plusDays(2), new DeliverableDelivered(1, REPORT))).isEmpty();
	}

	@Test
	void itIsRemindedAgainWhenItWasPromisedAnew() {
		RecordRevised same = new RecordRevised(2, aProject(CONFIRMED), "Ny kontakt.");
		RecordRevised later = new RecordRevised(2, promising(LocalDate.of(2027, 8, 1)), "Försenat.");

		assertThat(told(LocalDate.of(2027, 9, 1), new DeliverableOverdue(1, DUE), same)).isEmpty();
		assertThat(told(LocalDate.of(2027, 9, 1), new DeliverableOverdue(1, DUE), later))
			.containsExactly(new DeliverableOverdue(1, LocalDate.of(2027, 8, 1)));
	}

	@Test
	void aWithdrawnProjectIsLeftInPeace() {
		assertThat(told(LocalDate.of(2030, 1, 1), new RecordWithdrawn("Avbrutet."))).isEmpty();
	}

	@Test
	void aRecordSaysWhenThereIsSomethingToRemindOf() {
		assertThat(recordAfter(PROJECT).wakes()).isEqualTo(DUE.plusDays(1));
		assertThat(recordAfter(PROJECT, new DeliverableOverdue(1, DUE)).wakes()).isEqualTo(LocalDate.of(2027, 11, 21));
		assertThat(recordAfter(PROJECT, new DeliverableOverdue(1, DUE), new ConfirmationAsked(CONFIRMED)).wakes())
			.isNull();
		assertThat(A_REPORT.wakes()).isNull();
	}

	@Test
	void itIsConfirmedToBeCurrent() {
		assertThat(Cataloguing.confirm(recordAfter(PROJECT), DUE)).isEqualTo(Decision.of(new ProjectConfirmed(DUE)));
		assertThat(Cataloguing.confirm(recordAfter(PROJECT), CONFIRMED)).isEqualTo(Decision.of());
		assertThat(refusalOf(Cataloguing.confirm(A_REPORT, DUE))).isEqualTo("inget-projekt");
		assertThat(refusalOf(Cataloguing.confirm(recordAfter(PROJECT, new RecordWithdrawn("Avbrutet.")), DUE)))
			.isEqualTo("aterkallad");
		assertThat(project(recordAfter(PROJECT, new ProjectConfirmed(DUE))).confirmedCurrent()).isEqualTo(DUE);
	}

	@Test
	void whatItDeliversLinksToItsReport() {
		DeliverableDelivered delivered = new DeliverableDelivered(1, REPORT);

		assertThat(Cataloguing.deliver(recordAfter(PROJECT), 1, REPORT, A_REPORT)).isEqualTo(Decision.of(delivered));
		assertThat(Cataloguing.deliver(recordAfter(PROJECT, delivered), 1, REPORT, A_REPORT)).isEqualTo(Decision.of());
		CatalogueRecord after = recordAfter(PROJECT, new DeliverableOverdue(1, DUE), delivered);
		assertThat(project(after).deliverables().getFirst().delivered()).isEqualTo(REPORT);
		assertThat(after.overdue()).isEmpty();
	}

	@Test
	void itDeliversWhatItPromisedOnceAndAsSomethingThatIsThere() {
		CatalogueRecord project = recordAfter(PROJECT);

		assertThat(refusalOf(Cataloguing.deliver(project, 0, REPORT, A_REPORT))).isEqualTo("finns-inte");
		assertThat(refusalOf(Cataloguing.deliver(project, 2, REPORT, A_REPORT))).isEqualTo("finns-inte");
		assertThat(refusalOf(Cataloguing.deliver(project, 1, REPORT, null))).isEqualTo("felaktig-uppgift");
		assertThat(refusalOf(Cataloguing.deliver(project, 1, REPORT, project))).isEqualTo("felaktig-uppgift");
		assertThat(refusalOf(Cataloguing.deliver(project, 1, REPORT,
				recordAfter(new RecordPublished(A_REPORT.content()), new RecordWithdrawn("Fel.")))))
			.isEqualTo("felaktig-uppgift");
		assertThat(refusalOf(Cataloguing.deliver(A_REPORT, 1, REPORT, A_REPORT))).isEqualTo("inget-projekt");
		assertThat(refusalOf(Cataloguing.deliver(recordAfter(PROJECT, new DeliverableDelivered(1, REPORT)), 1,
				new RecordId("record-2"), A_REPORT)))
			.isEqualTo("redan-levererad");
	}

	private static List<CatalogueEvent> told(LocalDate today, CatalogueEvent... sinceItWasPublished) {
		CatalogueRecord record = recordAfter(PROJECT);
		for (CatalogueEvent event : sinceItWasPublished) {
			record = CatalogueRecord.after(record, event);
		}
		return ((Decision.Accepted<CatalogueEvent>) Cataloguing.remind(record, today)).events();
	}

	private static Content promising(LocalDate due) {
		ResearchProject project = aProject(CONFIRMED).project();
		assertThat(project).isNotNull();
		return aProject(CONFIRMED).with(new ResearchProject(project.responsible(), project.principal(), null, null,
				project.goals(), List.of(new CatalogueEvent.Deliverable("Rapport", due, null)), project.contact(),
				project.participants(), project.administrations(), CONFIRMED));
	}

	private static ResearchProject project(CatalogueRecord record) {
		ResearchProject project = record.content().project();
		assertThat(project).isNotNull();
		return project;
	}

	private static String refusalOf(Decision<CatalogueEvent> decision) {
		assertThat(decision).isInstanceOf(Decision.Refused.class);
		return ((Decision.Refused<CatalogueEvent>) decision).refusal().code();
	}

}
