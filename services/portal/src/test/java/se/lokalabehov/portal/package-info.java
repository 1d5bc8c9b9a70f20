/**
 * The portal's rules, and the portal over HTTP with a real broker and store.
 */
@NullMarked
package se.lokalabehov.portal;

import org.jspecify.annotations.NullMarked;
