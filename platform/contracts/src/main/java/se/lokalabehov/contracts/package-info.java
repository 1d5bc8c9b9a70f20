/**
 * The events that travel between the services, one sealed interface per topic.
 */
@NullMarked
package se.lokalabehov.contracts;

import org.jspecify.annotations.NullMarked;
