package se.lokalabehov.needintake;

import java.nio.charset.Charset;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Needs from a table, over HTTP.
 */
class NeedImportTests {

	private static final String IMPORTS = "/api/v1/needs/imports";

	private static final String DRY = IMPORTS + "?dryRun=true";

	private static final String HEADER = "Verksamhetsområde;Rubrik;Vad behöver ni veta?;Målgrupper;Typ av behov\r\n";

	private static final RunningService service = RunningService.start("need-intake", NeedIntakeApplication.class);

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void everyRowBecomesADraftAndTheSameTableNothingMore() {
		String table = HEADER + "Skadligt bruk och beroende;Stöd i Åre;Vad hjälper?;Anhöriga; \r\n"
				+ "BOU;Barns röst;Hur frågar man?;BARN;METOD\r\n";
		Answer looked = csv(author("1260"), DRY, table);
		assertThat(looked.expecting(200).body().path("added").asInt()).isEqualTo(2);
		assertThat(drafts("1260")).isEmpty();

		JsonNode done = csv(author("1260"), IMPORTS, table).expecting(200).body();
		assertThat(done.path("rows").get(0).path("missing").toString()).contains("typ av behov")
			.doesNotContain("vad behöver ni veta");
		assertThat(drafts("1260")).hasSize(2);
		JsonNode draft = author("1260").get("/api/v1/needs/" + done.path("rows").get(0).path("need").asString())
			.expecting(200)
			.body();
		assertThat(draft.path("area").asString()).isEqualTo("SBB");
		assertThat(draft.path("wording").path("title").asString()).isEqualTo("Stöd i Åre");
		assertThat(draft.path("wording").path("targetGroups").toString()).isEqualTo("[\"ANH\"]");

		JsonNode again = csv(author("1260"), IMPORTS, table + "EKB;Ett till;Vad?;Vuxna;METOD\r\n").expecting(200)
			.body();
		assertThat(again.path("unchanged").asInt()).isEqualTo(2);
		assertThat(again.path("added").asInt()).isEqualTo(1);
		assertThat(drafts("1260")).hasSize(3);
	}

	@Test
	void oneFaultAndNothingIsDone() {
		Answer refused = csv(author("1261"), IMPORTS,
				HEADER + "BOU;Rätt;Vad?;BARN;METOD\r\nTrädgård;Fel område;Vad?;BARN;METOD\r\n"
						+ "BOU;;Utan rubrik?;BARN;METOD\r\nBOU;Om 19811218-9876;Vad?;BARN;METOD\r\n"
						+ "BOU;Rätt;Vad?;BARN;METOD\r\n");

		assertThat(refused.status()).isEqualTo(400);
		JsonNode rows = refused.body().path("report").path("rows");
		assertThat(refused.body().path("detail").asString()).contains("4 av 5 rader");
		assertThat(rows.get(1).path("faults").get(0).path("column").asString()).isEqualTo("verksamhetsområde");
		assertThat(rows.get(1).path("faults").get(0).path("detail").asString()).contains("Välj bland")
			.contains("Barn och unga");
		assertThat(rows.get(2).path("faults").get(0).path("detail").asString()).isEqualTo("Ge behovet en rubrik.");
		assertThat(rows.get(3).path("faults").get(0).path("column").asString()).isEqualTo("rubrik");
		assertThat(rows.get(4).path("faults").get(0).path("detail").asString()).contains("rad 2");
		assertThat(drafts("1261")).isEmpty();
	}

	@Test
	void theTemplateCanBeImportedAsItIs() {
		byte[] template = service.anybody().get(IMPORTS + "/template").expecting(200).bytes();

		Answer taken = author("1262").post(IMPORTS, template, "Content-Type", "text/csv");
		assertThat(taken.expecting(200).body().path("added").asInt()).isEqualTo(1);
		assertThat(taken.body().path("rows").get(0).path("missing").isMissingNode()).isTrue();
	}

	@Test
	void aTableThatIsNoneSaysWhatToDo() {
		for (String table : List.of("", "Färg;Rubrik\r\na;b\r\n", "Rubrik\r\na\r\n", "Rubrik;rubrik\r\na;b\r\n")) {
			Answer refused = csv(author("1263"), DRY, table);
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.body().path("detail").asString()).isNotBlank();
		}
	}

	@Test
	void onlyWhoWritesForAMunicipalityImports() {
		String table = HEADER + "BOU;Rätt;Vad?;BARN;METOD\r\n";
		assertThat(csv(service.anybody(), DRY, table).status()).isEqualTo(401);
		assertThat(csv(service.as("RSS-01", Role.RSS_COORDINATOR), DRY, table).status()).isEqualTo(403);
	}

	private static Answer csv(Caller caller, String path, String table) {
		return caller.post(path, table.getBytes(Charset.forName("windows-1252")), "Content-Type", "text/csv");
	}

	private static List<String> drafts(String municipality) {
		return author(municipality).get("/api/v1/needs?status=DRAFT").expecting(200).ids();
	}

	private static Caller author(String municipality) {
		return service.as(municipality, Role.MUNICIPALITY_AUTHOR);
	}

}
