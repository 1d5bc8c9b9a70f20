package se.lokalabehov.reportcatalogue;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.CustodyTransferred;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.RecordRevised;
import se.lokalabehov.contracts.CatalogueEvent.RecordWithdrawn;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;

/**
 * Publishing, revising, withdrawing and handing over a record.
 */
final class Cataloguing {

	private Cataloguing() {
	}

	static Decision<CatalogueEvent> publish(@Nullable CatalogueRecord before, Content content) {
		return (before == null) ? Decision.of(new RecordPublished(content))
				: Decision.refuse(Refusal.conflict("redan-publicerad", "Posten är redan publicerad. Revidera den."));
	}

	/**
	 * A new version. What the record is and who published it stays as it was: that is
	 * what others have cited.
	 */
	static Decision<CatalogueEvent> revise(CatalogueRecord before, Content content, String change) {
		if (before.withdrawn() != null) {
			return Decision.refuse(Refusal.conflict("aterkallad", "Posten är återkallad och kan inte revideras."));
		}
		if (content.kind() != before.content().kind()) {
			return Decision.refuse(Refusal.invalid("content.kind",
					"En post byter inte slag. Publicera en ny post och återkalla den här om den var fel."));
		}
		if (!content.publisher().equals(before.content().publisher())) {
			return Decision.refuse(Refusal.invalid("content.publisher",
					"Utgivaren ändras inte. Lämna över vården av posten om en annan organisation ska svara för den."));
		}
		return Decision.of(new RecordRevised(before.version() + 1, content, change));
	}

	static Decision<CatalogueEvent> withdraw(CatalogueRecord before, String reason) {
		return (before.withdrawn() == null) ? Decision.of(new RecordWithdrawn(reason))
				: Decision.refuse(Refusal.conflict("aterkallad", "Posten är redan återkallad."));
	}

	/** A tombstone too has someone who answers for it. */
	static Decision<CatalogueEvent> transfer(CatalogueRecord before, OrganisationId custodian, String reason,
			Directory directory) {
		if (directory.organisation(custodian).isEmpty()) {
			return Decision.refuse(Refusal.invalid("custodian", "Det finns ingen sådan organisation."));
		}
		return before.custodian().equals(custodian) ? Decision.of()
				: Decision.of(new CustodyTransferred(custodian, reason));
	}

	/**
	 * Refuses what points at records or national needs that are not here, or no longer.
	 * @param records the delivered records that the content names, as they stand; null
	 * for one that is not here
	 * @param nationalNeeds the same for the national needs that it answers
	 */
	static @Nullable Refusal refusedUnlessHere(List<@Nullable CatalogueRecord> records,
			List<@Nullable NationalNeedSeen> nationalNeeds) {
		if (records.stream().anyMatch(Objects::isNull)) {
			return Refusal.invalid("content.project.deliverables", "Posten som projektet har levererat finns inte.");
		}
		if (nationalNeeds.stream().anyMatch(Objects::isNull)) {
			return Refusal.notHereYet("Det nationella behovet");
		}
		if (nationalNeeds.stream().anyMatch((one) -> Objects.requireNonNull(one).dissolved())) {
			return Refusal.conflict("upplost-behov",
					"Det nationella behovet har delats upp igen. Hänvisa till ett behov som finns.");
		}
		return null;
	}

}
