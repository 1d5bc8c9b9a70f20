/**
 * What may happen in moments 2 and 3, decided plainly and spoken over HTTP.
 */
@NullMarked
package se.lokalabehov.needintake;

import org.jspecify.annotations.NullMarked;
