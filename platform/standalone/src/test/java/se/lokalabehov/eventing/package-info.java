/**
 * What only the mechanism itself can tell of its projections.
 */
@NullMarked
package se.lokalabehov.eventing;

import org.jspecify.annotations.NullMarked;
