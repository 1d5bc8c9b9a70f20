package se.lokalabehov.needintake;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.mongodb.core.query.Criteria;

import org.springframework.scheduling.annotation.Scheduled;

import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedEvent.OfRegionalNeed;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.needintake.Forming.Intent;
import se.lokalabehov.needintake.RegionalNeedDecider.Surroundings;

/**
 * One region's list in one cycle: regional needs are formed, changed, dissolved and
 * delivered, one act at a time per list. A regional need claims each of its needs by a
 * conditional act on that need; if one is refused the others are let go and the whole is
 * refused. The intent is written down first, so whatever moment a crash picks,
 * {@link #resume} carries it to its end.
 */
class RegionalLists {

	private final Aggregates<Need, OfNeed> needs;

	private final Aggregates<RegionalNeed, OfRegionalNeed> regionalNeeds;

	private final Aggregates<Asking, CollectionEvent> collections;

	private final Aggregates<Forming, Forming> formings;

	private final Heard heard;

	private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

	RegionalLists(Aggregates<Need, OfNeed> needs, Aggregates<RegionalNeed, OfRegionalNeed> regionalNeeds,
			Aggregates<Asking, CollectionEvent> collections, Aggregates<Forming, Forming> formings, Heard heard) {
		this.needs = needs;
		this.regionalNeeds = regionalNeeds;
		this.collections = collections;
		this.formings = formings;
		this.heard = heard;
	}

	Outcome<RegionalNeed> form(Intent.Form form) {
		String list = list(form.cycle(), form.rss());
		return alone(list, () -> {
			if (this.regionalNeeds.find(form.regionalNeed().value()).isPresent()) {
				// The same request again.
				return this.regionalNeeds.execute(form.regionalNeed().value(), form.act(), (there) -> Decision.of());
			}
			return unlessRefused(refusal(claims(form.regionalNeed(), form.members(), form.cycle(), form.rss())),
					() -> through(list, form, this::carryOut));
		});
	}

	Outcome<RegionalNeed> change(RegionalNeed seen, Intent.Change change) {
		String list = list(seen.cycle(), seen.rss());
		return alone(list, () -> {
			Stored<RegionalNeed> now = stored(change.regionalNeed());
			Decision<OfRegionalNeed> decision = RegionalNeedDecider.change(now.state(),
					surroundings(change.regionalNeed(), now.state()), change.wording(), change.members());
			boolean stale = change.act().expectedVersion() != null && change.act().expectedVersion() != now.version();
			if (stale || !(decision instanceof Decision.Accepted<OfRegionalNeed> accepted)
					|| accepted.events().isEmpty()) {
				// Nothing to claim: answered, repeated or refused in one step.
				return this.regionalNeeds.execute(now.id(), change.act(), (there) -> decision);
			}
			return unlessRefused(refusal(claims(change.regionalNeed(), change.members(), seen.cycle(), seen.rss())),
					() -> through(list, change, this::carryOut));
		});
	}

	Outcome<RegionalNeed> dissolve(RegionalNeed seen, Intent.Dissolve dissolve) {
		String list = list(seen.cycle(), seen.rss());
		return alone(list, () -> through(list, dissolve, this::carryOut));
	}

	Outcome<Asking> deliver(CycleId cycle, OrganisationId asker, Intent.Deliver deliver) {
		String list = list(cycle, asker);
		return alone(list, () -> through(list, deliver, (intent) -> carryOut(list, intent)));
	}

	/**
	 * The cycle has closed or was stopped: what is not delivered is split, and its needs
	 * wait, and are told.
	 * @param answer what the municipalities read
	 * @param alsoDelivered whether delivered needs that nobody has answered wait too
	 */
	void leaveBehind(CycleId cycle, OrganisationId rss, String answer, boolean alsoDelivered, Act act) {
		alone(list(cycle, rss), () -> {
			Optional<Asking> asking = this.collections.find(list(cycle, rss)).map(Stored::state);
			Criteria undelivered = ofList(cycle, rss).and("state.deliveredVersion").is(0);
			for (Stored<RegionalNeed> one : this.regionalNeeds.all(undelivered)) {
				RegionalNeedId id = new RegionalNeedId(one.id());
				if (asking.flatMap((list) -> list.deliveryOf(id)).isEmpty()) {
					this.regionalNeeds.execute(one.id(), follows(act, "left", one.id()),
							(now) -> RegionalNeedDecider.leaveBehind(known(now), answer));
					release(id, act, answer);
				}
			}
			Criteria unanswered = ofList(cycle, rss).and("state.status")
				.in(Need.Status.SUBMITTED.name(), Need.Status.DELIVERED.name());
			for (Stored<Need> one : this.needs.all(unanswered)) {
				NeedId id = new NeedId(one.id());
				boolean delivered = one.state().status() == Need.Status.DELIVERED
						|| asking.filter((list) -> list.isAboutToMark(id, one.state())).isPresent();
				if (!delivered || alsoDelivered && !this.heard.isDecided(id)) {
					this.needs.execute(one.id(), follows(act, "left", one.id()),
							(now) -> NeedDecider.leaveBehind(known(now), answer));
				}
			}
			return act;
		});
	}

