package se.lokalabehov.portal;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent.AreaChosen;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.CollectionEvent.MunicipalitiesReminded;
import se.lokalabehov.contracts.CollectionEvent.NoNeedsAnswered;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;
import se.lokalabehov.contracts.NeedEvent.ClarificationAnswered;
import se.lokalabehov.contracts.NeedEvent.ClarificationAsked;
import se.lokalabehov.contracts.NeedEvent.NeedConfirmed;
import se.lokalabehov.contracts.NeedEvent.NeedNotDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedSplit;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.NeedSupplemented;
import se.lokalabehov.contracts.NeedEvent.NeedTakenUp;
import se.lokalabehov.contracts.NeedEvent.NeedTurnedBack;
import se.lokalabehov.contracts.NeedEvent.NeedWaitlisted;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.contracts.NeedEvent.UndoingRequested;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RankingEvent.RoundCommented;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.contracts.RankingEvent.SeatsReminded;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Who may see what of a trace (domain rules 7 and 13), and who may change the directory:
 * every such rule of the portal is here. Each part of a trace is seen by whom its own
 * service shows it to; besides, those who stand behind a need see it all the way to its
 * answer (rules 2 and 3). A municipality and an RSS are known by their own roles, so that
 * a FoU editor at a municipality sees what everybody sees.
 */
final class Access {

	static final OrganisationId SKR = new OrganisationId("SKR");

	private static final Set<Role> MUNICIPAL = Set.of(Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER,
			Role.SOCIAL_CHIEF);

	private Access() {
	}

