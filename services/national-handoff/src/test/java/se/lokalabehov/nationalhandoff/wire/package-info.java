/**
 * Moment 6 over the wire, with the reference client as the other side.
 */
@NullMarked
package se.lokalabehov.nationalhandoff.wire;

import org.jspecify.annotations.NullMarked;
