package se.lokalabehov.portal;

import java.time.LocalDate;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What API this is, as the national REST API profile wants it told (VER.06).
 */
@RestController
@Tag(name = "api-info", description = "Vilket API detta är")
class ApiInfoController {

	/** The day of the first version with this address. */
	private static final LocalDate RELEASED = LocalDate.of(2026, 11, 22);

	private final OpenDataDescription addresses;

	ApiInfoController(OpenDataDescription addresses) {
		this.addresses = addresses;
	}

	/**
	 * What is told.
	 *
	 * @param apiStatus active, deprecated or retired
	 */
	record ApiInfo(String apiName, String apiVersion, LocalDate apiReleased, String apiDocumentation,
			String apiStatus) {
	}

	@GetMapping("/api/v1/api-info")
	@Operation(summary = "Namn, version och beskrivning av API:et")
	ResponseEntity<ApiInfo> info() {
		return ResponseEntity
			.ok(new ApiInfo("Lokala behov", "v1", RELEASED, this.addresses.at("/v3/api-docs"), "active"));
	}

}
