/**
 * Tests of the exports.
 */
@NullMarked
package se.lokalabehov.reportcatalogue.exports;

import org.jspecify.annotations.NullMarked;
