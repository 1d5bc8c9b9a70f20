/**
 * Tests of the OAI-PMH provider.
 */
@NullMarked
package se.lokalabehov.reportcatalogue.oai;

import org.jspecify.annotations.NullMarked;
