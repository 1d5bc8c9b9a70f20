package se.lokalabehov.standalone;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import se.lokalabehov.crash.CrashChild;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A public body's duties: registration, extracts, an archive package that another
 * installation takes in without loss, destruction.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArchiveTests {

	private static final String APPROVER = "godkannare-0180";

	/** What other tests have made of the same organisation may be newer. */
	private static final String EXAMPLES = "/diarium?q=Exempel:";

	/** Everybody who has something of the example. */
	private static final List<String> KEEPERS = List.of(APPROVER, "samordnare-RSS-01", "handlaggare-SOS",
			"sammanstallare-SKR");

	private TriedOut platform;

	private Browser browser;

	private @Nullable Process elsewhere;

	private @Nullable Browser there;

	@BeforeAll
	void start() {
		Assumptions.assumeTrue(Browser.isInstalled(), Browser.MISSING);
		this.platform = TriedOut.platform();
		this.browser = Browser.at(this.platform.portal());
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
		if (this.there != null) {
			this.there.close();
		}
		if (this.elsewhere != null) {
			this.elsewhere.destroy();
		}
	}

	@Test
	@Order(1)
	void aMatterGetsItsRegistrationNumberAndKeepsTheOldOnes() {
		this.browser.as(APPROVER).open(EXAMPLES);
		String field = Objects.requireNonNull(this.browser.the("table input").getAttribute("id"));
		this.browser.write(field, "SN 2026/123").click("Spara diarienummer");
		assertThat(this.browser.text("[role=status]")).contains("Diarienumren är sparade");
		this.browser.write(field, "SN 2026/124").click("Spara diarienummer");
		assertThat(this.browser.value(field)).isEqualTo("SN 2026/124");
		this.browser.write(field, "<script>").click("Spara diarienummer");
		assertThat(this.browser.text("#fel")).contains("Skriv diarienumret med bokstäver");
		assertThat(this.browser.value(field)).as("what was typed stays").isEqualTo("<script>");
		this.browser.open(EXAMPLES).the("table a").click();
		assertThat(this.browser.text("main")).contains("SN 2026/123").contains("SN 2026/124");
	}

	@Test
	@Order(2)
	void anExtractIsHandedOutWhenItWasWeighed() {
		this.browser.as(APPROVER).open(EXAMPLES).the("table a").click();
		String matter = this.browser.path();
		assertThat(fetch(this.browser, matter + "/utdrag.txt").statusCode()).isEqualTo(404);
		this.browser.write("assessment", "Begäran från Kommunbladet. Ingen sekretess.").click("Anteckna prövningen");
		assertThat(this.browser.text("main")).contains("Begäran från Kommunbladet. Ingen sekretess.");
		String extract = new String(fetch(this.browser, matter + "/utdrag.txt").body(), StandardCharsets.UTF_8);
		assertThat(extract).contains("Diarienummer: SN 2026/124").contains("Exempel:").contains("rubrik: ");
		this.browser.as("godkannare-1480").open(matter);
		assertThat(this.browser.text("main")).as("another's").doesNotContain("SN 2026/124");
	}

	@Test
	@Order(3)
	void whatOneTakesAlongIsWholeElsewhere(@TempDir Path data) throws IOException {
		Map<String, byte[]> packages = new LinkedHashMap<>();
		for (String keeper : KEEPERS) {
			packages.put(keeper, packageOf(this.browser.as(keeper)));
		}
		Browser there = Browser.at(another(data)).as("administrator-SKR");
		this.there = there;
		byte[] stockholms = packages.getOrDefault(APPROVER, new byte[0]);

		assertThat(take(there, stockholms, "prova")).contains("Ingenting är ändrat");
		assertThat(take(there, changed(stockholms), "las")).contains("Ingenting lästes in").contains("har ändrats");
		assertThat(take(there, "no zip".getBytes(StandardCharsets.UTF_8), "las")).contains("Ingenting lästes in");
		there.as(APPROVER).open("/diarium");
		assertThat(there.text("main")).as("nothing of that was taken in").contains("Inget ärende passar");

		there.as("administrator-SKR");
		packages.values()
			.forEach((one) -> assertThat(take(there, one, "las")).contains("Paketet är inläst")
				.doesNotContain("gick inte att läsa")
				.doesNotContain("annat innehåll"));
		packages.forEach((keeper, one) -> {
			there.as(keeper);
			Map<String, String> before = stories(one);
			assertThat(before).isNotEmpty();
			Awaitility.await().untilAsserted(() -> assertThat(stories(packageOf(there))).as(keeper).isEqualTo(before));
		});
		assertThat(take(there.as("administrator-SKR"), stockholms, "las")).contains("redan finns här")
			.doesNotContain("som inte fanns här");
		there.as(APPROVER).open("/mina-behov");
		assertThat(there.text("main")).contains("Exempel:");
	}

	/** Another installation, which knows nothing of this one. */
	private URI another(Path data) throws IOException {
		Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx768m", "-XX:+UseSerialGC", "-cp", CrashChild.classPath(), StandaloneApplication.class.getName(),
				"--data=" + data, "--ports=free", "--empty")
			.redirectErrorStream(true)
			.start();
		this.elsewhere = other;
		BufferedReader said = other.inputReader(StandardCharsets.UTF_8);
		List<String> all = new ArrayList<>();
		for (String line = said.readLine(); line != null; line = said.readLine()) {
			all.add(line);
			if (line.startsWith("Portal ")) {
				// What nobody reads would stop it.
				Thread.ofPlatform().daemon().start(() -> said.lines().forEach((more) -> {
				}));
				return URI.create(line.substring("Portal ".length()).strip());
			}
		}
		throw new IllegalStateException("it did not start: " + all);
	}

	@Test
	@Order(4)
	void whatHasPassedItsPeriodIsShownBeforeItIsDestroyed() {
		this.browser.as(APPROVER).open("/forvaltning/gallring");
		this.browser.write("NEED", "noll").click("Spara frister");
		assertThat(this.browser.text("#fel")).contains("Skriv ett helt antal år");
		this.browser.write("NEED", "10").click("Spara frister");
		assertThat(this.browser.text("[role=status]")).contains("Fristerna är sparade");
		assertThat(this.browser.text("main")).contains("Ingenting har passerat sin frist");
		assertThat(fetch(this.browser, "/forvaltning/gallring.csv").statusCode()).isEqualTo(200);
	}

	/** What is in a package and must be the same elsewhere: all but when it was made. */
	private static Map<String, String> stories(byte[] zip) {
		return entries(zip).entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith("data/"))
			.collect(
					Collectors.toMap(Map.Entry::getKey, (entry) -> new String(entry.getValue(), StandardCharsets.UTF_8),
							(one, other) -> one, TreeMap::new));
	}

	private static Map<String, byte[]> entries(byte[] zip) {
		Map<String, byte[]> entries = new TreeMap<>();
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				entries.put(entry.getName().substring(entry.getName().indexOf('/') + 1), in.readAllBytes());
			}
			return entries;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The same package with one word changed in one story. */
	private static byte[] changed(byte[] zip) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream out = new ZipOutputStream(bytes)) {
			for (Map.Entry<String, byte[]> entry : entries(zip).entrySet()) {
				out.putNextEntry(new ZipEntry("paket/" + entry.getKey()));
				out.write(new String(entry.getValue(), StandardCharsets.UTF_8).replace("Exempel:", "Exempel!")
					.getBytes(StandardCharsets.UTF_8));
				out.closeEntry();
			}
		}
		return bytes.toByteArray();
	}

	private static byte[] packageOf(Browser browser) {
		HttpResponse<byte[]> zip = fetch(browser, "/forvaltning/arkiv/paket.zip");
		assertThat(zip.statusCode()).isEqualTo(200);
		return zip.body();
	}

	private static HttpResponse<byte[]> fetch(Browser browser, String path) {
		return send(HttpRequest.newBuilder(URI.create(browser.address()).resolve(path)), browser);
	}

	/**
	 * As the form sends it: a browser under test can not choose a file that is elsewhere.
	 */
	private static String take(Browser browser, byte[] zip, String button) {
		browser.open("/forvaltning/arkiv");
		String boundary = "----lokala-behov";
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		Map<String, String> fields = Map.of("_csrf",
				String.valueOf(browser.the("form[enctype] [name=_csrf]").getDomProperty("value")), "nyckel",
				String.valueOf(browser.the("form[enctype] [name=nyckel]").getDomProperty("value")), button, "ja");
		fields.forEach((name, value) -> body.writeBytes(
				("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
					.getBytes(StandardCharsets.UTF_8)));
		body.writeBytes(("--" + boundary
				+ "\r\nContent-Disposition: form-data; name=\"paket\"; filename=\"p.zip\"\r\nContent-Type: application/zip\r\n\r\n")
			.getBytes(StandardCharsets.UTF_8));
		body.writeBytes(zip);
		body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
		HttpResponse<byte[]> answer = send(
				HttpRequest.newBuilder(URI.create(browser.address()).resolve("/forvaltning/arkiv"))
					.header("Content-Type", "multipart/form-data; boundary=" + boundary)
					.POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())),
				browser);
		assertThat(answer.statusCode()).isEqualTo(200);
		return new String(answer.body(), StandardCharsets.UTF_8);
	}

	private static HttpResponse<byte[]> send(HttpRequest.Builder request, Browser browser) {
		String cookies = browser.cookies()
			.stream()
			.map((cookie) -> cookie.getName() + "=" + cookie.getValue())
			.collect(Collectors.joining("; "));
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(request.header("Cookie", cookies).build(), HttpResponse.BodyHandlers.ofByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
