package se.lokalabehov.needintake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.scheduling.annotation.Scheduled;

import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.NoteId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteTakenUp;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.needintake.Draft.Phase;

/**
 * From the first keystroke to the submitted need: a draft is opened, edited, and
 * submitted. Submitting takes three writes (the draft stands still, the need comes to be,
 * the draft is emptied); what a crash leaves between them is carried on by
 * {@link #resume} or by whoever meets it.
 */
class Drafting {

	/** Days are counted where the municipalities are. */
	static final ZoneId SWEDEN = ZoneId.of("Europe/Stockholm");

	private final Aggregates<Draft, Draft> drafts;

	private final Aggregates<Need, OfNeed> needs;

	private final Aggregates<Asking, CollectionEvent> collections;

	private final Aggregates<QuestionNote, QuestionNoteEvent> notes;

	private final Heard heard;

	Drafting(Aggregates<Draft, Draft> drafts, Aggregates<Need, OfNeed> needs,
			Aggregates<Asking, CollectionEvent> collections, Aggregates<QuestionNote, QuestionNoteEvent> notes,
			Heard heard) {
		this.drafts = drafts;
		this.needs = needs;
		this.collections = collections;
		this.notes = notes;
		this.heard = heard;
	}

	static LocalDate day(Act act) {
		return LocalDate.ofInstant(act.at(), SWEDEN);
	}

	Outcome<Draft> open(Act act, Draft.Content content) {
		return checked(content).<Outcome<Draft>>map(Outcome::refuse)
			.orElseGet(() -> this.drafts.execute(act.newId("need"), act,
					(before) -> (before != null) ? Decision.of() : Decision.of(Draft.open(content))))
			.peek((done) -> takeUp(done.id(), done.state(), act.at()));
	}

	/**
	 * Opens what a row of a table says, under the identifier that follows from it: once,
	 * however often the table comes.
	 */
	Outcome<Draft> take(String id, Act table, Draft.Content content) {
		Act act = new Act(table.by(), table.role(), table.subject(), table.at(), Act.sha256("row|" + id),
				Act.sha256(id), null);
		return this.drafts.execute(id, act,
				(before) -> (before != null) ? Decision.of() : Decision.of(Draft.open(content)));
	}

	Outcome<Draft> edit(String id, Act act, Draft.Content content) {
		return checked(content).<Outcome<Draft>>map(Outcome::refuse)
			.orElseGet(() -> this.drafts.execute(id, act, (before) -> known(before).edit(content)))
			.peek((done) -> takeUp(done.id(), done.state(), act.at()));
	}

	Outcome<Need> submit(String id, Act act) {
		Act unconditional = new Act(act.by(), act.role(), act.subject(), act.at(), act.key(), act.fingerprint(), null);
		if (this.needs.find(id).isPresent()) {
			return this.needs.execute(id, unconditional, (need) -> submittedAlready());
		}
		Draft draft = this.drafts.find(id).orElseThrow().state();
		if (draft.phase() == Phase.OPEN && decide(draft.content(), act) instanceof Decision.Refused<OfNeed> refused) {
			return Outcome.refuse(refused.refusal());
		}
		Act unkeyed = new Act(act.by(), act.role(), act.subject(), act.at(), null, act.fingerprint(),
				act.expectedVersion());
		return switch (this.drafts.execute(id, unkeyed, (now) -> known(now).submit(unconditional))) {
			case Outcome.Refused<Draft> refused -> Outcome.refuse(refused.refusal());
			case Outcome.Done<Draft> still -> {
				Outcome<Need> outcome = carryOut(id, still.state());
				// Somebody else's submission that was met on the way is not the answer to
				// this one.
				yield unconditional.equals(still.state().submission()) ? outcome : submit(id, unconditional);
			}
		};
	}

