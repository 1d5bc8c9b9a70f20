package se.lokalabehov.portal;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The feedback function of the accessibility statement, as a program meets it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessibilityTests {

	private static final String PAGE = "/tillganglighet";

	private static final Pattern NUMBER = Pattern.compile("T-[0-9A-F]{10}");

	private RunningService running;

	private Visitor visitor;

	@BeforeAll
	void start() {
		this.running = aPortal("60");
		this.visitor = new Visitor(this.running.address());
	}

	private static RunningService aPortal(String perHour) {
		AService away = new AService();
		away.close();
		Map<String, Object> properties = new HashMap<>(Map.of("lokala-behov.portal.reports-per-hour", perHour,
				"lokala-behov.portal.operator", "Exempelmyndigheten"));
		for (Room room : Room.values()) {
			properties.put("lokala-behov.portal.services." + room.service(), away.address());
		}
		return RunningService.start("portal", properties, PortalApplication.class);
	}

	@AfterAll
	void stop() {
		this.running.close();
	}

	/** As somebody sends it who has had the page before them for a while. */
	private Map<String, String> form(String problem) {
		Map<String, String> form = this.visitor.get(PAGE).hidden();
		form.putAll(Map.of("slag", "OBSTACLE", "sida", "/start", "problem", problem, "epost", "", "webbplats", "",
				"visad", "0"));
		return form;
	}

	private static String number(Visitor.Seen receipt) {
		assertThat(receipt.status()).isEqualTo(200);
		Matcher number = NUMBER.matcher(receipt.text());
		assertThat(number.find()).isTrue();
		return number.group();
	}

	@Test
	void theStatementSaysWhoAnswersForTheSite() {
		assertThat(this.visitor.get(PAGE).text()).contains("Exempelmyndigheten", "delvis förenlig",
				"https://www.digg.se/tdosanmalan");
	}

	@Test
	void theSameFormGivesTheSameNumberAndOtherWordsAnother() {
		Map<String, String> form = form("Knappen syns inte");
		String first = number(this.visitor.post(PAGE, form));

		assertThat(number(this.visitor.post(PAGE, form))).isEqualTo(first);
		form.put("problem", "Knappen syns inte alls");
		assertThat(number(this.visitor.post(PAGE, form))).isNotEqualTo(first);
	}

	@Test
	void whatIsWrongIsSaidAtItsFieldAndNothingTypedIsLost() {
		Map<String, String> form = form("Mitt personnummer är 811218-9876");
		form.put("epost", "inte en adress");

		Visitor.Seen refused = this.visitor.post(PAGE, form);

		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.text()).contains("href=\"#problem\"", "Ta bort personnumret", "href=\"#epost\"",
				"E-postadressen ser inte rätt ut", "Mitt personnummer är 811218-9876", "inte en adress");
		assertThat(this.visitor.post(PAGE, form("")).text()).contains("Beskriv vad det gäller");
	}

	@Test
	void whatAProgramSendsIsNotTakenButAPersonNeedsOnlyPressOnceMore() {
		Map<String, String> form = form("Jag skriver fort");
		form.put("visad", String.valueOf(Long.MAX_VALUE));
		Visitor.Seen refused = this.visitor.post(PAGE, form);
		assertThat(refused.text()).contains("såg ut att komma från ett program", "Jag skriver fort");

		form.putAll(refused.hidden());
		number(this.visitor.post(PAGE, form));
		form.put("webbplats", "http://annons.example");
		assertThat(this.visitor.post(PAGE, form).status()).isEqualTo(422);
	}

	@Test
	void moreThanAnHourMayTakeIsRefusedAndNothingTypedIsLost() {
		try (RunningService narrow = aPortal("0")) {
			Map<String, String> form = form("Ännu en");

			Visitor.Seen refused = new Visitor(narrow.address()).post(PAGE, form);

			assertThat(refused.text()).contains("ovanligt många synpunkter", "Ännu en");
		}
	}

}
