package se.lokalabehov.reportcatalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.ConfirmationAsked;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.CustodyTransferred;
import se.lokalabehov.contracts.CatalogueEvent.Deliverable;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableDelivered;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableOverdue;
import se.lokalabehov.contracts.CatalogueEvent.FileAttached;
import se.lokalabehov.contracts.CatalogueEvent.FileRemoved;
import se.lokalabehov.contracts.CatalogueEvent.ProjectConfirmed;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.RecordRevised;
import se.lokalabehov.contracts.CatalogueEvent.RecordWithdrawn;
import se.lokalabehov.contracts.CatalogueEvent.ResearchProject;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RecordId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;

/**
 * Publishing, revising, withdrawing and handing over a record.
 */
final class Cataloguing {

	/** Of one record at a time. */
	static final int MAX_FILES = 20;

	private Cataloguing() {
	}

	static Decision<CatalogueEvent> publish(@Nullable CatalogueRecord before, Content content) {
		return publish(before, content, List.of());
	}

	/** With the files that it has from the beginning. */
	static Decision<CatalogueEvent> publish(@Nullable CatalogueRecord before, Content content,
			List<FileAttached> files) {
		return (before == null)
				? new Decision.Accepted<>(
						Stream.<CatalogueEvent>concat(Stream.of(new RecordPublished(content)), files.stream()).toList())
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
	 * As part of everything that an organisation hands over; nothing when it is not its
	 * own any longer.
	 */
	static Decision<CatalogueEvent> handOver(CatalogueRecord before, CustodyTransfer transfer) {
		return before.custodian().equals(transfer.from())
				? Decision.of(new CustodyTransferred(transfer.custodian(), transfer.reason())) : Decision.of();
	}

	/** Still as it says. */
	static Decision<CatalogueEvent> confirm(CatalogueRecord before, LocalDate today) {
		Refusal refusal = refusedUnlessAProject(before);
		if (refusal != null) {
			return Decision.refuse(refusal);
		}
		return project(before).confirmedCurrent().equals(today) ? Decision.of()
				: Decision.of(new ProjectConfirmed(today));
	}

	/**
	 * A project has delivered.
	 * @param number which deliverable, from 1
	 * @param id the record that it became
	 * @param record that record as it stands; null when it is not here
	 */
	static Decision<CatalogueEvent> deliver(CatalogueRecord before, int number, RecordId id,
			@Nullable CatalogueRecord record) {
		Refusal refusal = refusedUnlessAProject(before);
		if (refusal != null) {
			return Decision.refuse(refusal);
		}
		List<Deliverable> deliverables = project(before).deliverables();
		if (number < 1 || number > deliverables.size()) {
			return Decision.refuse(Refusal.notFound());
		}
		RecordId delivered = deliverables.get(number - 1).delivered();
		if (id.equals(delivered)) {
			return Decision.of();
		}
		if (delivered != null) {
			return Decision.refuse(Refusal.conflict("redan-levererad",
					"Detta är redan levererat som en annan post. Revidera projektet om det blev fel."));
		}
		if (record == null) {
			return Decision.refuse(Refusal.invalid("record", "Posten som projektet har levererat finns inte."));
		}
		if (record.withdrawn() != null || record.content().kind() == CatalogueEvent.Kind.RESEARCH_PROJECT) {
			return Decision.refuse(Refusal.invalid("record",
					"Det som levereras ska vara en rapport eller ett kunskapsstöd som inte är återkallat."));
		}
		return Decision.of(new DeliverableDelivered(number, id));
	}

	/** A file that was looked through belongs to the record. */
	static Decision<CatalogueEvent> attach(CatalogueRecord before, FileAttached file) {
		if (before.withdrawn() != null) {
			return Decision.refuse(Refusal.conflict("aterkallad", "Posten är återkallad och tar inte emot filer."));
		}
		if (before.files().contains(file)) {
			return Decision.of();
		}
		return (before.files().size() < MAX_FILES) ? Decision.of(file) : Decision.refuse(Refusal
			.conflict("for-manga-filer", "En post har högst %d filer. Ta bort någon först.".formatted(MAX_FILES)));
	}

	static Decision<CatalogueEvent> remove(CatalogueRecord before, String sha256, String reason) {
		if (before.files().stream().anyMatch((file) -> file.sha256().equals(sha256))) {
			return Decision.of(new FileRemoved(sha256, reason));
		}
		return before.removed().stream().anyMatch((file) -> file.sha256().equals(sha256)) ? Decision.of()
				: Decision.refuse(Refusal.notFound());
	}

	/** What there is to ask and remind of on a day; each thing once. */
	static Decision<CatalogueEvent> remind(CatalogueRecord before, LocalDate today) {
		if (before.wakes() == null || before.wakes().isAfter(today)) {
			return Decision.of();
		}
		ResearchProject project = project(before);
		List<CatalogueEvent> told = new ArrayList<>();
		if (before.asked() == null && CatalogueRecord.currentUntil(project).isBefore(today)) {
			told.add(new ConfirmationAsked(project.confirmedCurrent()));
		}
		for (int number = 1; number <= project.deliverables().size(); number++) {
			Deliverable one = project.deliverables().get(number - 1);
			if (one.delivered() == null && one.due().isBefore(today) && !before.overdue().contains(number)) {
				told.add(new DeliverableOverdue(number, one.due()));
			}
		}
		return new Decision.Accepted<>(told);
	}

	private static @Nullable Refusal refusedUnlessAProject(CatalogueRecord before) {
		if (before.withdrawn() != null) {
			return Refusal.conflict("aterkallad", "Posten är återkallad.");
		}
		return (before.content().project() != null) ? null
				: Refusal.conflict("inget-projekt", "Detta gäller bara forskningsprojekt.");
	}

	private static ResearchProject project(CatalogueRecord record) {
		return Objects.requireNonNull(record.content().project());
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
