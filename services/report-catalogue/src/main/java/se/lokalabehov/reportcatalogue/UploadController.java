package se.lokalabehov.reportcatalogue;

import java.io.IOException;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.reportcatalogue.RecordFiles.Received;
import se.lokalabehov.reportcatalogue.RecordFiles.Taken;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;

/**
 * A PDF file before its record: looked through and kept for some hours, with what a
 * record of it could say. Nothing of it is published.
 */
@RestController
@RequestMapping("/api/v1/records/uploads")
@Tag(name = "records")
class UploadController {

	private final RecordFiles files;

	UploadController(RecordFiles files) {
		this.files = files;
	}

	/**
	 * What was taken.
	 *
	 * @param upload by which the record that is published with it names it
	 * @param name what it is called
	 * @param size in bytes
	 * @param pages how many
	 * @param proposal what the record could say
	 */
	record Upload(String upload, String name, long size, int pages, Proposal proposal) {
	}

	@PostMapping(consumes = MediaType.APPLICATION_PDF_VALUE)
	@Operation(
			summary = "Tar emot en PDF-fil på högst 50 MB till en post som ska publiceras, och föreslår vad posten kan säga (redaktör eller handläggare)",
			requestBody = @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_PDF_VALUE,
					schema = @Schema(type = "string", format = "binary"))))
	ResponseEntity<Object> upload(@RequestParam String name, HttpServletRequest request, Act act, Caller caller)
			throws IOException, InterruptedException {
		if (!Access.edits(caller)) {
			return Answers.refused(Refusal.forbidden("Bara en redaktör eller handläggare får ladda upp filer."));
		}
		Refusal wrong = FileController.wrongName(name);
		if (wrong != null) {
			return Answers.refused(wrong);
		}
		if (request.getContentLengthLong() > RecordFiles.LIMIT) {
			return FileController.tooLarge();
		}
		try (Received received = RecordFiles.receive(request.getInputStream())) {
			if (received.size() > RecordFiles.LIMIT) {
				return FileController.tooLarge();
			}
			boolean confirmed = "true".equals(request.getHeader("X-Confirm-No-Personal-Data"));
			Taken taken = this.files.take(received, confirmed, act);
			return (taken.refusal() != null) ? Answers.refused(taken.refusal())
					: ResponseEntity.status(HttpStatus.CREATED)
						.body(new Upload(taken.upload(), name, received.size(), taken.reading().pages(),
								Proposal.of(taken.reading())));
		}
	}

}
