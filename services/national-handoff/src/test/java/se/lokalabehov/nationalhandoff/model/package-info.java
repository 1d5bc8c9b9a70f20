/**
 * The decisions of moments 4 and 6, tested plainly.
 */
@NullMarked
package se.lokalabehov.nationalhandoff.model;

import org.jspecify.annotations.NullMarked;
