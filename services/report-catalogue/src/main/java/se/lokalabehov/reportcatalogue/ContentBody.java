package se.lokalabehov.reportcatalogue;

import java.time.LocalDate;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Deliverable;
import se.lokalabehov.contracts.CatalogueEvent.KnowledgeSupport;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.contracts.CatalogueEvent.ResearchProject;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RecordId;
import se.lokalabehov.web.NoPersonalNumber;
import se.lokalabehov.web.VocabularyCode;

/**
 * A record's content as a request says it; the fields are those of {@link Content}. Names
 * of authors and addresses of contacts belong here, personal numbers do not.
 */
record ContentBody(@NotNull CatalogueEvent.Kind kind, @NotBlank @Size(max = 500) @NoPersonalNumber String title,
		@NotBlank @Size(max = 10000) @NoPersonalNumber String description, @NotNull OrganisationId publisher,
		@NotNull @Size(max = 2) String language,
		@NotEmpty @Size(max = 20) List<@NotNull @VocabularyCode("area") String> areas,
		@Size(max = 20) @Nullable List<@NotNull @VocabularyCode("target-group") String> targetGroups,
		@Size(max = 1000) @Pattern(regexp = "https?://[^\\s/]+(/\\S*)?",
				message = "måste vara en länk som börjar med http:// eller https://") @NoPersonalNumber @Nullable String link,
		@Size(max = 200) @NoPersonalNumber @Nullable String licence,
		@Size(max = 20) @NoPersonalNumber @Nullable List<@NotBlank @Size(max = 200) String> identifiers,
		@Valid @Nullable ReportBody report, @Valid @Nullable ProjectBody project, @Valid @Nullable SupportBody support,
		@Size(max = 200) @NoPersonalNumber @Nullable String edition) {

	/** When it is a report. */
	record ReportBody(@NotEmpty @Size(max = 100) @NoPersonalNumber List<@NotBlank @Size(max = 200) String> authors,
			@NotNull Integer year, @Size(max = 4000) @NoPersonalNumber @Nullable String method) {
	}

	/** When it is ongoing research. */
	record ProjectBody(@NotBlank @Size(max = 500) @NoPersonalNumber String responsible,
			@NotBlank @Size(max = 500) @NoPersonalNumber String principal,
			@Size(max = 200) @NoPersonalNumber @Nullable String ethicsReference,
			@Size(max = 500) @NoPersonalNumber @Nullable String ethicsStatus,
			@NotBlank @Size(max = 4000) @NoPersonalNumber String goals,
			@Size(max = 50) @Nullable List<@NotNull @Valid DeliverableBody> deliverables,
			@NotBlank @Size(max = 500) @NoPersonalNumber String contact,
			@Size(max = 290) @Nullable List<@NotNull OrganisationId> participants,
			@Size(max = 290) @NoPersonalNumber @Nullable List<@NotBlank @Size(max = 200) String> administrations,
			@NotNull LocalDate confirmedCurrent) {
	}

	/** What a project will deliver. */
	record DeliverableBody(@NotBlank @Size(max = 1000) @NoPersonalNumber String what, @NotNull LocalDate due,
			@Nullable RecordId delivered) {
	}

	/** When it is knowledge support. */
	record SupportBody(@NotNull @VocabularyCode("support-kind") String supportKind,
			@Size(max = 100) @Nullable List<@NotNull NationalNeedId> answers,
			@Size(max = 500) @NoPersonalNumber @Nullable String where) {
	}

	Content toContent() {
		return new Content(this.kind, this.title.strip(), this.description.strip(), this.publisher, this.language,
				distinct(this.areas), distinct(this.targetGroups), this.link, stripped(this.licence),
				distinct(this.identifiers), (this.report != null) ? report(this.report) : null,
				(this.project != null) ? project(this.project) : null,
				(this.support != null) ? new KnowledgeSupport(this.support.supportKind(),
						distinct(this.support.answers()), stripped(this.support.where())) : null,
				stripped(this.edition));
	}

	private static Report report(ReportBody body) {
		return new Report(List.copyOf(body.authors()), body.year(),
				(body.method() != null) ? body.method().strip() : "");
	}

	private static ResearchProject project(ProjectBody body) {
		List<Deliverable> deliverables = (body.deliverables() != null) ? body.deliverables()
			.stream()
			.map((one) -> new Deliverable(one.what().strip(), one.due(), one.delivered()))
			.toList() : List.of();
		return new ResearchProject(body.responsible().strip(), body.principal().strip(),
				stripped(body.ethicsReference()), stripped(body.ethicsStatus()), body.goals().strip(), deliverables,
				body.contact().strip(), distinct(body.participants()), distinct(body.administrations()),
				body.confirmedCurrent());
	}

	private static @Nullable String stripped(@Nullable String text) {
		return (text != null && !text.isBlank()) ? text.strip() : null;
	}

	private static <T> List<T> distinct(@Nullable List<T> all) {
		return (all != null) ? all.stream().distinct().toList() : List.of();
	}

}
