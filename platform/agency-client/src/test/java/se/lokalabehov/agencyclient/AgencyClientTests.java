package se.lokalabehov.agencyclient;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the client takes and keeps, without a platform.
 */
class AgencyClientTests {

	private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";

	private static final String BODY = "{\"specversion\":\"1.0\",\"id\":\"6-hand-off.national-1.1\",\"type\":\"need-received.v1\"}";

	private static final Clock CLOCK = Clock.systemUTC();

	@TempDir
	private Path disk = Path.of("");

	@Test
	void aGenuineWebhookIsKeptOnceAlsoOverARestart() throws Exception {
		Files.writeString(this.disk.resolve("secrets"), "whsec_" + "AAAA".repeat(10) + "\n" + SECRET + "\n");
		try (AgencyClient client = client()) {
			assertThat(client.receive(headers(0, BODY, ""), BODY)).isEqualTo(204);
			assertThat(client.receive(headers(0, BODY, ""), BODY)).isEqualTo(204);
			assertThat(client.received()).hasSize(1);
		}
		// A crash in the middle of a line.
		Files.writeString(this.disk.resolve("events.tsv"), "received\t6-hand-off.national-2.1\t{\"id",
				StandardOpenOption.APPEND);
		try (AgencyClient client = client()) {
			assertThat(client.receive(headers(0, BODY, ""), BODY)).isEqualTo(204);
			assertThat(client.received()).hasSize(1);
			String other = BODY.replace("national-1", "national-2");
			assertThat(client.receive(headers(0, other, "v1,bm9uZQ== "), other)).isEqualTo(204);
		}
		try (AgencyClient client = client()) {
			assertThat(client.received()).hasSize(2);
		}
	}

	@Test
	void whatIsNotGenuineOrNotOfNowIsNotTaken() throws Exception {
		Files.writeString(this.disk.resolve("secrets"), SECRET + "\n");
		try (AgencyClient client = client()) {
			assertThat(client.receive(headers(0, BODY, ""), BODY + " ")).isEqualTo(401);
			assertThat(client.receive(headers(-6, BODY, ""), BODY)).isEqualTo(401);
			assertThat(client.receive(headers(6, BODY, ""), BODY)).isEqualTo(401);
			assertThat(client.receive(Map.of(), BODY)).isEqualTo(401);
			assertThat(client.receive(headers(0, "inte JSON", ""), "inte JSON")).isEqualTo(400);
			assertThat(client.received()).isEmpty();
			assertThat(client.receive(headers(4, BODY, ""), BODY)).isEqualTo(204);
		}
	}

	@Test
	void whyTheAddressIsNotTakenIsSaidInThePlatformsWords() throws Exception {
		HttpServer platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		platform.createContext("/", (exchange) -> {
			boolean token = exchange.getRequestURI().getPath().equals("/token");
			byte[] said = (token ? "{\"access_token\":\"x\",\"expires_in\":60}"
					: "{\"detail\":\"Adressen är inte öppen.\"}")
				.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(token ? 200 : 400, said.length);
			exchange.getResponseBody().write(said);
			exchange.close();
		});
		platform.start();
		String address = "http://127.0.0.1:" + platform.getAddress().getPort();
		Path rules = Files.writeString(this.disk.resolve("rules.json"), "[]");
		Path settings = Files.writeString(this.disk.resolve("settings"), """
				api=%s
				token-endpoint=%s/token
				agency=SOS
				officer.client-id=o
				officer.client-secret=o
				administrator.client-id=a
				administrator.client-secret=a
				webhook=http://127.0.0.1:1/webhook
				listen.port=0
				directory=%s
				rules=%s
				""".formatted(address, address, this.disk, rules));
		PrintStream before = System.out;
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		try {
			System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
			AgencyClientMain.main(new String[] { settings.toString(), "--register" });
		}
		finally {
			System.setOut(before);
			platform.stop(0);
		}

		assertThat(said.toString(StandardCharsets.UTF_8)).contains("400 Adressen är inte öppen.", "utan --register");
	}

	@Test
	void theFirstRuleThatFitsHoldsAndHelpIsInBothLanguages() throws Exception {
		Path file = this.disk.resolve("rules.json");
		Files.writeString(file,
				"[{\"words\":[\"Tand\"],\"returned\":\"Hos en annan\"},{\"decision\":{\"decision\":\"DECLINED\",\"why\":\"Nej\"}}]");
		List<Rule> rules = AgencyClient.rules(file);
		assertThat(Rule.first(rules, "Om tandvård").returned()).isEqualTo("Hos en annan");
		assertThat(Rule.first(rules, "Om annat").decision()).isNotNull();
		assertThat(Rule.first(List.of(), "Om annat")).isEqualTo(Rule.CONFIRM);
		assertThat(AgencyClientMain.help("help.txt")).contains("Passar ingen regel");
		assertThat(AgencyClientMain.help("help_en.txt")).contains("When no rule fits");
	}

	@Test
	void aSettingThatIsMissingIsNamed() throws Exception {
		Properties properties = new Properties();
		properties.setProperty("token-endpoint", "http://localhost/token");
		try (HttpClient http = HttpClient.newHttpClient()) {
			assertThatThrownBy(() -> AgencyClientMain.settings(properties, http, CLOCK))
				.isInstanceOf(AgencyClientMain.MissingException.class)
				.hasMessageContaining("Inställningen api saknas");
		}
	}

	private AgencyClient client() {
		return AgencyClient.start(new AgencyClient.Settings(URI.create("http://platform.invalid"), "SOS", () -> "",
				() -> "", this.disk, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of()), CLOCK);
	}

	private static Map<String, List<String>> headers(int minutes, String body, String before) throws Exception {
		long at = CLOCK.instant().plus(Duration.ofMinutes(minutes)).getEpochSecond();
		return Map.of("Webhook-Id", List.of("msg_1"), "webhook-timestamp", List.of(Long.toString(at)),
				"WEBHOOK-SIGNATURE", List.of(before + new Webhook(SECRET).sign("msg_1", at, body)));
	}

}
