package se.lokalabehov.needintake;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.ClarificationId;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.ClarificationAnswered;
import se.lokalabehov.contracts.NeedEvent.ClarificationAsked;
import se.lokalabehov.contracts.NeedEvent.NeedConfirmed;
import se.lokalabehov.contracts.NeedEvent.NeedDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedNotDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedRecorded;
import se.lokalabehov.contracts.NeedEvent.NeedRevised;
import se.lokalabehov.contracts.NeedEvent.NeedSplit;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.NeedSupplemented;
import se.lokalabehov.contracts.NeedEvent.NeedTakenUp;
import se.lokalabehov.contracts.NeedEvent.NeedTurnedBack;
import se.lokalabehov.contracts.NeedEvent.NeedWaitlisted;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedEvent.TurnedBackBecause;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.needintake.Need.Status;

/**
 * What may happen to a need, and what follows. Who may do it is {@link Access}'s
 * business.
 */
final class NeedDecider {

	/** Told to whoever writes to the waiting list by choice. */
	static final String WAITS = "Behovet står på väntelistan för sitt område. Det tas upp när en omgång som omfattar"
			+ " området öppnar.";

	static final String OTHER_AREA = "Omgången gäller ett annat område. Behovet står på väntelistan för sitt eget"
			+ " område och tas upp när en omgång där öppnar.";

	static final String TOO_LATE = "Behovet kom efter att SKR hade stängt sammanställningen. Det väntar till nästa"
			+ " omgång inom området.";

	private static final Set<Status> ANSWERED = EnumSet.of(Status.TURNED_BACK, Status.NOT_DELIVERED);

	private NeedDecider() {
	}

	/**
	 * Submits what was drafted: into the cycle, late or not, or onto the waiting list.
	 * @param draft what was drafted
	 * @param cycle the cycle that it answers, none when it answers none
	 * @param rss who asks the municipality
	 * @param lastDay last day to answer
	 * @param today the day of the act
	 */
	static Decision<OfNeed> submit(Draft.Content draft, @Nullable CycleView cycle, OrganisationId rss,
			LocalDate lastDay, LocalDate today) {
		List<Refusal.Field> missing = draft.wording().missing();
		if (!missing.isEmpty()) {
			return Decision.refuse(new Refusal(Refusal.Kind.INVALID, "ofullstandigt-behov",
					"Behovet går inte att skicka in än. Fyll i det som saknas.", missing));
		}
		if (cycle == null) {
			return waiting(draft, rss, false, WAITS);
		}
		if (cycle.status() == CycleView.Status.CHOSEN) {
			return cycle.closedBecause().map(Decision::<OfNeed>refuse).orElseThrow();
		}
		if (!cycle.isOpen()) {
			return waiting(draft, rss, true, TOO_LATE);
		}
		if (!cycle.areas().contains(draft.area())) {
			return waiting(draft, rss, false, OTHER_AREA);
		}
		return Decision.of(submitted(draft, draft.cycle(), rss, today.isAfter(lastDay)));
	}

	private static Decision<OfNeed> waiting(Draft.Content draft, OrganisationId rss, boolean late, String answer) {
		return Decision.of(submitted(draft, null, rss, late), new NeedWaitlisted(draft.area(), answer));
	}

	private static NeedSubmitted submitted(Draft.Content draft, @Nullable CycleId cycle, OrganisationId rss,
			boolean late) {
		return new NeedSubmitted(cycle, draft.area(), draft.municipalities(), rss, draft.wording().toWording(),
				draft.unit(), draft.namesMunicipalities(), draft.reconsiders(), draft.newInformation(), late);
	}

	/** An answered need is reconsidered only with new information (domain rule 16). */
	static Optional<Refusal> reconsider(@Nullable Need old, boolean decided, OrganisationId municipality) {
		if (old == null || !old.municipalities().contains(municipality)) {
			return Optional.of(Refusal.invalid("reconsiders", "Behovet som ska prövas igen finns inte hos er."));
		}
		if (!ANSWERED.contains(old.status()) && !decided) {
			return Optional.of(Refusal.conflict("ej-besvarat",
					"Behovet som ska prövas igen är inte besvarat än. Revidera det, eller vänta på svaret."));
		}
		return Optional.empty();
	}

