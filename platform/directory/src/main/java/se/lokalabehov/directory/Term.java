package se.lokalabehov.directory;

import org.jspecify.annotations.Nullable;

/**
 * One row of the controlled vocabulary.
 *
 * @param scheme which list: "area", "target-group", "need-type", "gap-status",
 * "support-kind"
 * @param code unique in its scheme: "SBB"
 * @param label what the user sees, in Swedish
 * @param labelEn the same in English, where the list has it
 * @param broader code of the term above it in the same scheme, none at the top
 */
public record Term(String scheme, String code, String label, @Nullable String labelEn, @Nullable String broader) {
}
