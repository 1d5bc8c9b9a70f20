package se.lokalabehov.reportcatalogue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Deliverable;
import se.lokalabehov.contracts.CatalogueEvent.Kind;
import se.lokalabehov.contracts.CatalogueEvent.KnowledgeSupport;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.contracts.CatalogueEvent.ResearchProject;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.OrganisationId;

/**
 * What the tests tell of.
 */
final class Fixtures {

	static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

	private Fixtures() {
	}

	static OrganisationId org(String code) {
		return new OrganisationId(code);
	}

	static Content aReportBy(String publisher, String title) {
		return content(Kind.REPORT, publisher, title, new Report(List.of("Ada Lund"), 2025, "Intervjuer"), null, null);
	}

	static Content aReportOf(int year) {
		return content(Kind.REPORT, "FOUV", "Anhöriga", new Report(List.of("Ada Lund"), year, ""), null, null);
	}

	static Content aProject(LocalDate confirmedCurrent, String... participants) {
		return content(Kind.RESEARCH_PROJECT, "FOUV", "Anhöriga i fokus", null,
				new ResearchProject("FoU Välfärd, forskningsledare", "Lunds universitet", null, null, "Vad hjälper?",
						List.of(new Deliverable("Rapport", LocalDate.of(2027, 6, 1), null)), "Forskningsledaren",
						Arrays.stream(participants).map(Fixtures::org).toList(), List.of(), confirmedCurrent),
				null);
	}

	static Content aGuideline(String... answers) {
		return content(Kind.KNOWLEDGE_SUPPORT, "SOS", "Vägledning", null, null,
				new KnowledgeSupport("VAGLEDNING", Arrays.stream(answers).map(NationalNeedId::new).toList()));
	}

	static Content content(Kind kind, String publisher, String title, @Nullable Report report,
			@Nullable ResearchProject project, @Nullable KnowledgeSupport support) {
		return new Content(kind, title, "Om stöd till anhöriga.", org(publisher), "sv", List.of("SBB"), List.of("VUX"),
				"https://example.org/1", "CC-BY-4.0", List.of("ISBN 978-91-0000-000-0"), report, project, support);
	}

	static CatalogueRecord recordAfter(CatalogueEvent... events) {
		@Nullable CatalogueRecord record = null;
		for (CatalogueEvent event : events) {
			record = CatalogueRecord.after(record, event);
		}
		return Objects.requireNonNull(record);
	}

}