	/** Carries out what a crash has left. */
	@Scheduled(fixedDelay = 10_000)
	void resume() {
		Resuming.each(this.formings.all(Criteria.where("state.intent").exists(true)), Stored::id,
				(left) -> alone(left.id(), left::id));
	}

	private <T> T alone(String list, Supplier<T> work) {
		ReentrantLock lock = this.locks.computeIfAbsent(list, (key) -> new ReentrantLock());
		lock.lock();
		try {
			// Also another process's: every step can be taken twice without harm.
			this.formings.find(list).map((found) -> found.state().intent()).ifPresent((left) -> {
				carryOutAny(list, left);
				end(list, left);
			});
			return work.get();
		}
		finally {
			lock.unlock();
		}
	}

	private <I extends Intent, S> Outcome<S> through(String list, I intent, Function<I, Outcome<S>> work) {
		Outcome<Forming> begun = this.formings.execute(list, unkeyed(intent.act()),
				(now) -> (now != null && now.intent() != null)
						? Decision.refuse(Refusal.conflict("upptaget",
								"Listan ändras just nu av någon annan. Försök igen om en stund."))
						: Decision.of(new Forming(intent)));
		if (begun instanceof Outcome.Refused<Forming> refused) {
			return Outcome.refuse(refused.refusal());
		}
		Outcome<S> outcome = work.apply(intent);
		end(list, intent);
		return outcome;
	}

	private void end(String list, Intent intent) {
		this.formings.execute(list, unkeyed(intent.act()),
				(now) -> intent.equals(known(now).intent()) ? Decision.of(Forming.NOTHING) : Decision.of());
	}

	private void carryOutAny(String list, Intent left) {
		switch (left) {
			case Intent.Form form -> carryOut(form);
			case Intent.Change change -> carryOut(change);
			case Intent.Dissolve dissolve -> carryOut(dissolve);
			case Intent.Deliver deliver -> carryOut(list, deliver);
		}
	}

	private Outcome<RegionalNeed> carryOut(Intent.Form form) {
		RegionalNeedId id = form.regionalNeed();
		Outcome<RegionalNeed> outcome = unlessRefused(claim(id, form.members(), form.cycle(), form.rss(), form.act()),
				() -> this.heard.cycle(form.cycle())
					.map((cycle) -> this.regionalNeeds.execute(id.value(), form.act(),
							(now) -> RegionalNeedDecider.form(now, form.cycle(), cycle, form.rss(), form.wording(),
									form.members())))
					.orElseGet(() -> Outcome.refuse(Refusal.notHereYet("Omgången"))));
		release(id, form.act(), "Sammanslagningen blev inte av.");
		return outcome;
	}

	private Outcome<RegionalNeed> carryOut(Intent.Change change) {
		RegionalNeedId id = change.regionalNeed();
		RegionalNeed before = stored(id).state();
		Outcome<RegionalNeed> outcome = unlessRefused(
				claim(id, change.members(), before.cycle(), before.rss(), change.act()),
				() -> this.regionalNeeds.execute(id.value(), change.act(), (now) -> RegionalNeedDecider
					.change(known(now), surroundings(id, known(now)), change.wording(), change.members())));
		release(id, change.act(), "Behovet togs ut ur det regionala behovet.");
		return outcome;
	}

	private Outcome<RegionalNeed> carryOut(Intent.Dissolve dissolve) {
		RegionalNeedId id = dissolve.regionalNeed();
		Outcome<RegionalNeed> outcome = this.regionalNeeds.execute(id.value(), dissolve.act(), (now) -> {
			Surroundings surroundings = surroundings(id, known(now));
			return dissolve.bySkr() ? RegionalNeedDecider.undo(known(now), surroundings, dissolve.reason())
					: RegionalNeedDecider.dissolve(known(now), surroundings, dissolve.reason());
		});
		release(id, dissolve.act(), dissolve.reason());
		return outcome;
	}

