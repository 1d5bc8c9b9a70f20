/**
 * The platform's figures, measured from outside on the running standalone.
 */
@NullMarked
package se.lokalabehov.measure;

import org.jspecify.annotations.NullMarked;
