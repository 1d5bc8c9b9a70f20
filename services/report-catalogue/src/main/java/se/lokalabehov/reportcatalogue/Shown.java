package se.lokalabehov.reportcatalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.ConfirmationAsked;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.CustodyTransferred;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableDelivered;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableOverdue;
import se.lokalabehov.contracts.CatalogueEvent.FileAttached;
import se.lokalabehov.contracts.CatalogueEvent.FileRemoved;
import se.lokalabehov.contracts.CatalogueEvent.ProjectConfirmed;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.RecordRedacted;
import se.lokalabehov.contracts.CatalogueEvent.RecordRevised;
import se.lokalabehov.contracts.CatalogueEvent.RecordWithdrawn;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Stored;

/**
 * A record as everyone sees it.
 *
 * @param id its identifier
 * @param kind what it describes
 * @param publisher who published it
 * @param custodian who answers for it now
 * @param version of the content, from 1
 * @param published when
 * @param content what it says; none when it is withdrawn
 * @param withdrawn why it was withdrawn; none while it stands
 * @param confirmationAsked since which confirmation a project has to be confirmed anew;
 * none when it is current
 * @param overdue the numbers of a project's deliverables that are late; none when there
 * are none
 * @param files the PDF files that belong to it; none when there are none
 * @param history what has happened to it, oldest first; none in a list
 * @param use how much it is used; only in a list of one publisher's records
 */
record Shown(String id, CatalogueEvent.Kind kind, OrganisationId publisher, OrganisationId custodian, int version,
		Instant published, @Nullable Content content, @Nullable String withdrawn, @Nullable LocalDate confirmationAsked,
		@Nullable List<Integer> overdue, @Nullable List<FileAttached> files, @Nullable List<Happened> history,
		Use.@Nullable Sums use) {

	/** What can happen to a record. */
	enum What {

		PUBLISHED, REVISED, WITHDRAWN, CUSTODY_TRANSFERRED, CONFIRMED, CONFIRMATION_ASKED, OVERDUE, DELIVERED,
		FILE_ATTACHED, FILE_REMOVED, REDACTED

	}

	/**
	 * Something that happened.
	 *
	 * @param version the version that came of it, when one did
	 * @param custodian who answers for it from then on, when that changed
	 * @param text what changed, or why; the number of what is late, the record that was
	 * delivered, the name of a file
	 */
	record Happened(What what, Instant at, @Nullable Integer version, @Nullable OrganisationId custodian,
			@Nullable String text) {

		static Happened of(Envelope<CatalogueEvent> told) {
			return switch (told.event()) {
				case RecordPublished published -> new Happened(What.PUBLISHED, told.time(), 1, null, null);
				case RecordRevised revised ->
					new Happened(What.REVISED, told.time(), revised.version(), null, revised.change());
				case RecordWithdrawn withdrawn ->
					new Happened(What.WITHDRAWN, told.time(), null, null, withdrawn.reason());
				case CustodyTransferred transferred -> new Happened(What.CUSTODY_TRANSFERRED, told.time(), null,
						transferred.custodian(), transferred.reason());
				case ProjectConfirmed confirmed -> new Happened(What.CONFIRMED, told.time(), null, null, null);
				case ConfirmationAsked asked ->
					new Happened(What.CONFIRMATION_ASKED, told.time(), null, null, asked.lastConfirmed().toString());
				case DeliverableOverdue overdue ->
					new Happened(What.OVERDUE, told.time(), null, null, String.valueOf(overdue.number()));
				case DeliverableDelivered delivered ->
					new Happened(What.DELIVERED, told.time(), null, null, delivered.record().value());
				case FileAttached attached ->
					new Happened(What.FILE_ATTACHED, told.time(), null, null, attached.name());
				case FileRemoved removed -> new Happened(What.FILE_REMOVED, told.time(), null, null, removed.reason());
				case RecordRedacted redacted -> new Happened(What.REDACTED, told.time(), null, null, redacted.reason());
			};
		}

	}

	/**
	 * One version of a record.
	 *
	 * @param version from 1
	 * @param at since when
	 * @param change what changed; none for the first
	 * @param content what it said
	 */
	record Version(int version, Instant at, @Nullable String change, Content content) {
	}

	static Shown inList(Stored<CatalogueRecord> stored, Use.@Nullable Sums use) {
		return of(stored, null, use);
	}

	static Shown whole(Stored<CatalogueRecord> stored, List<Envelope<CatalogueEvent>> story) {
		return of(stored, story.stream().map(Happened::of).toList(), null);
	}

	private static Shown of(Stored<CatalogueRecord> stored, @Nullable List<Happened> history, Use.@Nullable Sums use) {
		CatalogueRecord record = stored.state();
		boolean stands = record.withdrawn() == null;
		return new Shown(stored.id(), record.content().kind(), record.content().publisher(), record.custodian(),
				record.version(), stored.created(), stands ? record.content() : null, record.withdrawn(),
				stands ? record.asked() : null, shown(record.overdue(), stands), shown(record.files(), stands), history,
				use);
	}

	private static <T> @Nullable List<T> shown(List<T> list, boolean stands) {
		return (stands && !list.isEmpty()) ? list : null;
	}

	/** Every version of the content, the first first. */
	static List<Version> versions(List<Envelope<CatalogueEvent>> story) {
		List<Version> versions = new ArrayList<>();
		for (Envelope<CatalogueEvent> told : story) {
			switch (told.event()) {
				case RecordPublished published -> versions.add(new Version(1, told.time(), null, published.content()));
				case RecordRevised revised ->
					versions.add(new Version(revised.version(), told.time(), revised.change(), revised.content()));
				case RecordWithdrawn other -> {
				}
				case CustodyTransferred other -> {
				}
				case ProjectConfirmed other -> {
				}
				case ConfirmationAsked other -> {
				}
				case DeliverableOverdue other -> {
				}
				case DeliverableDelivered other -> {
				}
				case FileAttached other -> {
				}
				case FileRemoved other -> {
				}
				case RecordRedacted other -> {
				}
			}
		}
		return versions;
	}

}
