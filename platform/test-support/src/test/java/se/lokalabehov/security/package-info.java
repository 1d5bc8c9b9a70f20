/**
 * Tests of the security room over real HTTP; they live here because the room itself can
 * not depend on the test issuer, which knows its roles.
 */
@NullMarked
package se.lokalabehov.security;

import org.jspecify.annotations.NullMarked;
