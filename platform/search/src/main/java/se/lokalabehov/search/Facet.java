package se.lokalabehov.search;

/** What results can be divided by. */
public enum Facet {

	/** {@link Kind}, by its name. */
	KIND(Fields.KIND),
	/** Area code. */
	AREA(Fields.AREA),
	/** Publisher, as the item has it. */
	PUBLISHER(Fields.PUBLISHER),
	/** Year of publication. */
	YEAR(Fields.YEAR),
	/** ISO 639-1. */
	LANGUAGE(Fields.LANGUAGE),
	/** Target group code. */
	TARGET_GROUP(Fields.TARGET_GROUP);

	private final String field;

	Facet(String field) {
		this.field = field;
	}

	String field() {
		return this.field;
	}

}
