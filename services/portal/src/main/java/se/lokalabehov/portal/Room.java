package se.lokalabehov.portal;

import java.util.List;

/**
 * The services behind the portal, and which part of the API each of them owns.
 */
enum Room {

	NEED_INTAKE("need-intake", "Tjänsten för insamlingar och behov", "collections", "needs", "question-notes",
			"regional-needs"),

	PRIORITISATION("prioritisation", "Tjänsten för omgångar och prioritering", "cycles", "prioritisation-rounds"),

	NATIONAL_HANDOFF("national-handoff", "Tjänsten för nationella behov och överlämning", "national-needs", "hand-offs",
			"hand-off-feed", "webhook-endpoints"),

	FEEDBACK("feedback", "Tjänsten för återkoppling och uppföljning", "feedback", "follow-ups"),

	REPORT_CATALOGUE("report-catalogue", "Tjänsten för katalogen", "records", "custody-transfers", "suggestions",
			"harvest-sources") {

		@Override
		List<String> machines() {
			return List.of("/oai", "/oai/*", "/dcat", "/dcat.*", "/sitemap.xml");
		}

	};

	private final String service;

	private final String label;

	private final List<String> resources;

	Room(String service, String label, String... resources) {
		this.service = service;
		this.label = label;
		this.resources = List.of(resources);
	}

	/** The service's name, for example {@code need-intake}. */
	String service() {
		return this.service;
	}

	/** What it is called when one must say that it is away. */
	String label() {
		return this.label;
	}

	/** The message that says on a page that it is away. */
	String message() {
		return "later." + this.service;
	}

	/** What it owns under {@code /api/v1/}. */
	List<String> resources() {
		return this.resources;
	}

	/** What else it owns: addresses that standards for machines decide. */
	List<String> machines() {
		return List.of();
	}

}
