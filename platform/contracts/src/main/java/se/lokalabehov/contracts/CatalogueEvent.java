package se.lokalabehov.contracts;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue: the life of a record, which outlives its publisher.
 */
public sealed interface CatalogueEvent {

	/** What a record describes. */
	enum Kind {

		/** A FoU report. */
		REPORT,
		/** Ongoing research (Forskning pågår). */
		RESEARCH_PROJECT,
		/** A guideline, overview, method, training or instrument. */
		KNOWLEDGE_SUPPORT

	}

	/**
	 * What a record says, whatever its kind; the part of the kind is in exactly one of
	 * the last three.
	 *
	 * @param kind which kind
	 * @param title title
	 * @param description abstract, or what it is about
	 * @param publisher the organisation that answers for it
	 * @param language ISO 639-1
	 * @param areas area codes
	 * @param targetGroups target group codes
	 * @param link where it is, if anywhere on the web
	 * @param licence SPDX id or the owner's words
	 * @param identifiers DOI, ISBN, report number ...
	 * @param report when it is a report
	 * @param project when it is a research project
	 * @param support when it is knowledge support
	 */
	record Content(Kind kind, String title, String description, OrganisationId publisher, String language,
			List<String> areas, List<String> targetGroups, @Nullable String link, @Nullable String licence,
			List<String> identifiers, @Nullable Report report, @Nullable ResearchProject project,
			@Nullable KnowledgeSupport support) {

		/** The same with every written text blanked; codes and identifiers stay. */
		public Content redacted() {
			return new Content(this.kind, Wording.REDACTED, Wording.REDACTED, this.publisher, this.language, this.areas,
					this.targetGroups, null, this.licence, List.of(),
					(this.report != null) ? new Report(List.of(), this.report.year(), Wording.REDACTED) : null,
					(this.project != null) ? this.project.redacted() : null, this.support);
		}

	}

	/**
	 * A FoU report.
	 *
	 * @param authors as printed
	 * @param year of publication
	 * @param method how it was done, may be empty
	 */
	record Report(List<String> authors, int year, String method) {
	}

	/**
	 * Ongoing research.
	 *
	 * @param responsible organisation and role of the responsible researcher
	 * @param principal the research principal (forskningshuvudman)
	 * @param ethicsReference reference of the ethics approval
	 * @param ethicsStatus its status in words
	 * @param goals what it is to find out
	 * @param deliverables what the municipality gets and when
	 * @param contact a function, not a person
	 * @param participants municipalities that take part
	 * @param administrations their administrations, as written
	 * @param confirmedCurrent when last confirmed to be current
	 */
	record ResearchProject(String responsible, String principal, @Nullable String ethicsReference,
			@Nullable String ethicsStatus, String goals, List<Deliverable> deliverables, String contact,
			List<OrganisationId> participants, List<String> administrations, LocalDate confirmedCurrent) {

		/** The same with every written text blanked. */
		public ResearchProject redacted() {
			return new ResearchProject(Wording.REDACTED, Wording.REDACTED, null, null, Wording.REDACTED,
					this.deliverables.stream()
						.map((one) -> new Deliverable(Wording.REDACTED, one.due(), one.delivered()))
						.toList(),
					Wording.REDACTED, this.participants, List.of(), this.confirmedCurrent);
		}

	}

	/**
	 * Something that a project will deliver.
	 *
	 * @param what in words
	 * @param due when
	 * @param delivered the record that it became
	 */
	record Deliverable(String what, LocalDate due, @Nullable RecordId delivered) {
	}

	/**
	 * Knowledge support.
	 *
	 * @param supportKind code of the scheme {@code support-kind}
	 * @param answers the national needs that it answers
	 */
	record KnowledgeSupport(String supportKind, List<NationalNeedId> answers) {
	}

	/**
	 * Published.
	 *
	 * @param content version 1
	 */
	@WireName("record-published.v1")
	record RecordPublished(Content content) implements CatalogueEvent, FreeText<RecordPublished> {

		@Override
		public RecordPublished redacted() {
			return new RecordPublished(this.content.redacted());
		}

	}

	/**
	 * A new version; the earlier ones stay.
	 *
	 * @param version from 2
	 * @param content the content
	 * @param change what changed, in words
	 */
	@WireName("record-revised.v1")
	record RecordRevised(int version, Content content,
			String change) implements CatalogueEvent, FreeText<RecordRevised> {

		@Override
		public RecordRevised redacted() {
			return new RecordRevised(this.version, this.content.redacted(), Wording.REDACTED);
		}

	}

	/**
	 * Withdrawn: a tombstone stays.
	 *
	 * @param reason why
	 */
	@WireName("record-withdrawn.v1")
	record RecordWithdrawn(String reason) implements CatalogueEvent, FreeText<RecordWithdrawn> {

		@Override
		public RecordWithdrawn redacted() {
			return new RecordWithdrawn(Wording.REDACTED);
		}

	}

	/**
	 * Another organisation answers for the record from now on; its address stays.
	 *
	 * @param custodian who
	 * @param reason why
	 */
	@WireName("custody-transferred.v1")
	record CustodyTransferred(OrganisationId custodian,
			String reason) implements CatalogueEvent, FreeText<CustodyTransferred> {

		@Override
		public CustodyTransferred redacted() {
			return new CustodyTransferred(this.custodian, Wording.REDACTED);
		}

	}

	/**
	 * The texts were blanked in every version (domain rule 8).
	 *
	 * @param reason why, without repeating what stood there
	 */
	@WireName("record-redacted.v1")
	record RecordRedacted(String reason) implements CatalogueEvent, Redaction {
	}

}
