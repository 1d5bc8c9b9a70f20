package se.lokalabehov.reportcatalogue;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What differs between installations.
 *
 * @param files the directory where PDF files lie; in MongoDB when none is named
 * @param readingTime how long the reading of one PDF file may take
 */
@ConfigurationProperties("lokala-behov.catalogue")
record CatalogueProperties(@Nullable Path files, @DefaultValue("60s") Duration readingTime) {
}
