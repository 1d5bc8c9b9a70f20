package se.lokalabehov.reportcatalogue.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

import se.lokalabehov.search.Kind;

/**
 * What can be found, and where it stands under {@code /api/v1/}. An item of the index has
 * the name of its resource and its identifier for an id, so that no two are alike and
 * every one leads to its address.
 */
enum Found {

	RECORDS("records"), NEEDS("needs"), REGIONAL_NEEDS("regional-needs"), NATIONAL_NEEDS("national-needs");

	/** What a day is, is decided where the readers are. */
	private static final ZoneId SWEDEN = ZoneId.of("Europe/Stockholm");

	private final String resource;

	Found(String resource) {
		this.resource = resource;
	}

	/** The id in the index of one of these. */
	String item(String id) {
		return this.resource + "/" + id;
	}

	/** The address of an item of the index. */
	static String href(String item) {
		return "/api/v1/" + item;
	}

	/** The identifier of an item of the index. */
	static String id(String item) {
		return item.substring(item.indexOf('/') + 1);
	}

	static LocalDate day(Instant at) {
		return LocalDate.ofInstant(at, SWEDEN);
	}

	/** What is found, in the words of the API. */
	enum What {

		NEED(Kind.NEED), REPORT(Kind.REPORT), RESEARCH_PROJECT(Kind.PROJECT), KNOWLEDGE_SUPPORT(Kind.SUPPORT);

		private final Kind kind;

		What(Kind kind) {
			this.kind = kind;
		}

		Kind kind() {
			return this.kind;
		}

		static What of(Kind kind) {
			return switch (kind) {
				case NEED, NOTE -> NEED;
				case REPORT -> REPORT;
				case PROJECT -> RESEARCH_PROJECT;
				case SUPPORT -> KNOWLEDGE_SUPPORT;
			};
		}

	}

}
