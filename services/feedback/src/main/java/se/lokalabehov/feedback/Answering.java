package se.lokalabehov.feedback;

import java.time.LocalDate;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackProgressed;
import se.lokalabehov.contracts.FeedbackEvent.OfFeedback;
import se.lokalabehov.contracts.FeedbackEvent.SupportDelivered;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;

/**
 * What the lead agency tells: its decision, how it goes, what was delivered. Only the
 * agency that has confirmed that it received the need tells anything; who that is stands
 * in the hand-off.
 */
final class Answering {

	/** With these, nothing more is to come. */
	private static final Set<FeedbackEvent.Decision> CLOSED = Set.of(FeedbackEvent.Decision.DECLINED);

	private Answering() {
	}

	/**
	 * Decides, or decides anew: a later decision replaces an earlier one.
	 * @param handOff what the agency has received
	 * @param decided the decision, with the sources of the hand-off
	 * @param today the day it is told
	 */
	static Decision<OfFeedback> decide(@Nullable Feedback before, HandOffSeen handOff, FeedbackDecided decided,
			LocalDate today) {
		Refusal refusal = refusedUnlessReceived(handOff, decided.agency());
		if (refusal == null) {
			refusal = refusedWhenPast(decided.expected(), today);
		}
		if (refusal == null) {
			refusal = refusedWithoutSupportNamed(decided);
		}
		if (refusal != null) {
			return Decision.refuse(refusal);
		}
		return (before != null && before.latest().equals(decided)) ? Decision.of() : Decision.of(decided);
	}

	/**
	 * Tells how it goes.
	 * @param agency who tells
	 * @param today the day it is told
	 */
	static Decision<OfFeedback> progress(@Nullable Feedback before, HandOffSeen handOff, OrganisationId agency,
			FeedbackProgressed progressed, LocalDate today) {
		Refusal refusal = refusedUnlessDecided(before, handOff, agency);
		if (refusal == null) {
			refusal = refusedWhenPast(progressed.expected(), today);
		}
		return (refusal != null) ? Decision.refuse(refusal) : Decision.of(progressed);
	}

	/**
	 * Tells what was delivered.
	 * @param agency who delivered
	 * @param record the record that the delivery points at, as it stands here; null when
	 * it points at none or at one that is not here
	 */
	static Decision<OfFeedback> deliver(@Nullable Feedback before, HandOffSeen handOff, OrganisationId agency,
			SupportDelivered delivered, @Nullable RecordSeen record) {
		Refusal refusal = refusedUnlessDecided(before, handOff, agency);
		if (refusal == null && delivered.record() != null) {
			refusal = refusedUnlessInCatalogue(record);
		}
		return (refusal != null) ? Decision.refuse(refusal) : Decision.of(delivered);
	}

	private static @Nullable Refusal refusedUnlessReceived(HandOffSeen handOff, OrganisationId agency) {
		if (handOff.isReceivedBy(agency)) {
			return null;
		}
		return switch (handOff.status()) {
			case HANDED_OVER -> Refusal.conflict("ej-mottaget",
					"Behovet är överlämnat men inte mottaget. Bekräfta först att ni har tagit emot det.");
			case RETURNED -> Refusal.conflict("aterlamnat",
					"Behovet är återlämnat till SKR. Det måste överlämnas på nytt innan någon kan besluta om det.");
			case BELOW_THE_LINE, RECEIVED -> Refusal.conflict("ej-overlamnat",
					"Behovet är inte överlämnat till er. Ta kontakt med SKR om ni vill ta er an det.");
		};
	}

	private static @Nullable Refusal refusedUnlessDecided(@Nullable Feedback before, HandOffSeen handOff,
			OrganisationId agency) {
		Refusal refusal = refusedUnlessReceived(handOff, agency);
		if (refusal != null) {
			return refusal;
		}
		if (before == null || before.latest().follows() != null || !before.latest().agency().equals(agency)) {
			return Refusal.conflict("inget-beslut", "Ni har inte beslutat om behovet än. Registrera beslutet först.");
		}
		if (CLOSED.contains(before.latest().decision())) {
			return Refusal.conflict("avbojt",
					"Ert senaste beslut är att inte ta er an behovet. Registrera ett nytt beslut först.");
		}
		return null;
	}

	private static @Nullable Refusal refusedWhenPast(@Nullable LocalDate expected, LocalDate today) {
		return (expected != null && expected.isBefore(today))
				? Refusal.invalid("expected", "Dagen har redan varit. Ange en dag framåt i tiden.") : null;
	}

	private static @Nullable Refusal refusedUnlessInCatalogue(@Nullable RecordSeen record) {
		if (record == null) {
			return Refusal.notHereYet("Posten i katalogen");
		}
		return record.withdrawn() ? Refusal.conflict("aterkallad-post",
				"Posten i katalogen är återkallad. Hänvisa till en post som gäller.") : null;
	}

	/** A municipality that is told that what exists suffices must be told what exists. */
	private static @Nullable Refusal refusedWithoutSupportNamed(FeedbackDecided decided) {
		boolean missing = decided.decision() == FeedbackEvent.Decision.EXISTING_SUFFICES && decided.support() == null;
		return missing ? Refusal.invalid("support", "Ange vilket kunskapsstöd som redan finns.") : null;
	}

}
