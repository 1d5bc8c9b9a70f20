/**
 * An OIDC issuer with one login per role, for trying out only; a real installation brings
 * its own.
 */
@NullMarked
package se.lokalabehov.demoissuer;

import org.jspecify.annotations.NullMarked;
