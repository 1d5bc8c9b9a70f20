/**
 * Moment 7, feed back: whether and how each need is met, told to every municipality
 * behind it, and whether the answer was of use.
 */
@NullMarked
package se.lokalabehov.feedback;

import org.jspecify.annotations.NullMarked;
