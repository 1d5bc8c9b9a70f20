package se.lokalabehov.contracts;

import java.util.List;

/**
 * The only list of topics.
 */
public final class Topics {

	/** What every topic name begins with. */
	public static final String PREFIX = "lokala-behov.";

	/** Moment 1: area chosen, timetable, changed, closed. Key: cycle. */
	public static final Topic<AreaEvent> AREA = topic("1-area", "prioritisation", AreaEvent.class);

	/** Moment 2: region asked, reminded, answered "none", delivered. Key: collection. */
	public static final Topic<CollectionEvent> COLLECTION = topic("2-collection", "need-intake", CollectionEvent.class);

	/** Questions heard in daily work. Key: note. */
	public static final Topic<QuestionNoteEvent> QUESTION_NOTES = topic("question-notes", "need-intake",
			QuestionNoteEvent.class);

	/** Moment 3: needs and regional needs. Key: need or regional need. */
	public static final Topic<NeedEvent> NEED = topic("3-need", "need-intake", NeedEvent.class);

	/** Moment 4: national needs formed and screened. Key: national need. */
	public static final Topic<CompilationEvent> COMPILATION = topic("4-compilation", "national-handoff",
			CompilationEvent.class);

	/** Moments 3 and 5: prioritisation rounds; never a ballot. Key: round. */
	public static final Topic<RankingEvent> RANKING = topic("5-ranking", "prioritisation", RankingEvent.class);

	/** Moment 6: handed over, received, returned. Key: national need. */
	public static final Topic<HandOffEvent> HAND_OFF = topic("6-hand-off", "national-handoff", HandOffEvent.class);

	/**
	 * Moment 7: decided, progressed, delivered, followed up. Key: national need, and for
	 * follow-ups the follow-up.
	 */
	public static final Topic<FeedbackEvent> FEEDBACK = topic("7-feedback", "feedback", FeedbackEvent.class);

	/** Reports, research projects, knowledge support. Key: record. */
	public static final Topic<CatalogueEvent> CATALOGUE = topic("catalogue", "report-catalogue", CatalogueEvent.class);

	/** Dated changes of the directory. Key: organisation. */
	public static final Topic<DirectoryEvent> DIRECTORY = topic("directory", "portal", DirectoryEvent.class);

	private Topics() {
	}

	/** Every topic, in the order of the moments. */
	public static List<Topic<?>> all() {
		return List.of(AREA, COLLECTION, QUESTION_NOTES, NEED, COMPILATION, RANKING, HAND_OFF, FEEDBACK, CATALOGUE,
				DIRECTORY);
	}

	private static <E> Topic<E> topic(String name, String owner, Class<E> events) {
		return new Topic<>(PREFIX + name, owner, events);
	}

}
