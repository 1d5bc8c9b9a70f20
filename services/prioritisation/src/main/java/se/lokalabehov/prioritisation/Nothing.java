package se.lokalabehov.prioritisation;

/**
 * The body of an act that needs nothing said: <code>{}</code>.
 */
record Nothing() {
}