	/** An RSS notes at a meeting what a municipality says. */
	static Decision<OfNeed> record(NeedRecorded said, CycleView cycle) {
		Optional<Refusal> closed = cycle.closedBecause();
		if (closed.isPresent()) {
			return Decision.refuse(closed.get());
		}
		if (!cycle.areas().contains(said.area())) {
			return Decision.refuse(Refusal.invalid("area", "Området ingår inte i omgången."));
		}
		if (cycle.askerOf(said.municipalities().getFirst()).filter(said.rss()::equals).isEmpty()) {
			return Decision.refuse(Refusal.invalid("municipalities",
					"Kommunen som behovet antecknas för måste höra till regionen i omgången."));
		}
		return Decision.of(said);
	}

	/** The municipality makes a recorded need its own. */
	static Decision<OfNeed> confirm(Need need, boolean namesMunicipalities, CycleView cycle) {
		if (need.status() != Status.RECORDED) {
			return conflict("redan-bekraftat", "Behovet är redan bekräftat eller tillbakadraget.");
		}
		NeedConfirmed confirmed = new NeedConfirmed(namesMunicipalities);
		return cycle.isOpen() ? Decision.of(confirmed)
				: Decision.of(confirmed, new NeedWaitlisted(need.area(), TOO_LATE));
	}

	/**
	 * Other words, until the RSS has delivered.
	 * @param listed whether a delivery has dealt with it that it does not bear the mark
	 * of yet
	 */
	static Decision<OfNeed> revise(Need need, Wording wording, List<OrganisationId> municipalities, boolean listed) {
		if (need.isDelivered() || listed) {
			return conflict("redan-levererat",
					"Behovet är levererat till SKR och kan inte ändras. Lämna ett tillägg eller dra tillbaka det.");
		}
		if (need.status() == Status.RECORDED) {
			return conflict("ej-bekraftat", "Behovet är antecknat av er RSS. Bekräfta det först, ändra det sedan.");
		}
		if (need.status() != Status.SUBMITTED && need.status() != Status.WAITLISTED) {
			return answered();
		}
		if (!need.owner().equals(municipalities.getFirst())) {
			return Decision
				.refuse(Refusal.invalid("municipalities", "Den kommun som skrev behovet måste stå först också nu."));
		}
		if (need.wording().equals(wording) && need.municipalities().equals(municipalities)) {
			return Decision.of();
		}
		return Decision.of(new NeedRevised(need.version() + 1, wording, municipalities));
	}

	/** A mark at any time before the answer, never removal. */
	static Decision<OfNeed> withdraw(Need need, String reason) {
		if (need.status() == Status.WITHDRAWN) {
			return Decision.of();
		}
		return ANSWERED.contains(need.status()) ? answered() : Decision.of(new NeedWithdrawn(reason));
	}

	/** What is added when the words can no longer be revised. */
	static Decision<OfNeed> supplement(Need need, String text) {
		return (need.status() == Status.DELIVERED) ? Decision.of(new NeedSupplemented(text))
				: conflict("ej-levererat", "Tillägg lämnas till behov som är levererade. Revidera behovet i stället.");
	}

	/** The author is asked something. */
	static Decision<OfNeed> ask(Need need, ClarificationId id, String question, LocalDate due, LocalDate today) {
		if (need.status() != Status.SUBMITTED && need.status() != Status.DELIVERED
				&& need.status() != Status.WAITLISTED) {
			return conflict("ej-oppet",
					"Behovet är inte öppet för frågor: det är obekräftat, besvarat eller" + " tillbakadraget.");
		}
		if (due.isBefore(today)) {
			return Decision.refuse(Refusal.invalid("due", "Sista svarsdag har redan varit."));
		}
		return Decision.of(new ClarificationAsked(id, question, due));
	}

	/** The author replies, once. */
	static Decision<OfNeed> reply(Need need, ClarificationId id, String reply) {
		Optional<Need.Clarification> asked = need.clarification(id);
		if (asked.isEmpty()) {
			return Decision.refuse(Refusal.notFound());
		}
		return (asked.get().reply() == null) ? Decision.of(new ClarificationAnswered(id, reply))
				: conflict("redan-svarat", "Frågan är redan besvarad.");
	}

	/** Out of scope: back with the answer (domain rule 11). */
	static Decision<OfNeed> turnBack(Need need, TurnedBackBecause because, String answer, @Nullable String support) {
		if (because == TurnedBackBecause.EXISTS && support == null) {
			return Decision.refuse(Refusal.invalid("support", "Ange vilket stöd som finns."));
		}
		Optional<Refusal> bound = bound(need, EnumSet.of(Status.SUBMITTED, Status.WAITLISTED));
		return bound.map(Decision::<OfNeed>refuse)
			.orElseGet(() -> Decision.of(new NeedTurnedBack(because, answer, support)));
	}

