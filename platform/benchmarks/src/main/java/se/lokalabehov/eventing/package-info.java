/**
 * Kernels that need what is package-private in the package of this name.
 */
@NullMarked
package se.lokalabehov.eventing;

import org.jspecify.annotations.NullMarked;
