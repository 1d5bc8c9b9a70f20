package se.lokalabehov.needintake;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.UniqueElements;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CollectionEvent.NotDelivered;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedEvent.TurnedBackBecause;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.NoteId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.needintake.AskingDecider.Order;
import se.lokalabehov.web.NoPersonalData;
import se.lokalabehov.web.VocabularyCode;
import se.lokalabehov.web.WordingBody;

/**
 * What requests say.
 */
final class Bodies {

	private Bodies() {
	}

	record Reason(@NotBlank @Size(max = 4000) @NoPersonalData String reason) {
	}

	record Nothing() {
	}

	// Needs

	record Drafted(@Nullable CycleId cycle, @NotNull @VocabularyCode("area") String area,
			@NotEmpty @Size(max = 50) @UniqueElements List<@NotNull @Municipality OrganisationId> municipalities,
			@Size(max = 200) @NoPersonalData @Nullable String unit, @NotNull @Valid Words wording,
			@Nullable Boolean namesMunicipalities, @Size(max = 50) @Nullable List<@NotNull NoteId> notes,
			@Nullable NeedId reconsiders, @Size(max = 4000) @NoPersonalData @Nullable String newInformation) {

		Draft.Content content() {
			return new Draft.Content(this.cycle, this.area, this.municipalities, this.unit, this.wording.words(),
					Boolean.TRUE.equals(this.namesMunicipalities), orNone(this.notes), this.reconsiders,
					(this.newInformation == null || this.newInformation.isBlank()) ? null : this.newInformation);
		}

	}

	/** A wording on its way: everything may be missing. */
	record Words(@Size(max = 200) @NoPersonalData @Nullable String title,
			@Size(max = 10) @Nullable List<@NotNull @VocabularyCode("target-group") String> targetGroups,
			@VocabularyCode("need-type") @Nullable String needType,
			@Size(max = 4000) @NoPersonalData @Nullable String situation,
			@Size(max = 4000) @NoPersonalData @Nullable String question,
			@Size(max = 4000) @NoPersonalData @Nullable String consequence,
			@Size(max = 10) @Nullable List<@NotNull @VocabularyCode("support-kind") String> supportWanted) {

		Draft.Words words() {
			return new Draft.Words(this.title, orNone(this.targetGroups), this.needType, this.situation, this.question,
					this.consequence, orNone(this.supportWanted));
		}

	}

	record Recorded(@NotNull CycleId cycle, @NotNull @VocabularyCode("area") String area,
			@NotEmpty @Size(max = 50) @UniqueElements List<@NotNull @Municipality OrganisationId> municipalities,
			@NotNull @Valid WordingBody wording, @NotBlank @Size(max = 200) @NoPersonalData String occasion) {
	}

	record Confirmed(@Nullable Boolean namesMunicipalities) {
	}

	record Revised(@NotNull @Valid WordingBody wording,
			@NotEmpty @Size(max = 50) @UniqueElements List<@NotNull @Municipality OrganisationId> municipalities) {
	}

	record Supplement(@NotBlank @Size(max = 4000) @NoPersonalData String text) {
	}

	record Question(@NotBlank @Size(max = 4000) @NoPersonalData String question, @NotNull LocalDate due) {
	}

	record Reply(@NotBlank @Size(max = 4000) @NoPersonalData String reply) {
	}

	record TurnedBack(@NotNull TurnedBackBecause because, @NotBlank @Size(max = 4000) @NoPersonalData String answer,
			@Size(max = 1000) @NoPersonalData @Nullable String support) {
	}

	record Waitlisted(@NotNull @VocabularyCode("area") String area,
			@NotBlank @Size(max = 4000) @NoPersonalData String answer) {
	}

	record TakenUp(@NotNull CycleId cycle) {
	}

	// Collections

	record Asked(@NotNull CycleId cycle, @Nullable LocalDate due,
			@NotBlank @Size(max = 4000) @NoPersonalData String message) {
	}

	record Message(@NotBlank @Size(max = 4000) @NoPersonalData String message) {
	}

	record Extended(@NotNull LocalDate due, @NotBlank @Size(max = 4000) @NoPersonalData String reason) {
	}

	record NoNeeds(@NotNull OrganisationId municipality, @Size(max = 4000) @NoPersonalData @Nullable String comment) {
	}

	record Delivery(@NotNull @Size(max = 1000) List<@NotNull @Valid Versioned> regionalNeeds,
			@Nullable @Size(max = 5000) List<@NotNull @Valid Left> notDelivered) {

		Order order() {
			return new Order(
					this.regionalNeeds.stream().map((one) -> new Order.Wanted(one.id(), one.version())).toList(),
					orNone(this.notDelivered).stream()
						.map((one) -> new NotDelivered(one.need(), one.reason()))
						.toList());
		}

	}

	record Versioned(@NotNull RegionalNeedId id, @Positive int version) {
	}

	record Left(@NotNull NeedId need, @NotBlank @Size(max = 4000) @NoPersonalData String reason) {
	}

	// Regional needs

	record Formed(@NotNull CycleId cycle, @NotNull @Valid WordingBody wording,
			@NotEmpty @Size(max = 1000) List<@NotNull @Valid MemberNeed> members) {
	}

	record Changed(@NotNull @Valid WordingBody wording,
			@NotEmpty @Size(max = 1000) List<@NotNull @Valid MemberNeed> members) {
	}

	record MemberNeed(@NotNull NeedId need, @Positive int version) {
	}

	// Question notes

	record Noted(@NotBlank @Size(max = 1000) @NoPersonalData String text,
			@VocabularyCode("area") @Nullable String area) {
	}

	record Clustered(@NotBlank @Size(max = 200) @NoPersonalData String cluster) {
	}

	static <T> List<T> orNone(@Nullable List<T> list) {
		return Objects.requireNonNullElse(list, List.of());
	}

}
