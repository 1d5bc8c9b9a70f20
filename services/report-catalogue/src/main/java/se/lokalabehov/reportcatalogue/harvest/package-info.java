/**
 * Harvests other repositories by OAI-PMH 2.0 into the catalogue.
 */
@NullMarked
package se.lokalabehov.reportcatalogue.harvest;

import org.jspecify.annotations.NullMarked;
