/**
 * Moment 6 over the wire: what concerns an agency, told to its own systems, by a feed
 * that they read and by webhooks that reach them.
 */
@NullMarked
package se.lokalabehov.nationalhandoff.wire;

import org.jspecify.annotations.NullMarked;
