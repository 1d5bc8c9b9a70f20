package se.lokalabehov.house;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code deploy/configuration.md} is what the code says of its settings: made of the
 * metadata that Spring Boot's configuration processor writes from types and Javadoc.
 * {@code -Dreference.write=true} writes it anew.
 */
class ConfigurationReferenceTests {

	private static final Path REFERENCE = Path.of("../../deploy/configuration.md");

	private static final String HEAD = """
			# Settings

			Made from the code (`mvn -f platform/standalone/pom.xml surefire:test -Dtest=ConfigurationReferenceTests -Dreference.write=true`); a test compares. \
			Those of Spring Boot itself (`spring.kafka.*`, `spring.mongodb.uri`, `spring.mail.*`, `server.*`, `management.*`) are in its own reference. How they are given, and secrets: [README](README.md#settings-and-secrets).
			What stands in a list or under a key of one's own (issuers, logins) is described where the last column says.

			| setting | type | default | what | where |
			|---|---|---|---|---|
			""";

	@Test
	void theReferenceIsWhatTheCodeSays() throws IOException {
		String reference = HEAD + String.join("\n", rows().values()) + "\n";
		if (Boolean.getBoolean("reference.write")) {
			Files.writeString(REFERENCE, reference);
		}

		assertThat(rows()).containsKeys("lokala-behov.security.metrics-token", "lokala-behov.catalogue.index",
				"lokala-behov.eventing.replication");
		assertThat(Files.readString(REFERENCE)).isEqualTo(reference);
	}

	@Test
	void everySettingIsDescribed() throws IOException {
		rows().forEach((name, row) -> assertThat(row.split("\\|")[4]).as(name).isNotBlank());
	}

	private static Map<String, String> rows() throws IOException {
		Map<String, String> rows = new TreeMap<>();
		for (URL metadata : Collections.list(ConfigurationReferenceTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream json = metadata.openStream()) {
				JsonMapper.shared()
					.readTree(json)
					.path("properties")
					.valueStream()
					.filter((property) -> property.path("name").asString().startsWith("lokala-behov."))
					.forEach((property) -> rows.put(property.path("name").asString(), row(property)));
			}
		}
		return rows;
	}

	private static String row(JsonNode property) {
		return "| `%s` | %s | %s | %s | %s |".formatted(property.path("name").asString(),
				simple(property.path("type").asString("")), value(property.path("defaultValue")),
				property.path("description")
					.asString("")
					.replaceAll("\\s+", " ")
					.replaceAll("\\{@code ([^}]*)}", "`$1`")
					.replace("|", "\\|"),
				simple(property.path("sourceType").asString("")));
	}

	/** Without packages. */
	private static String simple(String type) {
		return type.isEmpty() ? "" : "`" + type.replaceAll("[a-z][\\w.]*\\.(?=[A-Z])", "").replace('$', '.') + "`";
	}

	private static String value(JsonNode value) {
		if (value.isMissingNode()) {
			return "";
		}
		return "`" + (value.isString() ? value.asString() : value.toString()) + "`";
	}

}
