/** Tests of search, suggestions and clusters. */
@NullMarked
package se.lokalabehov.reportcatalogue.search;

import org.jspecify.annotations.NullMarked;
