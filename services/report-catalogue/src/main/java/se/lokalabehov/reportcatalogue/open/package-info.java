/**
 * What everybody may take of the catalogue, as a view of its topic: read by the OAI-PMH
 * provider, the DCAT catalogue, the feeds and the exports.
 */
@NullMarked
package se.lokalabehov.reportcatalogue.open;

import org.jspecify.annotations.NullMarked;
