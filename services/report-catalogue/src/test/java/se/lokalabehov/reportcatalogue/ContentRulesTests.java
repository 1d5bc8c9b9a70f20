package se.lokalabehov.reportcatalogue;

import java.util.List;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Kind;
import se.lokalabehov.contracts.CatalogueEvent.KnowledgeSupport;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.reportcatalogue.Fixtures.TODAY;
import static se.lokalabehov.reportcatalogue.Fixtures.aGuideline;
import static se.lokalabehov.reportcatalogue.Fixtures.aProject;
import static se.lokalabehov.reportcatalogue.Fixtures.aReportBy;
import static se.lokalabehov.reportcatalogue.Fixtures.aReportOf;
import static se.lokalabehov.reportcatalogue.Fixtures.content;

class ContentRulesTests {

	@Test
	void whatIsInOrderIsNotRefused() {
		assertThat(faults(aReportBy("FOUV", "Anhöriga"))).isEmpty();
		assertThat(faults(aProject(TODAY, "0180", "1480"))).isEmpty();
		assertThat(faults(aGuideline())).isEmpty();
	}

	@Test
	void aRecordHasExactlyThePartOfItsKind() {
		Report report = new Report(List.of("Ada Lund"), 2025, "");
		KnowledgeSupport support = new KnowledgeSupport("VAGLEDNING", List.of());

		assertThat(faults(content(Kind.REPORT, "FOUV", "Utan", null, null, null))).containsExactly("content.kind");
		assertThat(faults(content(Kind.REPORT, "FOUV", "Fel", null, null, support))).containsExactly("content.kind");
		assertThat(faults(content(Kind.REPORT, "FOUV", "Båda", report, null, support))).containsExactly("content.kind");
		assertThat(faults(content(Kind.KNOWLEDGE_SUPPORT, "FOUV", "Fel", report, null, null)))
			.containsExactly("content.kind");
		assertThat(faults(content(Kind.RESEARCH_PROJECT, "FOUV", "Fel", report, null, null)))
			.containsExactly("content.kind");
	}

	@Test
	void theYearIsSane() {
		assertThat(faults(aReportOf(1899))).containsExactly("content.report.year");
		assertThat(faults(aReportOf(1900))).isEmpty();
		assertThat(faults(aReportOf(2027))).isEmpty();
		assertThat(faults(aReportOf(2028))).containsExactly("content.report.year");
	}

	@Test
	void organisationsExist() {
		assertThat(faults(aReportBy("NOBODY", "Anhöriga"))).containsExactly("content.publisher");
		assertThat(faults(aProject(TODAY, "0180", "9999", "SOS"))).containsExactly("content.project.participants[1]",
				"content.project.participants[2]");
	}

	@Test
	void theLanguageIsOneOfTheWorlds() {
		Content report = aReportBy("FOUV", "Anhöriga");

		assertThat(faults(new Content(report.kind(), report.title(), report.description(), report.publisher(), "xx",
				report.areas(), report.targetGroups(), report.link(), report.licence(), report.identifiers(),
				report.report(), null, null)))
			.containsExactly("content.language");
	}

	@Test
	void aProjectHasBeenConfirmedAlready() {
		assertThat(faults(aProject(TODAY.plusDays(1)))).containsExactly("content.project.confirmedCurrent");
	}

	private static List<String> faults(Content content) {
		Refusal refusal = ContentRules.refused(content, TODAY, Directory.standard());
		return (refusal != null) ? refusal.fields().stream().map(Refusal.Field::name).toList() : List.of();
	}

}
