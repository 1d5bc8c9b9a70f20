package se.lokalabehov.reportcatalogue;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.CustodyTransferred;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.RecordRedacted;
import se.lokalabehov.contracts.CatalogueEvent.RecordRevised;
import se.lokalabehov.contracts.CatalogueEvent.RecordWithdrawn;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;

/**
 * A record of the catalogue: published by the organisation that made what it describes,
 * revised (earlier versions stay), perhaps withdrawn, which leaves a tombstone at its
 * address. Its custodian, to begin with the publisher, can hand it to another and so it
 * outlives a unit that is closed. Earlier versions stand in its story.
 *
 * @param version of the content, from 1
 * @param content what it says now
 * @param custodian who answers for it
 * @param withdrawn why it was withdrawn; none while it stands
 */
record CatalogueRecord(int version, Content content, OrganisationId custodian, @Nullable String withdrawn) {

	static CatalogueRecord after(@Nullable CatalogueRecord before, CatalogueEvent event) {
		return switch (event) {
			case RecordPublished published ->
				new CatalogueRecord(1, published.content(), published.content().publisher(), null);
			case RecordRevised revised ->
				new CatalogueRecord(revised.version(), revised.content(), of(before).custodian(), null);
			case RecordWithdrawn withdrawn -> of(before).withdrawn(withdrawn.reason());
			case CustodyTransferred transferred -> of(before).to(transferred.custodian());
			case RecordRedacted redacted -> of(before).redacted();
		};
	}

	private static CatalogueRecord of(@Nullable CatalogueRecord before) {
		if (before == null) {
			throw new IllegalStateException("a record begins when it is published");
		}
		return before;
	}

	private CatalogueRecord withdrawn(String reason) {
		return new CatalogueRecord(this.version, this.content, this.custodian, reason);
	}

	private CatalogueRecord to(OrganisationId another) {
		return new CatalogueRecord(this.version, this.content, another, this.withdrawn);
	}

	private CatalogueRecord redacted() {
		return new CatalogueRecord(this.version, this.content.redacted(), this.custodian,
				(this.withdrawn != null) ? Wording.REDACTED : null);
	}

}
