/**
 * What measuring needs to see of the search.
 */
@NullMarked
package se.lokalabehov.search;

import org.jspecify.annotations.NullMarked;
