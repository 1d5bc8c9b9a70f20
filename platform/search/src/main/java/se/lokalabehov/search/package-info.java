/**
 * Search, suggestions while writing and clusters over Swedish texts, as a library on
 * Lucene: plain Java, no framework, no network, no clock.
 */
@NullMarked
package se.lokalabehov.search;

import org.jspecify.annotations.NullMarked;
