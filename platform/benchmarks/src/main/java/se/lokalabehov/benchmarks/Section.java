package se.lokalabehov.benchmarks;

/**
 * One kind of work that is measured, by itself: it starts what it needs and ends it.
 */
interface Section {

	/** What {@code --only} calls it. */
	String name();

	/**
	 * Measures and reports.
	 * @param settings how much and how long
	 * @param report where figures go, as soon as they are known
	 * @throws Exception when it can not be measured; the other sections go on
	 */
	void run(Settings settings, Report report) throws Exception;

}