	/** Belongs to another area: waits there. */
	static Decision<OfNeed> waitlist(Need need, String area, String answer) {
		Optional<Refusal> bound = bound(need, EnumSet.of(Status.SUBMITTED));
		return bound.map(Decision::<OfNeed>refuse).orElseGet(() -> Decision.of(new NeedWaitlisted(area, answer)));
	}

	private static Optional<Refusal> bound(Need need, Set<Status> free) {
		if (!free.contains(need.status())) {
			return Optional.of(Refusal.conflict("ej-oppet",
					"Behovet väntar inte på svar från er: det är obekräftat, levererat, besvarat eller tillbakadraget."));
		}
		if (!need.merges().isEmpty()) {
			return Optional
				.of(Refusal.conflict("sammanslaget", "Behovet ingår i ett regionalt behov. Ta ut det därifrån först."));
		}
		return Optional.empty();
	}

	/**
	 * The cycle went on or was stopped without an answer: the need waits, and is told.
	 */
	static Decision<OfNeed> leaveBehind(Need need, String answer) {
		return (need.status() == Status.SUBMITTED || need.status() == Status.DELIVERED)
				? Decision.of(new NeedWaitlisted(need.area(), answer)) : Decision.of();
	}

	/** From the waiting list into a cycle. */
	static Decision<OfNeed> takeUp(Need need, CycleId id, CycleView cycle) {
		if (need.status() != Status.WAITLISTED) {
			return conflict("vantar-inte", "Behovet står inte på väntelistan.");
		}
		Optional<Refusal> closed = cycle.closedBecause();
		if (closed.isPresent()) {
			return Decision.refuse(closed.get());
		}
		if (!cycle.areas().contains(need.area())) {
			return conflict("annat-omrade", "Omgången omfattar inte det område som behovet väntar i.");
		}
		return cycle.askerOf(need.owner())
			.map((asker) -> Decision.<OfNeed>of(new NeedTakenUp(id, asker)))
			.orElseGet(() -> conflict("ej-fragad", "Omgången frågar inte kommunen."));
	}

	/**
	 * A regional need claims the exact version that is current; a need may be part of
	 * several.
	 */
	static Decision<OfNeed> claim(@Nullable Need need, RegionalNeedId by, Member member, CycleId cycle,
			OrganisationId rss) {
		if (need == null || !need.rss().equals(rss) || !cycle.equals(need.cycle())) {
			return conflict("finns-inte-i-listan", "Behovet " + member.need() + " finns inte i er region och omgång.");
		}
		if (need.merge(by).filter((merge) -> merge.version() == member.version()).isPresent()) {
			return Decision.of();
		}
		if (need.version() != member.version()) {
			return conflict("andrad-under-tiden",
					"Behovet " + member.need() + " har fått en ny version. Läs den och slå ihop på nytt.");
		}
		if (need.status() != Status.SUBMITTED && need.status() != Status.DELIVERED) {
			return conflict("ej-oppet", "Behovet " + member.need()
					+ " kan inte ingå i ett regionalt behov: det är obekräftat, besvarat, väntande eller tillbakadraget.");
		}
		return Decision.of(new NeedMerged(by));
	}

	/** A regional need lets go. */
	static Decision<OfNeed> release(Need need, RegionalNeedId by, String reason) {
		return need.merge(by).isPresent() ? Decision.of(new NeedSplit(by, reason)) : Decision.of();
	}

	/** The mark that follows from a delivery. */
	static Decision<OfNeed> deliver(Need need, RegionalNeedId with, int delivery) {
		return need.merge(with).filter(Need.Merge::delivered).isPresent() ? Decision.of()
				: Decision.of(new NeedDelivered(with, delivery));
	}

	/** The answer that follows from not being in a delivery. */
	static Decision<OfNeed> notDeliver(Need need, int delivery, String reason) {
		return (need.status() == Status.SUBMITTED) ? Decision.of(new NeedNotDelivered(delivery, reason))
				: Decision.of();
	}

	private static Decision<OfNeed> answered() {
		return conflict("redan-besvarat", "Behovet är redan besvarat eller tillbakadraget. Det prövas igen bara som ett"
				+ " nytt behov, med ny information.");
	}

	private static Decision<OfNeed> conflict(String code, String detail) {
		return Decision.refuse(Refusal.conflict(code, detail));
	}

}
