/**
 * Records for other programs: CSV, RIS, BibTeX, schema.org, Atom and a sitemap.
 */
@NullMarked
package se.lokalabehov.reportcatalogue.exports;

import org.jspecify.annotations.NullMarked;