	private Outcome<Asking> carryOut(String list, Intent.Deliver deliver) {
		return this.collections.execute(list, deliver.act(), (now) -> {
			Asking asking = known(now);
			Criteria ofList = ofList(asking.cycle(), asking.asker());
			// Read here, as they are stored at the moment of the decision.
			return this.heard.cycle(asking.cycle())
				.map((cycle) -> AskingDecider.deliver(asking, cycle, deliver.order(),
						this.regionalNeeds.all(ofList)
							.stream()
							.collect(Collectors.toMap((one) -> new RegionalNeedId(one.id()), Stored::state)),
						this.needs.all(ofList)
							.stream()
							.collect(Collectors.toMap((one) -> new NeedId(one.id()), Stored::state))))
				.orElseGet(() -> Decision.refuse(Refusal.notHereYet("Omgången")));
		});
	}

	/** What the claims would say, asked before any is made. */
	private List<Decision<OfNeed>> claims(RegionalNeedId id, List<Member> members, CycleId cycle, OrganisationId rss) {
		Map<String, Need> found = this.needs.findAll(members.stream().map((member) -> member.need().value()).toList())
			.stream()
			.collect(Collectors.toMap(Stored::id, Stored::state));
		return members.stream()
			.map((member) -> NeedDecider.claim(found.get(member.need().value()), id, member, cycle, rss))
			.toList();
	}

	private static Optional<Refusal> refusal(List<Decision<OfNeed>> decisions) {
		return decisions.stream()
			.flatMap((decision) -> (decision instanceof Decision.Refused<OfNeed> refused)
					? Optional.of(refused.refusal()).stream() : Optional.<Refusal>empty().stream())
			.findFirst();
	}

	/** Claims one after the other, until one is refused. */
	private Optional<Refusal> claim(RegionalNeedId id, List<Member> members, CycleId cycle, OrganisationId rss,
			Act act) {
		for (Member member : members) {
			Outcome<Need> claimed = this.needs.execute(member.need().value(),
					follows(act, "claimed by " + id, member.need() + "." + member.version()),
					(need) -> NeedDecider.claim(need, id, member, cycle, rss));
			if (claimed instanceof Outcome.Refused<Need> refused) {
				return Optional.of(refused.refusal());
			}
		}
		return Optional.empty();
	}

	/** Lets go of every need that the regional need, as it is stored, does not hold. */
	private void release(RegionalNeedId id, Act act, String reason) {
		Optional<RegionalNeed> regionalNeed = this.regionalNeeds.find(id.value()).map(Stored::state);
		for (Stored<Need> need : this.needs.all(Criteria.where("state.merges.regionalNeed").is(id.value()))) {
			if (regionalNeed.filter((one) -> one.claims(new NeedId(need.id()))).isEmpty()) {
				Outcome<Need> released = this.needs.execute(need.id(), follows(act, "released by " + id, need.id()),
						(now) -> NeedDecider.release(known(now), id, reason));
				if (released instanceof Outcome.Refused<Need> refused) {
					// The intent stays, so it is tried again.
					throw new TransientDataAccessResourceException("not released: " + refused.refusal().code());
				}
			}
		}
	}

	private Surroundings surroundings(RegionalNeedId id, RegionalNeed regionalNeed) {
		// Asked of the collection too, as the mark on the regional need comes after.
		boolean delivered = regionalNeed.deliveredVersion() > 0
				|| this.collections.find(list(regionalNeed.cycle(), regionalNeed.rss()))
					.flatMap((found) -> found.state().deliveryOf(id))
					.isPresent();
		return this.heard.surroundings(id, regionalNeed.cycle(), delivered);
	}

	/** The surroundings of a regional need, for acts of one write. */
	Decision<OfRegionalNeed> requestUndoing(RegionalNeedId id, RegionalNeed now, String reason) {
		return RegionalNeedDecider.requestUndoing(now, surroundings(id, now), reason);
	}

	private Stored<RegionalNeed> stored(RegionalNeedId id) {
		return this.regionalNeeds.find(id.value()).orElseThrow();
	}

	private static Criteria ofList(CycleId cycle, OrganisationId rss) {
		return Criteria.where("state.cycle").is(cycle.value()).and("state.rss").is(rss.value());
	}

	private static String list(CycleId cycle, OrganisationId asker) {
		return Asking.id(cycle, asker).value();
	}

	private static <S> Outcome<S> unlessRefused(Optional<Refusal> refusal, Supplier<Outcome<S>> next) {
		return refusal.map(Outcome::<S>refuse).orElseGet(next);
	}

	/** The same step of the same act is taken once. */
	private static Act follows(Act act, String step, String of) {
		return Act.system(act.by(), act.at(), String.join("|", step, of, act.fingerprint(), act.at().toString()));
	}

	private static Act unkeyed(Act act) {
		return new Act(act.by(), act.role(), act.subject(), act.at(), null, act.fingerprint(), null);
	}

	private static <T> T known(@Nullable T stored) {
		return Objects.requireNonNull(stored, "was there a moment ago");
	}

}
