package se.lokalabehov.prioritisation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.prioritisation.model.Cycle;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Who may see and do what in this service; the only place (domain rule 7).
 */
final class Access {

	static final OrganisationId SKR = new OrganisationId("SKR");

	private Access() {
	}

	/** SKR opens, changes and ends cycles, and runs national rounds. */
	static boolean isSkr(Caller caller) {
		return caller.is(Role.SKR_COMPILER, SKR);
	}

	/** SKR's administrator blanks texts. */
	static boolean mayRedact(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR);
	}

	/** A social chief among the choosers tells which area was chosen, or SKR does. */
	static boolean mayChoose(Caller caller, List<OrganisationId> choosers) {
		return isSkr(caller) || isChooser(caller, choosers);
	}

	private static boolean isChooser(Caller caller, List<OrganisationId> choosers) {
		return choosers.stream().anyMatch((chooser) -> caller.is(Role.SOCIAL_CHIEF, chooser));
	}

	/** A municipality is known by its own roles: its editor sees what everybody sees. */
	private static boolean isMunicipal(Caller caller) {
		return caller.is(Role.MUNICIPALITY_AUTHOR) || caller.is(Role.MUNICIPALITY_APPROVER)
				|| caller.is(Role.SOCIAL_CHIEF);
	}

	/**
	 * A cycle is public from its opening; before that SKR and the choosers see it.
	 * Whoever blanks texts must find them.
	 */
	static boolean maySee(Caller caller, Cycle cycle) {
		return cycle.opened().isPresent() || isSkr(caller) || isChooser(caller, cycle.choice().choosers())
				|| mayRedact(caller);
	}

	/** {@link #maySee(Caller, Cycle)} as a question to the store. */
	static Criteria visibleCycles(Caller caller) {
		if (isSkr(caller) || mayRedact(caller)) {
			return new Criteria();
		}
		List<Criteria> any = new ArrayList<>();
		any.add(Criteria.where("state.kind").in("Open", "Finished"));
		any.add(Criteria.where("state.kind").is("Cancelled").and("state.opening").exists(true));
		if (caller.is(Role.SOCIAL_CHIEF)) {
			any.add(Criteria.where("state.choice.choosers").is(caller.organisation().value()));
		}
		return new Criteria().orOperator(any);
	}

	/**
	 * An RSS runs rounds on its own regional needs; SKR national ones, and regional ones
	 * for the municipalities without an RSS.
	 */
	static boolean mayOpenRound(Caller caller, Level level) {
		return isSkr(caller) || (level == Level.REGIONAL && caller.is(Role.RSS_COORDINATOR));
	}

	/** Whoever runs a round extends, reminds, closes and cancels it. */
	static boolean runs(Caller caller, Round round) {
		OrganisationId owner = round.terms().owner();
		return owner.equals(SKR) ? isSkr(caller) : caller.is(Role.RSS_COORDINATOR, owner);
	}

	/** A seat's ballot is cast and read by its social chief, or by the deputy's. */
	static boolean speaksFor(Caller caller, Seat seat) {
		return caller.is(Role.SOCIAL_CHIEF, seat.organisation())
				|| (seat.deputy() != null && caller.is(Role.SOCIAL_CHIEF, seat.deputy()));
	}

	/** Those who take part: who runs it, and the panel. */
	static boolean takesPart(Caller caller, Round round) {
		return runs(caller, round) || round.terms().panel().stream().anyMatch((seat) -> speaksFor(caller, seat));
	}

	/**
	 * Those without a vote may comment while it is open, in whatever role they take part
	 * in the seven moments; an editor or an administrator is as the public.
	 */
	static boolean observes(Caller caller, Round round) {
		return mayObserve(caller) && round.terms().procedure().observers().contains(caller.organisation());
	}

	private static boolean mayObserve(Caller caller) {
		return isMunicipal(caller) || caller.is(Role.RSS_COORDINATOR) || caller.is(Role.SKR_COMPILER)
				|| caller.is(Role.AGENCY_OFFICER);
	}

	/**
	 * Those who take part see a round from the beginning, and so do the observers and
	 * whoever blanks texts. When it is closed a national one is public, a regional one is
	 * seen in the municipalities of its region.
	 * @param cycle the round's cycle, which froze the regions
	 */
	static boolean maySee(Caller caller, Round round, Optional<Cycle> cycle) {
		if (takesPart(caller, round) || observes(caller, round) || mayRedact(caller)) {
			return true;
		}
		return round instanceof Round.Closed && switch (round.terms().level()) {
			case NATIONAL -> true;
			case REGIONAL -> isMunicipal(caller) && cycle.flatMap(Cycle::opened)
				.map((opening) -> opening.askedBy(round.terms().owner()))
				.filter((region) -> region.contains(caller.organisation()))
				.isPresent();
		};
	}

	/**
	 * {@link #maySee(Caller, Round, Optional)} as a question to the store.
	 * @param askers who asks the caller's municipality, by cycle
	 */
	static Criteria visibleRounds(Caller caller, Map<String, OrganisationId> askers) {
		if (mayRedact(caller)) {
			return new Criteria();
		}
		List<Criteria> any = new ArrayList<>();
		any.add(Criteria.where("state.kind").is("Closed").and("state.terms.level").is(Level.NATIONAL.name()));
		String organisation = caller.organisation().value();
		if (mayObserve(caller)) {
			any.add(Criteria.where("state.terms.procedure.observers").is(organisation));
		}
		if (isSkr(caller) || caller.is(Role.RSS_COORDINATOR)) {
			any.add(Criteria.where("state.terms.owner").is(organisation));
		}
		if (caller.is(Role.SOCIAL_CHIEF)) {
			any.add(Criteria.where("state.terms.panel.organisation").is(organisation));
			any.add(Criteria.where("state.terms.panel.deputy").is(organisation));
		}
		if (isMunicipal(caller)) {
			askers.forEach((cycle,
					asker) -> any.add(Criteria.where("state.kind")
						.is("Closed")
						.and("state.terms.level")
						.is(Level.REGIONAL.name())
						.and("state.terms.cycle")
						.is(cycle)
						.and("state.terms.owner")
						.is(asker.value())));
		}
		return new Criteria().orOperator(any);
	}

}
