/**
 * Finding: search in the catalogue, suggestions while a need is written, and candidate
 * clusters; on an index that follows this service's views of the topics.
 */
@NullMarked
package se.lokalabehov.reportcatalogue.search;

import org.jspecify.annotations.NullMarked;
