/**
 * Kernels that need what is package-private in the package of this name.
 */
@NullMarked
package se.lokalabehov.needintake;

import org.jspecify.annotations.NullMarked;
