/**
 * Question notes on the platform, as need-intake has them, and a view of them in the same
 * service.
 */
@NullMarked
package se.lokalabehov.benchmarks.ours;

import org.jspecify.annotations.NullMarked;
