package se.lokalabehov.prioritisation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.ranking.Verifier;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A round's package as anybody gets it, recomputed by the verifier.
 *
 * @param files by name
 * @param sha256 of its own description and ballots, by the verifier
 */
record Published(Map<String, String> files, String sha256) {

	private static final JsonMapper JSON = new JsonMapper();

	/** Fetches and verifies it; waits until it is computed. */
	static Published of(Caller caller, String round) {
		Answer answer = Awaitility.await()
			.until(() -> caller.get("/api/v1/prioritisation-rounds/" + round + "/package"),
					(one) -> one.status() != 409)
			.expecting(200);
		assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
		try {
			Verifier.Verification verification = Verifier.verify(new ByteArrayInputStream(answer.bytes()));
			assertThat(verification.differences()).isEmpty();
			return new Published(files(answer.bytes()), verification.sha256());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, String> files(byte[] bytes) throws IOException {
		Map<String, String> files = new HashMap<>();
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
			for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
			}
		}
		return files;
	}

	String file(String name) {
		return Objects.requireNonNull(this.files.get(name));
	}

	JsonNode description() {
		return JSON.readTree(file("package.json"));
	}

	/** Each ballot as often as it was cast, {@code group:a>b=c} with identifiers. */
	List<String> ballots() {
		List<String> ids = new ArrayList<>();
		description().path("items").forEach((item) -> ids.add(item.path("id").asString()));
		return file("ballots.csv").lines().skip(1).flatMap((line) -> {
			List<String> cells = Arrays.asList(line.split(",", 3));
			String order = cells.get(2).equals("-") ? "-"
					: Arrays.stream(cells.get(2).split(">"))
						.map((tied) -> Arrays.stream(tied.split("="))
							.map((number) -> ids.get(Integer.parseInt(number) - 1))
							.collect(Collectors.joining("=")))
						.collect(Collectors.joining(">"));
			return Collections.nCopies(Integer.parseInt(cells.get(1)), cells.get(0) + ":" + order).stream();
		}).toList();
	}

}
