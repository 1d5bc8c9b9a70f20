package se.lokalabehov.standalone;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What a FoU unit has in the catalogue of the example: some reports and a project that
 * will deliver, so that whoever searches finds something.
 */
final class ExampleCatalogue {

	private static final String EDITOR = "redaktor-FOUV";

	private static final String PUBLISHER = "FOUV";

	private final Api api;

	private final LocalDate today;

	ExampleCatalogue(Api api, LocalDate today) {
		this.api = api;
		this.today = today;
	}

	void play() {
		report("Anhöriga till personer med beroende: vad hjälper?", "SBB", List.of("ANH", "BERO"), 2025,
				"Fem kommuners stöd till anhöriga jämförs. Grupper som leds av två, varav en med egen erfarenhet, har flest som kommer tillbaka.");
		report("Återfallsprevention i öppenvården", "SBB", List.of("BERO"), 2023,
				"En kartläggning av hur öppenvården arbetar för att förebygga återfall, och vad som följs upp.");
		report("Barns röst i utredningar", "BOU", List.of("BARN", "UNGA"), 2024,
				"Hur barn kommer till tals när socialtjänsten utreder, i tolv utredningar från tre kommuner.");
		publish(Map.of("kind", "RESEARCH_PROJECT", "title", "Exempel: Digitalt stöd efter behandling", "description",
				"Exempel: Ett påhittat projekt som följer personer i ett år efter avslutad behandling.", "publisher",
				PUBLISHER, "language", "sv", "areas", List.of("SBB"), "targetGroups", List.of("BERO"), "project",
				Map.of("responsible", "FoU Välfärd, forskningsledare", "principal", "Ett påhittat universitet", "goals",
						"Om digitalt stöd efter behandling minskar återfall.", "contact", "forskningsledaren",
						"deliverables",
						List.of(Map.of("what", "Delrapport om det första halvåret", "due", this.today.plusDays(20)),
								Map.of("what", "Slutrapport med handledning", "due", this.today.plusDays(300))),
						"participants", List.of("0180", "1480"), "confirmedCurrent", this.today)));
	}

	private void report(String title, String area, List<String> targetGroups, int year, String description) {
		publish(Map.of("kind", "REPORT", "title", "Exempel: " + title, "description", "Exempel: " + description,
				"publisher", PUBLISHER, "language", "sv", "areas", List.of(area), "targetGroups", targetGroups,
				"report", Map.of("authors", List.of("En påhittad forskare", "En till"), "year", year, "method",
						"Intervjuer och journalgranskning")));
	}

	private void publish(Map<String, Object> content) {
		this.api.as(EDITOR).post("/records", Map.of("content", content));
	}

}
