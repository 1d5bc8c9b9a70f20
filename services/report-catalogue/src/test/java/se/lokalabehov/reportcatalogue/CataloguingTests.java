package se.lokalabehov.reportcatalogue;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.CustodyTransferred;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.RecordRedacted;
import se.lokalabehov.contracts.CatalogueEvent.RecordRevised;
import se.lokalabehov.contracts.CatalogueEvent.RecordWithdrawn;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Decision;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.reportcatalogue.Fixtures.aGuideline;
import static se.lokalabehov.reportcatalogue.Fixtures.aReportBy;
import static se.lokalabehov.reportcatalogue.Fixtures.org;
import static se.lokalabehov.reportcatalogue.Fixtures.recordAfter;

class CataloguingTests {

	private static final Content FIRST = aReportBy("FOUV", "Anhöriga");

	private static final Content SECOND = aReportBy("FOUV", "Anhöriga till vuxna");

	private static final RecordPublished PUBLISHED = new RecordPublished(FIRST);

	private static final RecordWithdrawn WITHDRAWN = new RecordWithdrawn("Uppgifterna var fel.");

	@Test
	void thePublisherAnswersForARecordToBeginWith() {
		assertThat(Cataloguing.publish(null, FIRST)).isEqualTo(Decision.of(PUBLISHED));
		assertThat(recordAfter(PUBLISHED)).isEqualTo(CatalogueRecord.published(FIRST));
	}

	@Test
	void whatIsPublishedIsNotPublishedAgain() {
		assertThat(refusalOf(Cataloguing.publish(recordAfter(PUBLISHED), FIRST))).isEqualTo("redan-publicerad");
	}

	@Test
	void aRevisionIsANewVersion() {
		RecordRevised second = new RecordRevised(2, SECOND, "Ny titel.");

		assertThat(Cataloguing.revise(recordAfter(PUBLISHED), SECOND, "Ny titel.")).isEqualTo(Decision.of(second));
		assertThat(Cataloguing.revise(recordAfter(PUBLISHED, second), FIRST, "Tillbaka."))
			.isEqualTo(Decision.of(new RecordRevised(3, FIRST, "Tillbaka.")));
	}

	@Test
	void aRecordKeepsItsKindAndItsPublisher() {
		assertThat(refusalOf(Cataloguing.revise(recordAfter(PUBLISHED), aGuideline(), "Ett annat slag.")))
			.isEqualTo("felaktig-uppgift");
		assertThat(refusalOf(Cataloguing.revise(recordAfter(PUBLISHED), aReportBy("SOS", "Anhöriga"), "Vår nu.")))
			.isEqualTo("felaktig-uppgift");
	}

	@Test
	void aWithdrawnRecordLeavesATombstoneThatIsNotRevised() {
		assertThat(Cataloguing.withdraw(recordAfter(PUBLISHED), "Uppgifterna var fel."))
			.isEqualTo(Decision.of(WITHDRAWN));
		assertThat(refusalOf(Cataloguing.withdraw(recordAfter(PUBLISHED, WITHDRAWN), "Igen."))).isEqualTo("aterkallad");
		assertThat(refusalOf(Cataloguing.revise(recordAfter(PUBLISHED, WITHDRAWN), SECOND, "Ändå.")))
			.isEqualTo("aterkallad");
	}

	@Test
	void aRecordOutlivesItsPublisherWhenAnotherTakesItOver() {
		CustodyTransferred transferred = new CustodyTransferred(org("RSS-01"), "FoU-enheten läggs ned.");

		assertThat(Cataloguing.transfer(recordAfter(PUBLISHED), org("RSS-01"), "FoU-enheten läggs ned.",
				Directory.standard()))
			.isEqualTo(Decision.of(transferred));
		assertThat(recordAfter(PUBLISHED, transferred)).satisfies((record) -> {
			assertThat(record.custodian()).isEqualTo(org("RSS-01"));
			assertThat(record.content().publisher()).isEqualTo(org("FOUV"));
		});
	}

	@Test
	void aTombstoneTooCanBeTakenOver() {
		assertThat(Cataloguing.transfer(recordAfter(PUBLISHED, WITHDRAWN), org("RSS-01"), "FoU-enheten läggs ned.",
				Directory.standard()))
			.isEqualTo(Decision.of(new CustodyTransferred(org("RSS-01"), "FoU-enheten läggs ned.")));
	}

	@Test
	void whoTakesOverMustExistAndBeAnother() {
		assertThat(refusalOf(
				Cataloguing.transfer(recordAfter(PUBLISHED), org("0000"), "Läggs ned.", Directory.standard())))
			.isEqualTo("felaktig-uppgift");
		assertThat(Cataloguing.transfer(recordAfter(PUBLISHED), org("FOUV"), "Läggs ned.", Directory.standard()))
			.isEqualTo(Decision.of());
	}

	@Test
	void aRedactionBlanksTheTextsAndARevisionBringsNewOnes() {
		CatalogueRecord blanked = recordAfter(PUBLISHED, new RecordRedacted("Personnummer."));

		assertThat(blanked.content().title()).isEqualTo(Wording.REDACTED);
		assertThat(blanked.content().report()).satisfies((report) -> assertThat(report.authors()).isEmpty());
		assertThat(recordAfter(PUBLISHED, new RecordRedacted("Personnummer."),
				new RecordRevised(2, SECOND, "Utan personnummer."))
			.content()).isEqualTo(SECOND);
		assertThat(recordAfter(PUBLISHED, WITHDRAWN, new RecordRedacted("Personnummer.")).withdrawn())
			.isEqualTo(Wording.REDACTED);
	}

	@Test
	void aRecordPointsOnlyAtWhatIsThere() {
		NationalNeedSeen standing = new NationalNeedSeen(false);

		assertThat(refused(List.of(recordAfter(PUBLISHED)), List.of(standing))).isNull();
		assertThat(refused(Arrays.asList((CatalogueRecord) null), List.of())).isEqualTo("felaktig-uppgift");
		assertThat(refused(List.of(), Arrays.asList(standing, null))).isEqualTo("inte-framme");
		assertThat(refused(List.of(), List.of(new NationalNeedSeen(true)))).isEqualTo("upplost-behov");
	}

	private static @Nullable String refused(List<@Nullable CatalogueRecord> records,
			List<@Nullable NationalNeedSeen> nationalNeeds) {
		var refusal = Cataloguing.refusedUnlessHere(records, nationalNeeds);
		return (refusal != null) ? refusal.code() : null;
	}

	private static String refusalOf(Decision<CatalogueEvent> decision) {
		assertThat(decision).isInstanceOf(Decision.Refused.class);
		return ((Decision.Refused<CatalogueEvent>) decision).refusal().code();
	}

}
