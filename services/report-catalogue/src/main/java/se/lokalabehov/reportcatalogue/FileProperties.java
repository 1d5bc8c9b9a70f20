package se.lokalabehov.reportcatalogue;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where PDF files lie, and how they are read.
 *
 * @param directory where they lie; in MongoDB when none is named
 * @param readingTime how long the reading of one PDF file may take
 */
@ConfigurationProperties("lokala-behov.catalogue.files")
record FileProperties(@Nullable Path directory, @DefaultValue("60s") Duration readingTime) {
}
