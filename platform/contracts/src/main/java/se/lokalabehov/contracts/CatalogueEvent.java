package se.lokalabehov.contracts;

import java.time.LocalDate;
import java.util.ArrayList;
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
	 * @param edition which version of the thing itself it is, as printed
	 */
	record Content(Kind kind, String title, String description, OrganisationId publisher, String language,
			List<String> areas, List<String> targetGroups, @Nullable String link, @Nullable String licence,
			List<String> identifiers, @Nullable Report report, @Nullable ResearchProject project,
			@Nullable KnowledgeSupport support, @Nullable String edition) {

		/** Of a thing that names no version of itself. */
		public Content(Kind kind, String title, String description, OrganisationId publisher, String language,
				List<String> areas, List<String> targetGroups, @Nullable String link, @Nullable String licence,
				List<String> identifiers, @Nullable Report report, @Nullable ResearchProject project,
				@Nullable KnowledgeSupport support) {
			this(kind, title, description, publisher, language, areas, targetGroups, link, licence, identifiers, report,
					project, support, null);
		}

		/** The same of a project that is seen otherwise. */
		public Content with(ResearchProject project) {
			return new Content(this.kind, this.title, this.description, this.publisher, this.language, this.areas,
					this.targetGroups, this.link, this.licence, this.identifiers, this.report, project, this.support,
					this.edition);
		}

		/** The same with every written text blanked; codes and identifiers stay. */
		public Content redacted() {
			return new Content(this.kind, Wording.REDACTED, Wording.REDACTED, this.publisher, this.language, this.areas,
					this.targetGroups, null, this.licence, List.of(),
					(this.report != null) ? new Report(List.of(), this.report.year(), Wording.REDACTED) : null,
					(this.project != null) ? this.project.redacted() : null,
					(this.support != null) ? this.support.redacted() : null, null);
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

		/** The same, confirmed to be current on a day. */
		public ResearchProject confirmed(LocalDate on) {
			return new ResearchProject(this.responsible, this.principal, this.ethicsReference, this.ethicsStatus,
					this.goals, this.deliverables, this.contact, this.participants, this.administrations, on);
		}

		/**
		 * The same with one thing delivered.
		 * @param number which, from 1
		 * @param record the record that it became
		 */
		public ResearchProject delivered(int number, RecordId record) {
			List<Deliverable> after = new ArrayList<>(this.deliverables);
			Deliverable one = after.get(number - 1);
			after.set(number - 1, new Deliverable(one.what(), one.due(), record));
			return new ResearchProject(this.responsible, this.principal, this.ethicsReference, this.ethicsStatus,
					this.goals, List.copyOf(after), this.contact, this.participants, this.administrations,
					this.confirmedCurrent);
		}

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
	 * @param where where it is given or kept, when that is no link
	 */
	record KnowledgeSupport(String supportKind, List<NationalNeedId> answers, @Nullable String where) {

		/** Support that is where its link leads. */
		public KnowledgeSupport(String supportKind, List<NationalNeedId> answers) {
			this(supportKind, answers, null);
		}

		/** The same with every written text blanked. */
		public KnowledgeSupport redacted() {
			return new KnowledgeSupport(this.supportKind, this.answers, null);
		}

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
	 * A project is still as its record says.
	 *
	 * @param on the day of the confirmation
	 */
	@WireName("project-confirmed.v1")
	record ProjectConfirmed(LocalDate on) implements CatalogueEvent {
	}

	/**
	 * A project was not confirmed for a year: whoever answers for it is asked, once per
	 * confirmation.
	 *
	 * @param lastConfirmed when it last was
	 */
	@WireName("confirmation-asked.v1")
	record ConfirmationAsked(LocalDate lastConfirmed) implements CatalogueEvent {
	}

	/**
	 * The day has passed and nothing was delivered: whoever answers for the project is
	 * reminded, once.
	 *
	 * @param number which deliverable of the project, from 1
	 * @param due when it was due
	 */
	@WireName("deliverable-overdue.v1")
	record DeliverableOverdue(int number, LocalDate due) implements CatalogueEvent {
	}

	/**
	 * A project has delivered.
	 *
	 * @param number which deliverable of the project, from 1
	 * @param record the record of what it became
	 */
	@WireName("deliverable-delivered.v1")
	record DeliverableDelivered(int number, RecordId record) implements CatalogueEvent {
	}

	/**
	 * A PDF file belongs to the record.
	 *
	 * @param sha256 of its bytes, 64 hex digits: its address
	 * @param name what it is called when it is saved; never a path
	 * @param size in bytes
	 * @param pages how many
	 */
	@WireName("file-attached.v1")
	record FileAttached(String sha256, String name, long size,
			int pages) implements CatalogueEvent, FreeText<FileAttached> {

		@Override
		public FileAttached redacted() {
			return new FileAttached(this.sha256, Wording.REDACTED, this.size, this.pages);
		}

	}

	/**
	 * A file does not belong to the record any longer.
	 *
	 * @param sha256 which
	 * @param reason why
	 */
	@WireName("file-removed.v1")
	record FileRemoved(String sha256, String reason) implements CatalogueEvent, FreeText<FileRemoved> {

		@Override
		public FileRemoved redacted() {
			return new FileRemoved(this.sha256, Wording.REDACTED);
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
