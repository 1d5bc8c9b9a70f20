/**
 * Question notes as others would build them: the same door, the same store and broker,
 * the same durability; only how an act becomes an event differs.
 */
@NullMarked
package se.lokalabehov.benchmarks.others;

import org.jspecify.annotations.NullMarked;
