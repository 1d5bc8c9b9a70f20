/**
 * How moment 7 behaves, told as tests.
 */
@NullMarked
package se.lokalabehov.feedback;

import org.jspecify.annotations.NullMarked;
