/**
 * Tests of the harvester.
 */
@NullMarked
package se.lokalabehov.reportcatalogue.harvest;

import org.jspecify.annotations.NullMarked;
