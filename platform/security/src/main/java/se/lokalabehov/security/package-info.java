/**
 * Who is calling, for which organisation, and what they may do.
 */
@NullMarked
package se.lokalabehov.security;

import org.jspecify.annotations.NullMarked;
