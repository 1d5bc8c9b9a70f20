package se.lokalabehov.portal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.ForeignEvents;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Backends;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The overview of a cycle that the services' events tell on the real broker: what is
 * counted, and who is told which numbers.
 */
class OverviewTests {

	private static final AService catalogue = new AService();

	private static final RunningService portal = RunningService.start("portal",
			Map.of("lokala-behov.portal.services.report-catalogue", catalogue.address()), PortalApplication.class);

	private static final ForeignEvents services = new ForeignEvents(Backends.shared().bootstrapServers());

	private static final Story story = new Story(services);

	private final Caller nobody = Caller.anonymous();

	private final Caller rssStockholm = caller("RSS-01", Role.RSS_COORDINATOR);

	private final Caller rssUppsala = caller("RSS-03", Role.RSS_COORDINATOR);

	private final Caller vasby = caller("0114", Role.MUNICIPALITY_AUTHOR);

	private final Caller vallentuna = caller("0115", Role.SOCIAL_CHIEF);

	private final Caller uppsala = caller("0380", Role.MUNICIPALITY_APPROVER);

	private final Caller skr = caller("SKR", Role.SKR_COMPILER);

	@BeforeAll
	static void start() {
		story.untilTheEnd();
		Caller skr = caller("SKR", Role.SKR_COMPILER);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(table(skr, "uppfoljning", "", "")).contains("Svarade det på frågan?,0,0,0,1"));
		Awaitility.await().untilAsserted(() -> assertThat(table(skr, "tratt", "", "")).contains("Har fått svar,8,8"));
	}

	@AfterAll
	static void stop() {
		portal.close();
		services.close();
		catalogue.close();
	}

	private static Caller caller(String organisation, Role role) {
		return new Caller("0123456789abcdef", new OrganisationId(organisation), Set.of(role));
	}

	private static String table(Caller caller, String part, String region, String municipality) {
		var table = portal.bean(OverviewPages.class)
			.csv(part, Optional.of(story.cycle.value()), text(region), text(municipality), caller);
		return (table.getBody() != null) ? new String(table.getBody(), StandardCharsets.UTF_8)
				: String.valueOf(table.getStatusCode().value());
	}

	private static Optional<String> text(String text) {
		return Optional.of(text).filter((one) -> !one.isEmpty());
	}

	@Test
	void theFunnelFollowsTheNeedsThroughTheSevenMoments() {
		assertThat(table(this.skr, "tratt", "", "").lines()).contains("1,Tillfrågade kommuner,4,4",
				"2,Kommuner som har svarat,4,4", "3,Inlämnade behov,8,8", "3,I ett regionalt behov,5,8",
				"3,Levererade till SKR,5,8", "4,I ett nationellt behov,5,8", "4,Bedömda i sållningen,5,8",
				"5,Rangordnade av socialcheferna,4,8", "6,Mottagna av en myndighet,3,8", "7,Har fått svar,8,8");
	}

	@Test
	void aCycleIsCountedForItselfAndAllOfThemTogether() {
		Story other = new Story(services).untilDelivered();

		Awaitility.await()
			.untilAsserted(() -> assertThat(funnel(Optional.of(other.cycle.value()))).contains("3,Inlämnade behov,8,8",
					"7,Har fått svar,3,8"));
		Awaitility.await()
			.untilAsserted(() -> assertThat(funnel(Optional.empty())).contains("3,Inlämnade behov,16,16",
					"7,Har fått svar,11,16"));
		assertThat(funnel(Optional.of(story.cycle.value()))).contains("3,Inlämnade behov,8,8", "7,Har fått svar,8,8");
	}

	private static String funnel(Optional<String> cycle) {
		byte[] table = portal.bean(OverviewPages.class)
			.csv("tratt", cycle, Optional.empty(), Optional.empty(), caller("SKR", Role.SKR_COMPILER))
			.getBody();
		return new String(Objects.requireNonNull(table), StandardCharsets.UTF_8);
	}

	@Test
	void aRegionAndAMunicipalityReadTheirOwnNumbers() {
		assertThat(table(this.rssStockholm, "tratt", "RSS-01", "").lines()).contains("3,Inlämnade behov,7,7",
				"6,Mottagna av en myndighet,2,7");
		assertThat(table(this.vasby, "tratt", "", "0114").lines()).contains("3,Inlämnade behov,3,3",
				"5,Rangordnade av socialcheferna,1,3");
		assertThat(table(this.vallentuna, "tratt", "", "0115").lines()).contains("3,Inlämnade behov,1,1");
		assertThat(table(this.rssStockholm, "tratt", "", "0114").lines()).contains("3,Inlämnade behov,3,3");
	}

	@Test
	void othersReadNoNumberThatFewAreBehind() {
		for (Caller other : List.of(this.nobody, this.rssUppsala, this.vasby, this.uppsala)) {
			assertThat(table(other, "tratt", "RSS-01", "").lines()).contains("3,Inlämnade behov,cirka 5,cirka 5",
					"6,Mottagna av en myndighet,färre än 5,cirka 5");
		}
		assertThat(table(this.nobody, "tratt", "", "")).as("three municipalities are too few for the whole country")
			.contains("3,Inlämnade behov,cirka 10,cirka 10");
		for (Caller other : List.of(this.nobody, this.uppsala, this.rssUppsala)) {
			assertThat(table(other, "tratt", "", "0114")).isEqualTo("404");
		}
	}

	@Test
	void whoHasAnsweredIsToldToAllWhenTheRegionHasDelivered() {
		assertThat(table(this.nobody, "tackning", "", "").lines()).contains(
				"RSS-01,RSS Stockholms län,0180,Stockholm,Har svarat,",
				"RSS-01,RSS Stockholms län,0115,Vallentuna,Har svarat,",
				"RSS-03,RSS Uppsala län,0380,Uppsala,Insamlingen pågår,");
		assertThat(table(this.rssStockholm, "tackning", "RSS-01", "").lines())
			.contains("RSS-01,RSS Stockholms län,0180,Stockholm,Har lämnat behov,4",
					"RSS-01,RSS Stockholms län,0115,Vallentuna,Har lämnat behov,1")
			.noneMatch((line) -> line.contains("Uppsala"));
	}

	@Test
	void everyMunicipalityStandsOnTheMapOfTheCountry() {
		assertThat(table(this.nobody, "tackning", "", "").lines()).hasSize(291);
	}

	@Test
	void thePagesAreReadWhileTheCatalogueIsAway() {
		for (String page : List.of("/oversikt", "/oversikt/region/RSS-01", "/oversikt/kommun/0180")) {
			Answer answer = portal.anybody().get(page + "?omgang=" + story.cycle);
			assertThat(answer.status()).as(page).isEqualTo(200);
			assertThat(answer.text()).contains("Överblick");
		}
	}

	@Test
	void whatIsNotThereIsNotFound() {
		for (String page : List.of("/oversikt?omgang=cycle-none", "/oversikt/region/RSS-99", "/oversikt/region/0180",
				"/oversikt/kommun/RSS-01", "/oversikt.csv?del=annat", "/oversikt.csv?del=tackning&kommun=0180")) {
			assertThat(portal.anybody().get(page).status()).as(page).isEqualTo(404);
		}
	}

}
