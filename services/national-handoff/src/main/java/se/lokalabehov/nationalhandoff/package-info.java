/**
 * The service of moments 4 and 6: national needs are compiled and screened, and the
 * ranked ones are handed over.
 */
@NullMarked
package se.lokalabehov.nationalhandoff;

import org.jspecify.annotations.NullMarked;
