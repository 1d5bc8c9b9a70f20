/**
 * Who there is and what things are called: municipalities, RSSs, agencies and code lists,
 * as dated reference data.
 */
@NullMarked
package se.lokalabehov.directory;

import org.jspecify.annotations.NullMarked;
