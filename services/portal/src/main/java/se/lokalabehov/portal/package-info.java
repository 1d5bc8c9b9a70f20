/**
 * One origin for people and machines: the gateway to the services, the trace through the
 * seven moments, the directory, and plain public pages.
 */
@NullMarked
package se.lokalabehov.portal;

import org.jspecify.annotations.NullMarked;
