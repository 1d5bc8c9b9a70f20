/**
 * The report catalogue: reports, ongoing research and knowledge support, in records that
 * outlive their publisher.
 */
@NullMarked
package se.lokalabehov.reportcatalogue;

import org.jspecify.annotations.NullMarked;