	private Outcome<Need> carryOut(String id, Draft draft) {
		Act act = draft.submittedBy();
		takeUp(id, draft, act.at());
		Outcome<Need> outcome = this.needs.execute(id, act,
				(need) -> (need != null) ? submittedAlready() : decide(draft.content(), act));
		boolean stands = this.needs.find(id).isPresent();
		this.drafts.execute(id, Act.system(act.by(), act.at(), stands + "|" + id + "|" + act.at()),
				(now) -> stands ? known(now).done() : known(now).reopen());
		return outcome;
	}

	/** Carries on what a crash has left. */
	@Scheduled(fixedDelay = 10_000)
	void resume() {
		Resuming.each(this.drafts.all(Criteria.where("state.phase").is(Phase.SUBMITTING.name())), Stored::id,
				(left) -> carryOut(left.id(), left.state()));
		Resuming.each(
				this.drafts
					.all(Criteria.where("state.phase").is(Phase.OPEN.name()).and("state.content.notes.0").exists(true)),
				Stored::id, (left) -> takeUp(left.id(), left.state(), left.created()));
	}

	private Decision<OfNeed> decide(Draft.Content draft, Act act) {
		OrganisationId owner = draft.municipalities().getFirst();
		Optional<CycleView> cycle = Optional.ofNullable(draft.cycle()).flatMap(this.heard::cycle);
		if (draft.cycle() != null && cycle.isEmpty()) {
			return Decision.refuse(Refusal.notHereYet("Omgången"));
		}
		Optional<Refusal> again = Optional.ofNullable(draft.reconsiders()).flatMap((old) -> reconsidering(old, owner));
		if (again.isPresent()) {
			return Decision.refuse(again.get());
		}
		OrganisationId asker = cycle.flatMap((one) -> one.askerOf(owner))
			.orElseGet(() -> this.heard.askerOf(owner, day(act)));
		return NeedDecider.submit(draft, cycle.orElse(null), asker, lastDay(draft, cycle, asker).orElse(day(act)),
				day(act));
	}

	private Optional<LocalDate> lastDay(Draft.Content draft, Optional<CycleView> cycle, OrganisationId asker) {
		return cycle.filter(CycleView::isOpen)
			.map((open) -> this.collections.find(Asking.id(Objects.requireNonNull(draft.cycle()), asker).value())
				.map((found) -> found.state().due())
				.orElseGet(() -> open.lastDay(Step.ANSWER)));
	}

	private Optional<Refusal> reconsidering(NeedId old, OrganisationId owner) {
		return NeedDecider.reconsider(this.needs.find(old.value()).map(Stored::state).orElse(null),
				this.heard.isDecided(old), owner);
	}

	/** What must hold of a draft at any time. */
	private Optional<Refusal> checked(Draft.Content content) {
		if ((content.reconsiders() == null) != (content.newInformation() == null)) {
			return Optional.of(Refusal.invalid("newInformation",
					"Ett behov prövas igen bara med ny information: ange både vilket behov och vad som är nytt."));
		}
		OrganisationId owner = content.municipalities().getFirst();
		boolean own = content.notes()
			.stream()
			.allMatch((note) -> this.notes.find(note.value())
				.filter((found) -> found.state().organisation().equals(owner))
				.isPresent());
		return own ? Optional.empty()
				: Optional.of(Refusal.invalid("notes", "Någon av frågenoteringarna finns inte hos er."));
	}

	/** A note leads to one need, the first that is drafted from it. */
	private void takeUp(String draft, Draft content, Instant at) {
		for (NoteId note : content.content().notes()) {
			this.notes.execute(note.value(), Act.system(content.owner(), at, "taken up|" + note + "|" + draft),
					(now) -> (known(now).need() != null) ? Decision.of()
							: Decision.of(new NoteTakenUp(new NeedId(draft))));
		}
	}

	private static Decision<OfNeed> submittedAlready() {
		return Decision.refuse(Refusal.conflict("redan-inskickat", "Behovet är redan inskickat."));
	}

	private static <T> T known(@Nullable T stored) {
		return Objects.requireNonNull(stored, "was there a moment ago");
	}

}
