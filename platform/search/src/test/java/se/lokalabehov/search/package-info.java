/**
 * What is held of search, and the measurements.
 */
@NullMarked
package se.lokalabehov.search;

import org.jspecify.annotations.NullMarked;
