package se.lokalabehov.reportcatalogue.oai;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import se.lokalabehov.reportcatalogue.oai.ResumptionTokens.Token;

/**
 * Leads to a page without the pages before it, for measuring.
 */
public final class LastPage {

	private LastPage() {
	}

	/** The token of the page after a position, of all records in Dublin Core. */
	public static String token(String key, String after, long cursor) {
		return new ResumptionTokens(() -> key.getBytes(StandardCharsets.UTF_8)).write(
				new Token("ListRecords", "oai_dc", null, null, Instant.parse("2099-01-01T00:00:00Z"), after, cursor));
	}

}
