package se.lokalabehov.portal;

/**
 * A municipality on a map of tiles.
 *
 * @param code of the municipality
 * @param name its name
 * @param state how it is there, last part of the message's key {@code tile.<state>}
 * @param needs how many needs it stands behind, zero where that is not told
 */
record Tile(String code, String name, String state, int needs) {
}
