/**
 * One common order of many ballots: methods, explanation, and the package that lets
 * anyone recompute it.
 */
@NullMarked
package se.lokalabehov.ranking;

import org.jspecify.annotations.NullMarked;
