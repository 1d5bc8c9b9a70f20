package se.lokalabehov.directory;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;

/**
 * One organisation as the directory knows it. Two organisations are told apart by their
 * id alone: names are for showing (Håbo and Habo are two municipalities).
 *
 * @param id the plain code of the source file: "0180" (SCB), "RSS-01", "RSS-14-GR", "SOS"
 * @param kind what it is
 * @param name the short name to show: "Stockholm", "SBU"
 * @param officialName the full name: "Stockholms kommun"; for an RSS the organisation
 * that hosts it, or its own name when the host is not known
 * @param countyCode county (SCB, two digits); none for national bodies and for an RSS
 * that spans two counties
 * @param countyName the county's name, none when there is no code or the file has no name
 * @param population inhabitants (SCB 2020, rounded to 100), municipalities only
 * @param skrGroup SKR's group of municipalities (2023), municipalities only
 */
public record Organisation(OrganisationId id, Kind kind, String name, String officialName, @Nullable String countyCode,
		@Nullable String countyName, @Nullable Integer population, @Nullable String skrGroup) {
}
