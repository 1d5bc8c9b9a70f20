package se.lokalabehov.portal;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A municipality reports the indicators of its transition, and revises them visibly.
 */
class IndicatorTests {

	private static final String REPORTS = "/api/v1/indicators/reports";

	private static final RunningService portal = RunningService.start("portal", PortalApplication.class);

	private final Caller malmo = portal.as("1280", Role.MUNICIPALITY_APPROVER);

	private final Caller lund = portal.as("1281", Role.MUNICIPALITY_APPROVER);

	@AfterAll
	static void stop() {
		portal.close();
	}

	private static Map<String, Object> report(String municipality, String period, Map<String, Object> values) {
		return Map.of("municipality", municipality, "period", period, "values", values);
	}

	@Test
	void aRevisionIsSeenBesideWhatStoodThereBefore() {
		this.malmo.post(REPORTS, report("1280", "2025-2", Map.of("FOLLOW_UP", 40, "SUPPORT", 10))).expecting(201);
		this.malmo.post(REPORTS, report("1280", "2025-2", Map.of("FOLLOW_UP", 45))).expecting(201);

		Answer read = portal.anybody().get(REPORTS + "/1280.2025-2").expecting(200);

		assertThat(read.body().path("values").path("FOLLOW_UP").asInt()).isEqualTo(45);
		assertThat(read.body().path("values").has("SUPPORT")).isFalse();
		assertThat(read.body().path("versions").valueStream().map((one) -> one.path("values").toString()))
			.containsExactly("{\"FOLLOW_UP\":40,\"SUPPORT\":10}", "{\"FOLLOW_UP\":45}");
		String page = portal.anybody().get("/oversikt/kommun/1280/indikatorer").text();
		assertThat(page).contains("45 procent", "från 40 till 45 procent", "från 10 till – procent");
	}

	@Test
	void sayingTheSameAgainMakesNoVersion() {
		this.lund.post(REPORTS, report("1281", "2025-2", Map.of("QUESTIONS", 7))).expecting(201);
		this.lund.post(REPORTS, report("1281", "2025-2", Map.of("QUESTIONS", 7))).expecting(201);

		assertThat(portal.anybody().get(REPORTS + "/1281.2025-2").body().path("versions").size()).isEqualTo(1);
		assertThat(portal.anybody().get(REPORTS + "?municipality=1281").each("items", "period"))
			.containsExactly("2025-2");
	}

	@Test
	void onlyTheMunicipalitysApproverReports() {
		Map<String, Object> values = Map.of("SUPPORT", 1);
		for (Caller other : List.of(this.lund, portal.as("1282", Role.MUNICIPALITY_AUTHOR),
				portal.as("SKR", Role.ADMINISTRATOR), portal.as("RSS-12", Role.RSS_COORDINATOR))) {
			assertThat(other.post(REPORTS, report("1282", "2025-2", values)).status()).isEqualTo(403);
		}
		assertThat(portal.anybody().post(REPORTS, report("1282", "2025-2", values)).status()).isEqualTo(401);
		assertThat(portal.anybody().get(REPORTS + "/1282.2025-2").status()).isEqualTo(404);
	}

	@Test
	void whatIsWrongIsSaidOfTheField() {
		assertThat(this.malmo.post(REPORTS, report("1280", "2025-1", Map.of("SUPPORT", 1))).expecting(400).text())
			.contains("andra halvåret 2025");
		assertThat(this.malmo.post(REPORTS, report("1280", "2099-1", Map.of("SUPPORT", 1))).status()).isEqualTo(400);
		assertThat(this.malmo.post(REPORTS, report("1280", "2025-2", Map.of("SUPPORT", 101))).expecting(400).text())
			.contains("values.SUPPORT", "0 till 100");
		assertThat(this.malmo.post(REPORTS, report("1280", "2025-2", Map.of("NAGOT", 1))).status()).isEqualTo(400);
		assertThat(this.malmo.post(REPORTS, report("1280", "2025-2", Map.of())).status()).isEqualTo(400);
	}

	@Test
	void theDefinitionsAreThereForEverybody() {
		assertThat(portal.anybody().get("/api/v1/indicators").each("items", "code")).containsExactly("FOLLOW_UP",
				"SUPPORT", "QUESTIONS", "RESEARCH_HELP", "PARTICIPATION", "EASY_ACCESS");
		assertThat(portal.anybody().get("/oversikt/indikatorer?indikator=FOLLOW_UP&period=2025-2").text())
			.contains("Följer upp systematiskt", "andra halvåret 2025");
	}

	@Test
	void theMedianIsTheMiddleOneAndNothingOfNothing() {
		assertThat(Indicators.median(List.of())).isNull();
		assertThat(Indicators.median(List.of(90, 10, 20))).isEqualTo(20);
		assertThat(Indicators.median(List.of(40, 10, 20, 30))).isEqualTo(20);
	}

}
