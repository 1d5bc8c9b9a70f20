package se.lokalabehov.prioritisation;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import se.lokalabehov.web.NoPersonalData;

/**
 * Why something is done, for acts that need nothing else.
 *
 * @param reason in words that those concerned read
 */
record Reason(@NotBlank @Size(max = 2000) @NoPersonalData String reason) {
}
