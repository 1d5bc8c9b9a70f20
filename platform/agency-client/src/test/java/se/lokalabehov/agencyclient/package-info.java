/**
 * What the client does by itself.
 */
@NullMarked
package se.lokalabehov.agencyclient;

import org.jspecify.annotations.NullMarked;
