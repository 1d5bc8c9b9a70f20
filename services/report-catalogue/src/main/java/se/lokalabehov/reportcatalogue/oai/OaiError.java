package se.lokalabehov.reportcatalogue.oai;

/**
 * A request that can not be answered (OAI-PMH 2.0 section 3.6): told in the answer, whose
 * HTTP status stays 200.
 */
final class OaiError extends Exception {

	private static final long serialVersionUID = 1L;

	private final Code code;

	/** The codes, by the protocol's own names. */
	enum Code {

		badArgument, badResumptionToken, badVerb, cannotDisseminateFormat, idDoesNotExist, noRecordsMatch,
		noMetadataFormats, noSetHierarchy

	}

	OaiError(Code code, String text) {
		super(text, null, false, false);
		this.code = code;
	}

	Code code() {
		return this.code;
	}

	String text() {
		return String.valueOf(getMessage());
	}

}
