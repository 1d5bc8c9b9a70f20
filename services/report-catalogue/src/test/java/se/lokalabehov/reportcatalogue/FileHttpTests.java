package se.lokalabehov.reportcatalogue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.reportcatalogue.oai.Answered;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PDF files of records, kept in the store (GridFS), over HTTP.
 */
class FileHttpTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final byte[] GOOD = Pdfs.saying("Stöd till anhöriga", "", "Av Ada Lund, 08-123 45 67");

	/** A bomb is waited out once; what is good takes a second or two. */
	private static final RunningService service = RunningService.start("report-catalogue",
			Map.of("lokala-behov.catalogue.files.reading-time", "20s"), ReportCatalogueApplication.class);

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void aFileIsUploadedShownAndGivenOutAsItWas() throws Exception {
		String record = published();

		Answer uploaded = upload(record, "Stöd till anhöriga.pdf", GOOD).expecting(201);
		assertThat(uploaded.header("Location")).isEqualTo(record + "/files/" + hash(GOOD));
		assertThat(uploaded.body().path("pages").asInt()).isEqualTo(3);
		JsonNode file = read(record).path("files").get(0);
		assertThat(file.path("name").asString()).isEqualTo("Stöd till anhöriga.pdf");
		assertThat(file.path("size").asInt()).isEqualTo(GOOD.length);
		assertThat(file.path("sha256").asString()).isEqualTo(hash(GOOD));

		HttpResponse<byte[]> got = get(uploaded.header("Location"));
		assertThat(got.statusCode()).isEqualTo(200);
		assertThat(got.body()).isEqualTo(GOOD);
		assertThat(got.headers().firstValue("Content-Type")).hasValue("application/pdf");
		assertThat(got.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment;")
			.contains("filename*=UTF-8''St%C3%B6d%20till%20anh%C3%B6riga.pdf");
		assertThat(got.headers().allValues("X-Content-Type-Options")).contains("nosniff");
		assertThat(got.headers().allValues("Content-Security-Policy").getFirst()).contains("sandbox");
		assertThat(service.bean(RecordFiles.class).text(hash(GOOD))).hasValueSatisfying((text) -> {
			assertThat(text).contains("Stöd till anhöriga").contains("Ada Lund");
			assertThat(text.chars().filter((one) -> one == '\f')).hasSize(3);
		});
	}

	@Test
	void whatAFileSaysIsFoundAlsoWhenItsLettersWereLost() throws Exception {
		String record = published();
		String file = upload(record, "inläst.pdf", Pdfs.saying("Sida ett", "Skoltrotta ynglingar pa harbarge"))
			.expecting(201)
			.header("Location");
		String question = "/api/v1/records?q="
				+ URLEncoder.encode("\"skoltrötta ynglingar på härbärge\"", StandardCharsets.UTF_8);

		Awaitility.await()
			.untilAsserted(() -> assertThat(service.anybody().get(question).ids()).containsExactly(id(record)));

		editor("FOUV").post(file + "/removal", "{\"reason\": \"Fel fil.\"}").expecting(200);
		Awaitility.await().untilAsserted(() -> assertThat(service.anybody().get(question).ids()).isEmpty());
	}

	@Test
	void machinesAreToldOfAFileAsLongAsItIsThere() throws Exception {
		String record = published();
		String file = upload(record, "a.pdf", GOOD).expecting(201).header("Location");
		String oai = "/oai?verb=GetRecord&identifier=oai:lokalabehov.se:" + id(record) + "&metadataPrefix=";

		Awaitility.await()
			.untilAsserted(() -> assertThat(service.anybody().get(oai + "oai_dc").text())
				.contains("<dc:identifier>http://localhost:8080" + file + "</dc:identifier>")
				.contains("<dc:format>application/pdf</dc:format>"));
		Answered answered = Answered.of(service.anybody().get(oai + "lb").text());
		assertThat(answered.text("href")).isEqualTo("http://localhost:8080" + file);
		assertThat(answered.text("pages")).isEqualTo("3");
		JsonNode encoding = service.anybody().get(record + "/schema-org").body().path("encoding").get(0);
		assertThat(encoding.path("contentUrl").asString()).isEqualTo("http://localhost:8080" + file);

		editor("FOUV").post(file + "/removal", "{\"reason\": \"Fel fil.\"}").expecting(200);
		Awaitility.await()
			.untilAsserted(() -> assertThat(service.anybody().get(oai + "lb").text()).doesNotContain("/files/"));
	}

	@Test
	void partsOfAFileAndWhatOneHasAlready() throws Exception {
		String file = upload(published(), "a.pdf", GOOD).expecting(201).header("Location");
		String eTag = "\"" + hash(GOOD) + "\"";

		assertThat(get(file, "If-None-Match", eTag).statusCode()).isEqualTo(304);
		HttpResponse<byte[]> begin = get(file, "Range", "bytes=0-4");
		assertThat(begin.statusCode()).isEqualTo(206);
		assertThat(new String(begin.body(), StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
		assertThat(begin.headers().firstValue("Content-Range")).hasValue("bytes 0-4/" + GOOD.length);
		assertThat(get(file, "Range", "bytes=100-").body()).isEqualTo(Arrays.copyOfRange(GOOD, 100, GOOD.length));
		assertThat(get(file, "Range", "bytes=-7").body())
			.isEqualTo(Arrays.copyOfRange(GOOD, GOOD.length - 7, GOOD.length));
		assertThat(get(file, "Range", "bytes=" + GOOD.length + "-").statusCode()).isEqualTo(416);
		assertThat(get(file, "Range", "bytes=0-4", "If-Range", eTag).statusCode()).isEqualTo(206);
		HttpResponse<byte[]> other = get(file, "Range", "bytes=0-4", "If-Range", "\"another\"");
		assertThat(other.statusCode()).isEqualTo(200);
		assertThat(other.body()).isEqualTo(GOOD);
	}

	@Test
	void onlyWhoAnswersForTheRecordUploads() {
		String record = published();

		assertThat(upload(service.anybody(), record, "a.pdf", GOOD).status()).isEqualTo(401);
		assertThat(upload(editor("RSS-01"), record, "a.pdf", GOOD).status()).isEqualTo(403);
		assertThat(upload(editor("FOUV"), "/api/v1/records/record-none", "a.pdf", GOOD).status()).isEqualTo(404);
		assertThat(service.anybody().get(record + "/files/" + "0".repeat(64)).status()).isEqualTo(404);
		assertThat(service.anybody().get(record + "/files/..%2F..%2Fetc%2Fpasswd").status()).isIn(400, 404);
		editor("FOUV").post(record + "/withdrawal", "{\"reason\": \"Fel.\"}").expecting(200);
		assertThat(upload(record, "a.pdf", GOOD).problem()).isEqualTo("aterkallad");
	}

	@Test
	void whatIsNoPdfIsRefused() {
		String record = published();

		assertThat(upload(record, "a.pdf", new byte[0]).problem()).isEqualTo("ingen-pdf");
		assertThat(
				upload(record, "a.pdf", "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)).problem())
			.isEqualTo("ingen-pdf");
		assertThat(upload(record, "a.pdf", joined("<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8), GOOD))
			.problem()).isEqualTo("ingen-pdf");
		assertThat(upload(record, "a.pdf", joined(GOOD, new byte[4096])).problem()).isEqualTo("ingen-pdf");
		assertThat(upload(record, "a.pdf", Arrays.copyOf(GOOD, GOOD.length / 2)).problem()).isEqualTo("ingen-pdf");
		assertThat(upload(record, "a.pdf", "%PDF-1.7\nnothing\n%%EOF".getBytes(StandardCharsets.US_ASCII)).problem())
			.isEqualTo("skadad-pdf");
		assertThat(editor("FOUV").post(record + "/files?name=a.pdf", "{}").status()).isEqualTo(415);
		assertThat(editor("FOUV").post("/api/v1/records", GOOD, "Content-Type", "application/pdf").status())
			.isEqualTo(415);
		assertThat(read(record).has("files")).isFalse();
	}

	@Test
	void whatCouldDoSomethingIsRefusedAndToldWhatToDo() {
		String record = published();

		assertThat(upload(record, "a.pdf", Pdfs.locked("hemlig")).problem()).isEqualTo("krypterad-pdf");
		assertThat(upload(record, "a.pdf", Pdfs.locked("")).problem()).isEqualTo("krypterad-pdf");
		assertThat(upload(record, "a.pdf", Pdfs.running()).problem()).isEqualTo("aktiv-pdf");
		assertThat(upload(record, "a.pdf", Pdfs.launching()).problem()).isEqualTo("aktiv-pdf");
		assertThat(upload(record, "a.pdf", Pdfs.hiding()).problem()).isEqualTo("aktiv-pdf");
		assertThat(upload(record, "a.pdf", Pdfs.withForm()).problem()).isEqualTo("aktiv-pdf");
		assertThat(upload(record, "a.pdf", Pdfs.carrying()).problem()).isEqualTo("pdf-med-bilagor");
		assertThat(upload(record, "a.pdf", Pdfs.running()).body().path("detail").asString()).contains("PDF/A");
		assertThat(read(record).has("files")).isFalse();
	}

	@Test
	void numbersOfPersonsStopAtTheDoor() {
		String record = published();
		byte[] doubtful = Pdfs.saying("Nummer 19121212-1213");

		Answer onPage = upload(record, "a.pdf", Pdfs.saying("Inledning", "", "Flickan 19121212-1212 sade"));
		assertThat(onPage.problem()).isEqualTo("personuppgift");
		assertThat(onPage.body().path("detail").asString()).contains("sidan 3").doesNotContain("1212");
		assertThat(upload(record, "a.pdf", Pdfs.titled("Om 19121212-1212")).body().path("detail").asString())
			.contains("egenskaper");
		assertThat(upload(record, "19121212-1212.pdf", GOOD).status()).isEqualTo(400);
		assertThat(upload(record, "a.pdf", doubtful).problem()).isEqualTo("personuppgift-bekrafta");
		upload(editor("FOUV"), record, "a.pdf", doubtful, "X-Confirm-No-Personal-Data", "true").expecting(201);
		assertThat(upload(editor("FOUV"), record, "b.pdf", Pdfs.saying("19121212-1212"), "X-Confirm-No-Personal-Data",
				"true")
			.problem()).isEqualTo("personuppgift");
	}

	@Test
	void aFileThatUnpacksToMuchMoreThanItselfEndsByItself() {
		String record = published();
		byte[] bomb = Pdfs.unpackingTo(700);

		assertThat(bomb.length).isLessThan(10_000_000);
		assertThat(upload(record, "a.pdf", bomb).problem()).isEqualTo("for-stor-pdf");
		upload(record, "a.pdf", GOOD).expecting(201);
	}

	@Test
	void readingThatTakesTooLongIsEnded(@TempDir Path directory) throws Exception {
		Path file = Files.write(directory.resolve("a.pdf"), GOOD);

		assertThat(new PdfReader(Duration.ofMillis(1)).read(file).verdict()).isEqualTo(PdfText.Verdict.TOO_MUCH);
		assertThat(new PdfReader(Duration.ofMinutes(1)).read(file).verdict()).isEqualTo(PdfText.Verdict.READ);
	}

	@Test
	void aFileIsAtMostFiftyMegabytesAlsoWhenItsSizeIsNotSaid() throws Exception {
		String record = published();
		InputStream large = new SequenceInputStream(
				Collections.enumeration(Collections.nCopies(51, new byte[1024 * 1024])
					.stream()
					.<InputStream>map(ByteArrayInputStream::new)
					.toList()));

		HttpResponse<String> answer = HTTP
			.send(HttpRequest.newBuilder(URI.create(service.address() + record + "/files?name=a.pdf"))
				.header("Authorization", "Bearer " + service.token("FOUV", Role.FOU_EDITOR))
				.header("Content-Type", "application/pdf")
				.header("Idempotency-Key", UUID.randomUUID().toString())
				.POST(HttpRequest.BodyPublishers.ofInputStream(() -> large))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(413);
		assertThat(answer.body()).contains("50 MB");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../a.pdf", "a/b.pdf", "C:\\a.pdf", ".a.pdf", "a.exe", "a.pdf\r\nX-A: b", "a\u202Efdp.pdf",
			"", ".pdf" })
	void aNameIsNeverAPath(String name) {
		assertThat(upload(published(), name, GOOD).status()).isEqualTo(400);
	}

	@Test
	void theSameUploadIsOneAndAnotherFileWithTheSameKeyIsNot() {
		String record = published();
		String key = UUID.randomUUID().toString();

		upload(editor("FOUV"), record, "a.pdf", GOOD, "Idempotency-Key", key).expecting(201);
		upload(editor("FOUV"), record, "a.pdf", GOOD, "Idempotency-Key", key).expecting(201);
		assertThat(upload(editor("FOUV"), record, "a.pdf", Pdfs.saying("Annat"), "Idempotency-Key", key).status())
			.isEqualTo(422);
		assertThat(service.anybody().get(record).each("history", "what")).containsExactly("PUBLISHED", "FILE_ATTACHED");
	}

	@Test
	void whatIsRemovedStaysForWhoAnswersForItAndWhatIsBlankedIsGone() throws Exception {
		byte[] pdf = Pdfs.saying("Bara i dessa två");
		String first = published();
		String second = published();
		String file = upload(first, "a.pdf", pdf).expecting(201).header("Location");
		String same = upload(second, "b.pdf", pdf).expecting(201).header("Location");

		assertThat(editor("RSS-01").post(file + "/removal", "{\"reason\": \"Fel fil.\"}").status()).isEqualTo(403);
		editor("FOUV").post(file + "/removal", "{\"reason\": \"Fel fil.\"}").expecting(200);
		assertThat(get(file).statusCode()).isEqualTo(404);
		assertThat(editor("FOUV").get(file).status()).isEqualTo(200);
		assertThat(read(first).has("files")).isFalse();

		blank(first);
		assertThat(editor("FOUV").get(file).status()).isEqualTo(404);
		assertThat(get(same).body()).isEqualTo(pdf);
		blank(second);
		assertThat(get(same).statusCode()).isEqualTo(404);
		assertThat(service.bean(RecordFiles.class).text(hash(pdf))).isEmpty();
	}

	@Test
	void whatACrashLeftBehindIsSweptAwayAndNothingElse(@TempDir Path directory) throws Exception {
		KeptFiles kept = new GridFsFiles(service.bean(Eventing.class).store());
		byte[] named = Pdfs.saying("En fil som en post har");
		byte[] orphan = Pdfs.saying("En fil som ingen har");
		String file = upload(published(), "a.pdf", named).expecting(201).header("Location");
		kept.keep(hash(orphan) + ".pdf", Files.write(directory.resolve("orphan"), orphan));
		Aggregates<CatalogueRecord, CatalogueEvent> records = service.bean("records");

		sweeping(records, kept, Clock.systemUTC());
		assertThat(kept.find(hash(orphan) + ".pdf")).as("an upload may be under way").isPresent();
		sweeping(records, kept, Clock.offset(Clock.systemUTC(), Duration.ofHours(2)));
		assertThat(kept.find(hash(orphan) + ".pdf")).isEmpty();
		assertThat(get(file).body()).isEqualTo(named);
	}

	@Test
	void bothPlacesKeepFilesAlike(@TempDir Path directory) throws Exception {
		Path content = Files.write(directory.resolve("content"), GOOD);
		for (KeptFiles files : List.of(new DirectoryFiles(directory.resolve("files")),
				new GridFsFiles(service.bean(Eventing.class).store()))) {
			assertThat(files.find("abc.pdf")).isEmpty();
			files.keep("abc.pdf", content);
			files.keep("abc.pdf", content);
			assertThat(files.find("abc.pdf")).hasValueSatisfying((one) -> {
				assertThat(one).returns((long) GOOD.length, (resource) -> length(resource));
				assertThat(bytes(one)).isEqualTo(GOOD);
			});
			assertThat(files.since(Instant.now().plusSeconds(60))).contains("abc.pdf");
			assertThat(files.since(Instant.now().minusSeconds(60))).doesNotContain("abc.pdf");
			files.drop("abc.pdf");
			files.drop("abc.pdf");
			assertThat(files.find("abc.pdf")).isEmpty();
		}
	}

	private static long length(Resource resource) {
		try {
			return resource.contentLength();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] bytes(Resource resource) {
		try {
			return resource.getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void sweeping(Aggregates<CatalogueRecord, CatalogueEvent> records, KeptFiles kept, Clock clock) {
		new RecordFiles(records, kept, new PdfReader(Duration.ofMinutes(1)), clock).sweep();
	}

	private static void blank(String record) {
		service.as("SKR", Role.ADMINISTRATOR)
			.post(record + "/redaction", "{\"reason\": \"Uppgift om en person.\"}")
			.expecting(200);
	}

	private static byte[] joined(byte[] first, byte[] second) {
		byte[] joined = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, joined, first.length, second.length);
		return joined;
	}

	private static String hash(byte[] bytes) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

	private static JsonNode read(String path) {
		return service.anybody().get(path).expecting(200).body();
	}

	private static String id(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.address() + path));
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
	}

	private static Answer upload(String record, String name, byte[] bytes) {
		return upload(editor("FOUV"), record, name, bytes);
	}

	private static Answer upload(Caller caller, String record, String name, byte[] bytes, String... headers) {
		String[] all = Arrays.copyOf(headers, headers.length + 2);
		all[headers.length] = "Content-Type";
		all[headers.length + 1] = "application/pdf";
		return caller.post(record + "/files?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8), bytes, all);
	}

	private static String published() {
		return editor("FOUV").post("/api/v1/records", """
				{"content": {"kind": "REPORT", "title": "Anhöriga", "description": "Om stöd.", "publisher": "FOUV",
				 "language": "sv", "areas": ["SBB"], "report": {"authors": ["Ada Lund"], "year": 2025}}}""")
			.expecting(201)
			.header("Location");
	}

	private static Caller editor(String organisation) {
		return service.as(organisation, Role.FOU_EDITOR);
	}

}
