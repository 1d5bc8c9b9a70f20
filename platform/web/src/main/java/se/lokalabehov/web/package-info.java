/**
 * The door: what the HTTP of every service has in common, from the idempotency key to the
 * problem that says no.
 */
@NullMarked
package se.lokalabehov.web;

import org.jspecify.annotations.NullMarked;
