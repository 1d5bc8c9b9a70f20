/**
 * What the platform publishes, described by DCAT-AP 3: one dataset for the whole
 * catalogue and one for each area, with where they can be had.
 */
@NullMarked
package se.lokalabehov.reportcatalogue.dcat;

import org.jspecify.annotations.NullMarked;
