/**
 * How the catalogue behaves, told as tests.
 */
@NullMarked
package se.lokalabehov.reportcatalogue;

import org.jspecify.annotations.NullMarked;
