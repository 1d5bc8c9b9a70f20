/**
 * The catalogue for harvesters: an OAI-PMH 2.0 provider at {@code /oai}.
 */
@NullMarked
package se.lokalabehov.reportcatalogue.oai;

import org.jspecify.annotations.NullMarked;
