package se.lokalabehov.house.broken.contracts;

/** Breaks: knows a framework, and leaves something to chance. */
class PullsInAFramework {

	final org.slf4j.Logger logger = org.slf4j.LoggerFactory.getLogger(PullsInAFramework.class);

	final java.util.Random random = new java.util.Random(1);

}
