package se.lokalabehov.search;

/** The names of the fields of an index. */
final class Fields {

	static final String ID = "id";

	/** A number of 64 bits made of the id: orders what is otherwise alike. */
	static final String KEY = "key";

	static final String KIND = "kind";

	/** Features of the title. */
	static final String TITLE = "title";

	/** Features of everything. */
	static final String TEXT = "text";

	/** 4-grams of title and summary. */
	static final String GRAMS = "grams";

	/** What suggestions are scored by. */
	static final String SAID = "said";

	static final String AUTHOR = "author";

	static final String PUBLISHER = "publisher";

	static final String YEAR = "year";

	static final String LANGUAGE = "language";

	static final String AREA = "area";

	static final String TARGET_GROUP = "targetGroup";

	static final String DATE = "date";

	static final String VISIBLE_TO = "visibleTo";

	static final String SHOWN_TITLE = "shownTitle";

	static final String SHOWN_SUMMARY = "shownSummary";

	static final String SORTED_TITLE = "sortedTitle";

	static final String SORTED_YEAR = "sortedYear";

	private Fields() {
	}

}
