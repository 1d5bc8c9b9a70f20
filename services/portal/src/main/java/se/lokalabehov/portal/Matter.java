package se.lokalabehov.portal;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent.CustodyTransferred;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.OrganisationId;

/**
 * Something that is an organisation's own, as a public body counts: it made it, it owns
 * it, or it was given to it to decide. Of such a thing it keeps the whole story: it
 * registers it, hands it out, archives it and takes it along.
 *
 * @param node its story
 * @param number its registration number (<em>diarienummer</em>) at the organisation
 */
record Matter(Node node, @Nullable String number) {

	/** The kind and the id: ids are shared between kinds. */
	public String key() {
		return key(this.node);
	}

	static String key(Node node) {
		return node.kind() + "." + node.id();
	}

	/** When it began. */
	public Instant since() {
		return this.node.entries().getFirst().time();
	}

	/** When something last happened to it. */
	public Instant latest() {
		return this.node.latest().time();
	}

	/** Its id, of its kind. */
	public String id() {
		return this.node.id();
	}

	/** What it is called. */
	public String title() {
		return this.node.title();
	}

	/** What it is, in words. */
	public String label() {
		return this.node.kind().label();
	}

	/**
	 * Whether something is the organisation's own. A municipality's are its needs,
	 * questions and follow-ups; an RSS's its collections, regional needs and rounds;
	 * SKR's the same of the nation, and the cycles, national needs and hand-overs; an
	 * agency's what it was handed and has answered; anybody's the records that it keeps.
	 */
	static boolean isOwn(OrganisationId organisation, Node node) {
		return switch (node.kind()) {
			case NEED, QUESTION_NOTE, FOLLOW_UP -> node.municipalities().contains(organisation.value());
			case COLLECTION, REGIONAL_NEED, ROUND -> organisation.value().equals(node.rss());
			case CYCLE, NATIONAL_NEED -> organisation.equals(Access.SKR);
			case HAND_OFF -> organisation.equals(Access.SKR)
					|| node.events(NeedHandedOver.class).anyMatch((handed) -> handed.agency().equals(organisation));
			case FEEDBACK ->
				node.events(FeedbackDecided.class).anyMatch((decided) -> decided.agency().equals(organisation));
			case RECORD -> organisation.equals(custodian(node).orElse(null));
		};
	}

	private static Optional<OrganisationId> custodian(Node record) {
		return record.last(CustodyTransferred.class)
			.map(CustodyTransferred::custodian)
			.or(() -> record.last(RecordPublished.class).map((published) -> published.content().publisher()));
	}

}
