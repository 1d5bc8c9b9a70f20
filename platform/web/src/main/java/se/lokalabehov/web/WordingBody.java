package se.lokalabehov.web;

import java.util.List;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.Wording;

/**
 * The words of a need as a request says them: part of a request's own record, with
 * {@code @NotNull @Valid}. Once it is valid it has a {@link #toWording() wording}.
 *
 * @param title one line, at most 200 characters
 * @param targetGroups one to ten codes of the scheme {@code target-group}
 * @param needType code of the scheme {@code need-type}
 * @param situation what it looks like today, at most 4,000 characters
 * @param question what one needs to know, at most 4,000 characters
 * @param consequence what happens if nothing comes, at most 4,000 characters, may be
 * missing
 * @param supportWanted at most ten codes of the scheme {@code support-kind}, may be
 * missing
 */
public record WordingBody(
		@NotBlank @Size(max = 200) @Pattern(regexp = "[^\\r\\n]*",
				message = "{se.lokalabehov.web.oneLine.message}") @NoPersonalData String title,
		@NotEmpty @Size(max = 10) List<@NotNull @VocabularyCode("target-group") String> targetGroups,
		@NotNull @VocabularyCode("need-type") String needType,
		@NotBlank @Size(max = 4000) @NoPersonalData String situation,
		@NotBlank @Size(max = 4000) @NoPersonalData String question,
		@Size(max = 4000) @NoPersonalData @Nullable String consequence,
		@Size(max = 10) @Nullable List<@NotNull @VocabularyCode("support-kind") String> supportWanted) {

	/**
	 * The same as the events have it, with the space around the texts and repeated codes
	 * taken away.
	 * @return the wording of a valid body
	 */
	public Wording toWording() {
		return new Wording(this.title.strip(), this.targetGroups.stream().distinct().toList(), this.needType,
				this.situation.strip(), this.question.strip(),
				(this.consequence != null) ? this.consequence.strip() : "",
				(this.supportWanted != null) ? this.supportWanted.stream().distinct().toList() : List.of());
	}

}
