/**
 * Moments 1 and 5 in plain Java: the states of cycles and rounds, ballots, methods, and
 * the package that lets anyone recompute a ranking.
 */
@NullMarked
package se.lokalabehov.prioritisation.model;

import org.jspecify.annotations.NullMarked;
