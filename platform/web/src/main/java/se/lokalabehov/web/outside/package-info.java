/**
 * Asking addresses that somebody else has chosen: repositories to harvest, webhooks to
 * call.
 */
@NullMarked
package se.lokalabehov.web.outside;

import org.jspecify.annotations.NullMarked;
