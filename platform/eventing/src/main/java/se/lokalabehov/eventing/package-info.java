/**
 * How an act becomes an event: aggregates with their outbox, the relay, projections with
 * their inbox, parked events, replay.
 */
@NullMarked
package se.lokalabehov.eventing;

import org.jspecify.annotations.NullMarked;
