/**
 * What comes of asking addresses outside.
 */
@NullMarked
package se.lokalabehov.web.outside;

import org.jspecify.annotations.NullMarked;
