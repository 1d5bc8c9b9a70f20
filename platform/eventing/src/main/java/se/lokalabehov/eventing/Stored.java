package se.lokalabehov.eventing;

import java.time.Instant;

/**
 * A document as it stands in the store.
 *
 * @param <S> the state or view
 * @param id its identifier
 * @param version counts writes, from 1: the ETag. For a view: the sequence
 * @param sequence of its last event
 * @param created when it came to be
 * @param state the state or view
 */
public record Stored<S>(String id, long version, long sequence, Instant created, S state) {
}
