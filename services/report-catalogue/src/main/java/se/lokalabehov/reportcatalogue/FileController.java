package se.lokalabehov.reportcatalogue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.FileAttached;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.reportcatalogue.RecordFiles.Received;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.Problem;

/**
 * The PDF files of records over HTTP. A file is given out as something to save, never as
 * something to open in the platform's own pages.
 */
@RestController
@RequestMapping("/api/v1/records/{id}/files")
@Tag(name = "records")
class FileController {

	/** Anything but what could lead elsewhere, hide, or end a header. */
	private static final Pattern NAME = Pattern
		.compile("[^./\\\\:*?\"<>|\\p{Cntrl}\\p{Cf}][^/\\\\:*?\"<>|\\p{Cntrl}\\p{Cf}]{0,195}\\.[pP][dD][fF]");

	private final Aggregates<CatalogueRecord, CatalogueEvent> records;

	private final RecordFiles files;

	private final Use use;

	FileController(Aggregates<CatalogueRecord, CatalogueEvent> records, RecordFiles files, Use use) {
		this.records = records;
		this.files = files;
		this.use = use;
	}

	/**
	 * What was uploaded.
	 *
	 * @param sha256 of its bytes
	 * @param name what it is called
	 * @param size in bytes
	 * @param pages how many
	 * @param href where it is
	 */
	record Uploaded(String sha256, String name, long size, int pages, String href) {
	}

	@PostMapping(consumes = MediaType.APPLICATION_PDF_VALUE)
	@Operation(
			summary = "Laddar upp en PDF-fil på högst 50 MB till en post (redaktör eller handläggare hos den som vårdar posten)",
			requestBody = @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_PDF_VALUE,
					schema = @Schema(type = "string", format = "binary"))))
	ResponseEntity<Object> upload(@PathVariable String id, @RequestParam String name, HttpServletRequest request,
			Act act, Caller caller) throws IOException, InterruptedException {
		// Who may, before anything is taken in.
		boolean restores = Access.mayRestoreFiles(caller);
		Refusal refusal = restores ? null : refused(id, caller);
		if (refusal != null) {
			return Answers.refused(refusal);
		}
		Refusal wrong = wrongName(name);
		if (wrong != null) {
			return Answers.refused(wrong);
		}
		if (request.getContentLengthLong() > RecordFiles.LIMIT) {
			return tooLarge();
		}
		try (Received received = RecordFiles.receive(request.getInputStream())) {
			if (received.size() > RecordFiles.LIMIT) {
				return tooLarge();
			}
			if (restores && !names(id, received.sha256())) {
				return Answers.refused(Refusal
					.forbidden("SKR:s administratör kan bara lägga tillbaka en fil som posten redan har, oförändrad."));
			}
			boolean confirmed = "true".equals(request.getHeader("X-Confirm-No-Personal-Data"));
			return answer(id, received.sha256(), this.files.attach(id, received, name, confirmed, act));
		}
	}

	private boolean names(String id, String sha256) {
		return this.records.find(id).filter((found) -> find(found.state().files(), sha256).isPresent()).isPresent();
	}

	static @Nullable Refusal wrongName(String name) {
		return (NAME.matcher(name).matches() && RecordFiles.numbersIn(name).findAny().isEmpty()) ? null : Refusal
			.invalid("name", "Ange filens namn utan sökväg och utan personnummer, högst 200 tecken, med .pdf sist.");
	}

	private static ResponseEntity<Object> answer(String id, String sha256, Outcome<CatalogueRecord> outcome) {
		return switch (outcome) {
			case Outcome.Refused<CatalogueRecord> refused -> Answers.refused(refused.refusal());
			case Outcome.Done<CatalogueRecord> done -> {
				String href = "/api/v1/records/" + id + "/files/" + sha256;
				FileAttached file = find(done.state().files(), sha256).or(() -> find(done.state().removed(), sha256))
					.orElseThrow();
				yield ResponseEntity.created(URI.create(href))
					.body(new Uploaded(sha256, file.name(), file.size(), file.pages(), href));
			}
		};
	}

	@PostMapping("/{sha256}/removal")
	@Operation(summary = "Tar bort en fil från en post (redaktör eller handläggare hos den som vårdar posten)")
	ResponseEntity<Object> remove(@PathVariable String id, @PathVariable String sha256,
			@Valid @org.springframework.web.bind.annotation.RequestBody RecordController.ReasonBody body, Act act,
			Caller caller) {
		Refusal refusal = refused(id, caller);
		return (refusal != null) ? Answers.refused(refusal)
				: Answers.of(this.records.execute(id, act,
						(before) -> Cataloguing.remove(Objects.requireNonNull(before), sha256, body.reason().strip())),
						"/api/v1/records/");
	}

	@GetMapping("/{sha256}")
	@Operation(summary = "Hämtar en PDF-fil; en som har tagits bort bara för den som vårdar posten")
	ResponseEntity<?> read(@PathVariable String id, @PathVariable String sha256, HttpServletRequest request,
			Caller caller) throws IOException {
		Optional<CatalogueRecord> record = this.records.find(id).map(Stored::state);
		Optional<FileAttached> file = record.flatMap((one) -> find(seen(caller, one), sha256));
		Optional<Resource> bytes = file.flatMap(this.files::pdf);
		if (bytes.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		if (Access.counts(caller, record.orElseThrow()) && request.getHeader(HttpHeaders.RANGE) == null) {
			this.use.count(Use.What.FETCHED, List.of(id));
		}
		String eTag = "\"" + sha256 + "\"";
		@Nullable String ifRange = request.getHeader(HttpHeaders.IF_RANGE);
		// Part of something else is asked for: the whole of this is answered.
		Resource body = (ifRange == null || ifRange.equals(eTag)) ? bytes.get()
				: new InputStreamResource(bytes.get().getInputStream());
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_PDF)
			.eTag(eTag)
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment()
						.filename(file.orElseThrow().name(), StandardCharsets.UTF_8)
						.build()
						.toString())
			.header("Content-Security-Policy", "default-src 'none'; sandbox")
			.header("X-Content-Type-Options", "nosniff")
			.header("Cross-Origin-Resource-Policy", "same-origin")
			// Always asked for again, as it can be removed.
			.header(HttpHeaders.CACHE_CONTROL, "no-cache")
			.body(body);
	}

	private static List<FileAttached> seen(Caller caller, CatalogueRecord record) {
		if (!Access.seesVersions(caller, record)) {
			return List.of();
		}
		return Access.seesRemoved(caller, record)
				? Stream.concat(record.files().stream(), record.removed().stream()).toList() : record.files();
	}

	private static Optional<FileAttached> find(List<FileAttached> files, String sha256) {
		return files.stream().filter((file) -> file.sha256().equals(sha256)).findFirst();
	}

	private @Nullable Refusal refused(String id, Caller caller) {
		return this.records.find(id)
			.map((record) -> Access.mayEdit(caller, record.state()) ? Optional.<Refusal>empty()
					: Optional.of(Refusal
						.forbidden("Posten vårdas av en annan organisation, eller så får din roll inte detta.")))
			.orElseGet(() -> Optional.of(Refusal.notFound()))
			.orElse(null);
	}

	static ResponseEntity<Object> tooLarge() {
		return new Problem(Problem.TYPES + "for-stor-fil", "Filen är för stor", HttpStatus.CONTENT_TOO_LARGE.value(),
				"En PDF-fil får vara högst 50 MB. Minska bildernas upplösning eller dela upp den, och ladda upp igen.",
				null, List.of())
			.answer();
	}

}
