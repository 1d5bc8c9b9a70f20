package se.lokalabehov.reportcatalogue.dcat;

import java.io.ByteArrayOutputStream;

import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.reportcatalogue.open.CatalogueProperties;

/**
 * The description over HTTP: Turtle at {@code /dcat} and {@code /dcat.ttl}, JSON-LD at
 * {@code /dcat.jsonld} and when asked for.
 */
@RestController
class DcatController {

	private static final MediaType TURTLE = new MediaType("text", "turtle", java.nio.charset.StandardCharsets.UTF_8);

	private static final MediaType JSON_LD = new MediaType("application", "ld+json");

	private final byte[] turtle;

	private final byte[] jsonLd;

	DcatController(CatalogueProperties properties) {
		this.turtle = written(properties, RDFFormat.TURTLE_PRETTY);
		this.jsonLd = written(properties, RDFFormat.JSONLD11);
	}

	private static byte[] written(CatalogueProperties properties, RDFFormat format) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		RDFDataMgr.write(out, Dcat.describe(properties), format);
		return out.toByteArray();
	}

	@GetMapping({ "/dcat", "/dcat.ttl" })
	ResponseEntity<byte[]> turtle() {
		return ResponseEntity.ok().contentType(TURTLE).body(this.turtle);
	}

	@GetMapping(path = "/dcat", headers = "Accept=application/ld+json")
	ResponseEntity<byte[]> jsonLdWhenAskedFor() {
		return jsonLd();
	}

	@GetMapping("/dcat.jsonld")
	ResponseEntity<byte[]> jsonLd() {
		return ResponseEntity.ok().contentType(JSON_LD).body(this.jsonLd);
	}

}
