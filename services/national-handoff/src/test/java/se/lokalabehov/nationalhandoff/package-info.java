/**
 * The service over HTTP, on a real broker and store.
 */
@NullMarked
package se.lokalabehov.nationalhandoff;

import org.jspecify.annotations.NullMarked;