	/** Changes of the directory are made by an administrator of SKR. */
	static boolean mayChangeTheDirectory(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR);
	}

	/** Who looks after where agencies' systems are reached. */
	static boolean mayConnect(Caller caller) {
		return caller.is(Role.ADMINISTRATOR)
				&& (caller.organisation().equals(SKR) || Names.agencies().contains(caller.organisation().value()));
	}

	/** What is told of the site's accessibility is answered by SKR's administrator. */
	static boolean mayAnswerReports(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR);
	}

	/**
	 * Who registers, hands out and archives an organisation's own matters: those who
	 * decide for it in the seven moments, and its administrator, who stands for its
	 * registrar. They see the whole story of what is its own ({@link Matter#isOwn}).
	 */
	static boolean mayKeepTheRecords(Caller caller) {
		return caller.is(Role.MUNICIPALITY_APPROVER) || caller.is(Role.RSS_COORDINATOR) || caller.is(Role.SKR_COMPILER)
				|| caller.is(Role.AGENCY_OFFICER) || caller.is(Role.ADMINISTRATOR);
	}

	/** What was archived elsewhere is taken in by an administrator of SKR. */
	static boolean mayTakeIn(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR);
	}

	/** Texts are blanked by an administrator of SKR, on the word of whose they are. */
	static boolean mayDestroy(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR);
	}

	/** Who runs the installation: mail, parked events, everybody's roles. */
	static boolean runsThePlatform(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR);
	}

	/**
	 * Lets only those through who run the installation.
	 * @throws WhoMayOpen.NotForYou for anybody else
	 */
	static void mustRunThePlatform(Caller caller) {
		if (!runsThePlatform(caller)) {
			throw new WhoMayOpen.NotForYou();
		}
	}

	/**
	 * Whose needs one may list.
	 *
	 * @param municipality of which municipality, all when none
	 * @param rss only of this region, all when none
	 * @param ofSkr only what SKR asks for itself, what waits, and what is delivered
	 */
	record Scope(@Nullable String municipality, @Nullable String rss, boolean ofSkr) {
	}

	/**
	 * Whose needs a caller may list: a municipality its own, an RSS those of its region,
	 * SKR those that it sees; none for everybody else, and for another municipality's.
	 * @param municipality the municipality that is asked for, if any
	 */
	static Optional<Scope> mayList(Caller caller, @Nullable String municipality) {
		String own = caller.organisation().value();
		if (isSkr(caller)) {
			return Optional.of(new Scope(municipality, null, !caller.is(Role.ADMINISTRATOR)));
		}
		if (caller.is(Role.RSS_COORDINATOR)) {
			return Optional.of(new Scope(municipality, own, false));
		}
		return (isMunicipal(caller) && (municipality == null || municipality.equals(own)))
				? Optional.of(new Scope(own, null, false)) : Optional.empty();
	}

	/**
	 * Whether the caller is told the numbers of the whole country as they are, also when
	 * few are behind them.
	 */
	static boolean counts(Caller caller) {
		return isSkr(caller);
	}

	/** The same of a region: it and SKR. */
	static boolean countsRegion(Caller caller, String rss) {
		return isSkr(caller) || caller.is(Role.RSS_COORDINATOR) && isAmong(caller, Set.of(rss));
	}

	/** The same of a municipality: it, its RSS and SKR. */
	static boolean countsMunicipality(Caller caller, String municipality, @Nullable String rss) {
		return isMunicipalityAmong(caller, Set.of(municipality)) || isSkr(caller)
				|| rss != null && countsRegion(caller, rss);
	}

	/** Who says a municipality's indicators: its approver. */
	static boolean mayReport(Caller caller, String municipality) {
		return caller.is(Role.MUNICIPALITY_APPROVER) && isAmong(caller, Set.of(municipality));
	}

	/** Whether something is the caller's municipality's own. */
	static boolean isOwn(Caller caller, Node node) {
		return isMunicipalityAmong(caller, node.municipalities());
	}

	/** How much of a node the caller may see. */
	static Sight sight(Caller caller, Node node, Gathered around) {
		return switch (node.kind()) {
			case CYCLE -> cycle(caller, node);
			case COLLECTION -> collection(caller, node);
			case QUESTION_NOTE -> questionNote(caller, node);
			case NEED -> need(caller, node, around);
			case REGIONAL_NEED -> regionalNeed(caller, node, around);
			case NATIONAL_NEED -> nationalNeed(caller, node, around);
			case ROUND -> round(caller, node, around);
			case HAND_OFF -> handOff(caller, node, around);
			case FEEDBACK -> node.has(FeedbackDecided.class) ? Sight.WHOLE : Sight.NONE;
			case FOLLOW_UP -> followUp(caller, node, around);
			case RECORD -> Sight.WHOLE;
		};
	}

	/** Published from opening; before that for SKR and the chiefs who chose. */
	private static Sight cycle(Caller caller, Node cycle) {
		boolean chose = caller.is(Role.SOCIAL_CHIEF) && cycle.last(AreaChosen.class)
			.filter((chosen) -> chosen.choosers().contains(caller.organisation()))
			.isPresent();
		return (cycle.has(CycleOpened.class) || isSkr(caller) || chose) ? Sight.WHOLE : Sight.NONE;
	}

	/** The asker's and SKR's; a municipality sees what it was asked itself. */
	private static Sight collection(Caller caller, Node collection) {
		if (asks(caller, collection.rss()) || isSkr(caller)) {
			return Sight.WHOLE;
		}
		return isMunicipalityAmong(caller, collection.municipalities()) ? Sight.PART : Sight.NONE;
	}

	/**
	 * Stays in the organisation that noted it. (Its RSS, which may work with it, reads it
	 * among the notes.)
	 */
	private static Sight questionNote(Caller caller, Node note) {
		boolean own = (isMunicipal(caller) || caller.is(Role.RSS_COORDINATOR))
				&& isAmong(caller, note.municipalities());
		return (own || caller.is(Role.ADMINISTRATOR, SKR)) ? Sight.WHOLE : Sight.NONE;
	}

	/**
	 * Whole for the municipalities behind it and their RSS; once it is delivered for SKR
	 * and for the agencies that a national need with it was given to, for SKR also while
	 * it waits; in part for everybody when a national need that it is behind is
	 * published.
	 */
	private static Sight need(Caller caller, Node need, Gathered around) {
		if (isMunicipalityAmong(caller, need.municipalities()) || asks(caller, need.rss())
				|| need.delivered() && (isSkr(caller) || isGivenWithANationalNeed(caller, need, around))
				|| need.waiting() && isSkr(caller) || caller.is(Role.ADMINISTRATOR, SKR)) {
			return Sight.WHOLE;
		}
		return around.isBehindWhatIsPublished(need) ? Sight.PART : Sight.NONE;
	}

	/**
	 * Whole for its RSS, once it is delivered for SKR and for the agencies that a
	 * national need with it was given to; in part for the municipalities behind it and,
	 * while it is open, for the panel that ranks it.
	 */
	private static Sight regionalNeed(Caller caller, Node need, Gathered around) {
		if (asks(caller, need.rss())
				|| need.delivered() && (isSkr(caller) || isGivenWithANationalNeed(caller, need, around))
				|| caller.is(Role.ADMINISTRATOR, SKR)) {
			return Sight.WHOLE;
		}
		return (isMunicipalityAmong(caller, need.municipalities()) || ranks(caller, need, around)) ? Sight.PART
				: Sight.NONE;
	}

	/** Whether the caller sits on an open panel that ranks it. */
	private static boolean ranks(Caller caller, Node need, Gathered around) {
		return around.all(Kind.ROUND)
			.stream()
			.anyMatch(
					(round) -> round.links().contains(need.id()) && round.isOpenRound() && isOnThePanel(caller, round));
	}

	/**
	 * Whole for SKR and the agencies that it was given to; in part for those behind it,
	 * for the panel that ranks it, and for everybody when it is published.
	 */
	private static Sight nationalNeed(Caller caller, Node national, Gathered around) {
		if (isSkr(caller) || isGivenNational(caller, national, around)) {
			return Sight.WHOLE;
		}
		return (isBehind(caller, national) || ranks(caller, national, around) || around.isPublished(national))
				? Sight.PART : Sight.NONE;
	}

	/** To screen it, or to answer it. */
	private static boolean isGivenNational(Caller caller, Node national, Gathered around) {
		return caller.is(Role.AGENCY_OFFICER) && (Stream
			.concat(national.events(ScreeningAsked.class).flatMap((asked) -> asked.agencies().stream()),
					national.events(NationalNeedScreened.class).map(NationalNeedScreened::judgedBy))
			.anyMatch(caller.organisation()::equals)
				|| around.find(Kind.HAND_OFF, national.id()).filter((handOff) -> isGiven(caller, handOff)).isPresent());
	}

	private static boolean isGivenWithANationalNeed(Caller caller, Node need, Gathered around) {
		return around.nationalsWith(need.id()).anyMatch((national) -> isGivenNational(caller, national, around));
	}

	/**
	 * The owner's, the panel's and the observers', and SKR's administrator's, who blanks
	 * texts; published when a national round has closed, and to the region when a
	 * regional one has. How anyone voted is in no event.
	 */
	private static Sight round(Caller caller, Node round, Gathered around) {
		if (asks(caller, round.rss()) || isOnThePanel(caller, round) || isObserver(caller, round)
				|| caller.is(Role.ADMINISTRATOR, SKR)) {
			return Sight.WHOLE;
		}
		if (!round.has(RoundClosed.class)) {
			return Sight.NONE;
		}
		boolean ofTheRegion = isMunicipal(caller) && isAmong(caller, around.region(round.cycle(), round.rss()));
		return (Gathered.isNational(round) || ofTheRegion) ? Sight.PART : Sight.NONE;
	}

	/** An editor or an administrator is as the public. */
	private static boolean isObserver(Caller caller, Node round) {
		boolean takesPart = isMunicipal(caller) || caller.is(Role.RSS_COORDINATOR) || caller.is(Role.SKR_COMPILER)
				|| caller.is(Role.AGENCY_OFFICER);
		return takesPart && round.last(RoundOpened.class)
			.filter((opened) -> opened.run().observers().contains(caller.organisation()))
			.isPresent();
	}

	/** Whether the caller's office has a seat, or is a seat's deputy. */
	static boolean isOnThePanel(Caller caller, Node round) {
		return caller.is(Role.SOCIAL_CHIEF) && round.last(RoundOpened.class)
			.stream()
			.flatMap((opened) -> opened.panel().stream())
			.anyMatch((seat) -> caller.organisation().equals(seat.organisation())
					|| caller.organisation().equals(seat.deputy()));
	}

	/**
	 * Whole for SKR and the agencies concerned; in part for those behind it, and for
	 * everybody from the decision that came of it.
	 */
	private static Sight handOff(Caller caller, Node handOff, Gathered around) {
		if (isSkr(caller) || isGiven(caller, handOff)) {
			return Sight.WHOLE;
		}
		boolean decided = around.find(Kind.FEEDBACK, handOff.id())
			.filter((feedback) -> feedback.has(FeedbackDecided.class))
			.isPresent();
		return (isBehind(caller, handOff) || decided) ? Sight.PART : Sight.NONE;
	}

	private static boolean isGiven(Caller caller, Node handOff) {
		return caller.is(Role.AGENCY_OFFICER) && handOff.events(NeedHandedOver.class)
			.anyMatch((handed) -> caller.organisation().equals(handed.agency())
					|| handed.contributors().contains(caller.organisation()));
	}

	/** The municipality's own, its RSS's, SKR's, and the agencies' concerned. */
	private static Sight followUp(Caller caller, Node followUp, Gathered around) {
		boolean answered = caller.is(Role.AGENCY_OFFICER) && followUp.links()
			.stream()
			.flatMap((id) -> Stream.of(around.find(Kind.FEEDBACK, id), around.find(Kind.NATIONAL_NEED, id),
					around.find(Kind.HAND_OFF, id)))
			.flatMap(Optional::stream)
			.anyMatch((node) -> hasToDoWith(caller, node));
		boolean ofItsRegion = followUp.links()
			.stream()
			.flatMap((id) -> around.find(Kind.NEED, id).stream())
			.anyMatch((need) -> asks(caller, need.rss()));
		return (isMunicipalityAmong(caller, followUp.municipalities()) || isSkr(caller) || answered || ofItsRegion)
				? Sight.WHOLE : Sight.NONE;
	}

	private static boolean hasToDoWith(Caller agency, Node node) {
		return isGiven(agency, node)
				|| node.events(NationalNeedScreened.class)
					.anyMatch((one) -> one.judgedBy().equals(agency.organisation()))
				|| node.events(FeedbackDecided.class).anyMatch((one) -> one.agency().equals(agency.organisation()));
	}

	/** Whether what happened belongs to the part that the caller sees. */
	static boolean tells(Sight sight, Caller caller, Object event) {
		if (sight != Sight.PART) {
			return sight == Sight.WHOLE;
		}
		return switch (event) {
			case MunicipalitiesReminded reminded -> reminded.municipalities().contains(caller.organisation());
			case NoNeedsAnswered answered -> answered.municipality().equals(caller.organisation());
			case NeedWithdrawn ignored -> false;
			case NeedSupplemented ignored -> false;
			case NeedTurnedBack ignored -> false;
			case NeedWaitlisted ignored -> false;
			case NeedTakenUp ignored -> false;
			case ClarificationAsked ignored -> false;
			case ClarificationAnswered ignored -> false;
			case NeedSplit ignored -> false;
			case NeedNotDelivered ignored -> false;
			case UndoingRequested ignored -> false;
			case NeedReturned ignored -> false;
			case SeatsReminded ignored -> false;
			case RoundCommented ignored -> false;
			default -> true;
		};
	}

	/**
	 * Whether the municipalities of a need may be named: always to those who see it
	 * whole, else by the submitter's choice, default no.
	 */
	static boolean names(Sight sight, Node need) {
		if (sight == Sight.WHOLE) {
			return true;
		}
		return need.entries().stream().map(Entry::event).<Boolean>mapMulti((event, out) -> {
			switch (event) {
				case NeedSubmitted submitted -> out.accept(submitted.namesMunicipalities());
				case NeedConfirmed confirmed -> out.accept(confirmed.namesMunicipalities());
				default -> {
				}
			}
		}).reduce((earlier, later) -> later).orElse(false);
	}

	/** A municipality or an RSS whose need it is. */
	private static boolean isBehind(Caller caller, Node node) {
		return isMunicipalityAmong(caller, node.municipalities())
				|| Gathered.regionsBehind(node).anyMatch((rss) -> asks(caller, rss));
	}

	private static boolean isSkr(Caller caller) {
		return caller.is(Role.SKR_COMPILER, SKR) || caller.is(Role.ADMINISTRATOR, SKR);
	}

	/** Acts as the asker: the RSS, or SKR where there is none. */
	private static boolean asks(Caller caller, @Nullable String asker) {
		return (caller.is(Role.RSS_COORDINATOR) || isSkr(caller)) && caller.organisation().value().equals(asker);
	}

	private static boolean isMunicipal(Caller caller) {
		return caller.roles().stream().anyMatch(MUNICIPAL::contains);
	}

	private static boolean isMunicipalityAmong(Caller caller, Collection<String> municipalities) {
		return isMunicipal(caller) && isAmong(caller, municipalities);
	}

	private static boolean isAmong(Caller caller, Collection<String> organisations) {
		return organisations.contains(caller.organisation().value());
	}

}
