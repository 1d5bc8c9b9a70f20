package se.lokalabehov.reportcatalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.CustodyTransferred;
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
 * @param history what has happened to it, oldest first; none in a list
 */
record Shown(String id, CatalogueEvent.Kind kind, OrganisationId publisher, OrganisationId custodian, int version,
		Instant published, @Nullable Content content, @Nullable String withdrawn, @Nullable List<Happened> history) {

	/** What can happen to a record. */
	enum What {

		PUBLISHED, REVISED, WITHDRAWN, CUSTODY_TRANSFERRED, REDACTED

	}

	/**
	 * Something that happened.
	 *
	 * @param version the version that came of it, when one did
	 * @param custodian who answers for it from then on, when that changed
	 * @param text what changed, or why
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

	static Shown inList(Stored<CatalogueRecord> stored) {
		return of(stored, null);
	}

	static Shown whole(Stored<CatalogueRecord> stored, List<Envelope<CatalogueEvent>> story) {
		return of(stored, story.stream().map(Happened::of).toList());
	}

	private static Shown of(Stored<CatalogueRecord> stored, @Nullable List<Happened> history) {
		CatalogueRecord record = stored.state();
		return new Shown(stored.id(), record.content().kind(), record.content().publisher(), record.custodian(),
				record.version(), stored.created(), (record.withdrawn() == null) ? record.content() : null,
				record.withdrawn(), history);
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
				case RecordRedacted other -> {
				}
			}
		}
		return versions;
	}

}
