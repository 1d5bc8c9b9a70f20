/**
 * Moments 1 and 5: choosing the area and ranking the needs.
 */
@NullMarked
package se.lokalabehov.prioritisation;

import org.jspecify.annotations.NullMarked;
