/**
 * Tests of the dcat.
 */
@NullMarked
package se.lokalabehov.reportcatalogue.dcat;

import org.jspecify.annotations.NullMarked;
