/**
 * Tests of what figures are made with.
 */
@NullMarked
package se.lokalabehov.benchmarks;

import org.jspecify.annotations.NullMarked;
