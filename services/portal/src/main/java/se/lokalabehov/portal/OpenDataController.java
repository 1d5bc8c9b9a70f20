package se.lokalabehov.portal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.web.Answers;

/**
 * The open data over HTTP: what there is, and the files. Read by anybody from anywhere, a
 * page of another origin included, and always asked for anew, so that nothing that was
 * blanked lives on in a cache.
 */
@RestController
@RequestMapping(OpenDataDescription.ADDRESS)
@Tag(name = "open-data", description = "Öppna data: allt som är publicerat, som filer")
class OpenDataController {

	private static final MediaType JSON_LD = new MediaType("application", "ld+json");

	private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

	private static final MediaType SCHEMA = new MediaType("application", "schema+json");

	private static final MediaType TABLE = new MediaType("application", "csvm+json");

	private final OpenDataFiles files;

	private final OpenDataDescription description;

	OpenDataController(OpenDataFiles files, OpenDataDescription description) {
		this.files = files;
		this.description = description;
	}

	@GetMapping
	@Operation(summary = "Vilka datamängder som finns: DCAT-AP 3 som JSON-LD")
	ResponseEntity<?> all() {
		return described(this.description.dcat(), JSON_LD);
	}

	@GetMapping("/{file}")
	@Operation(summary = "En fil, eller beskrivningen av den",
			description = "Datamängderna är cycles, needs, national-needs, rankings och feedback. Av var och en finns .csv, "
					+ ".json, .schema.json (JSON Schema) och .csv-metadata.json (CSV on the Web).")
	@ApiResponse(responseCode = "200",
			content = {
					@Content(mediaType = "application/json", array = @ArraySchema(schema = @Schema(type = "object"))),
					@Content(mediaType = "text/csv") })
	@Nullable ResponseEntity<?> file(
			@PathVariable @Parameter(description = "Filens namn", example = "national-needs.csv") String file,
			ServletWebRequest request) {
		int dot = file.indexOf('.');
		Optional<OpenData> data = Arrays.stream(OpenData.values())
			.filter((one) -> dot > 0 && one.file().equals(file.substring(0, dot)))
			.findFirst();
		if (data.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		return switch (file.substring(dot)) {
			case ".csv" -> content(data.get(), OpenDataFiles.Format.CSV, request);
			case ".json" -> content(data.get(), OpenDataFiles.Format.JSON, request);
			case ".schema.json" -> described(this.description.schema(data.get()), SCHEMA);
			case ".csv-metadata.json" -> described(this.description.table(data.get()), TABLE);
			default -> Answers.refused(Refusal.notFound());
		};
	}

	private @Nullable ResponseEntity<?> content(OpenData data, OpenDataFiles.Format format, ServletWebRequest request) {
		OpenDataFiles.Opened opened = this.files.open(data, format);
		if (request.checkNotModified(opened.tag(), opened.changed().toEpochMilli())) {
			opened.close();
			return null;
		}
		boolean csv = format == OpenDataFiles.Format.CSV;
		ResponseEntity.BodyBuilder answer = open().contentType(csv ? CSV : MediaType.APPLICATION_JSON)
			.contentLength(opened.length());
		if (csv) {
			answer.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=" + data.file() + ".csv");
		}
		answer.header(HttpHeaders.LINK,
				"<" + this.description.at(OpenDataDescription.ADDRESS + "/" + data.file())
						+ (csv ? ".csv-metadata.json>; rel=\"describedby\"; type=\"application/csvm+json\""
								: ".schema.json>; rel=\"describedby\"; type=\"application/schema+json\""),
				"<" + OpenDataDescription.CC0 + ">; rel=\"license\"");
		return answer.body(new InputStreamResource(opened.content()));
	}

	private static ResponseEntity<?> described(JsonNode description, MediaType type) {
		return open().contentType(type)
			.eTag("\"" + Act.sha256(description.toString()).substring(0, 16) + "\"")
			.body(description);
	}

	private static ResponseEntity.BodyBuilder open() {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noCache().cachePublic())
			.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
	}

}
