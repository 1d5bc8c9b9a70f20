package se.lokalabehov.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.security.Role;

/**
 * Whom something that has happened concerns, and how. Whether they may see it is decided
 * by {@link Access} besides. Each switch is exhaustive over a topic's events, so that
 * somebody decides whom a new event concerns.
 *
 * @param sort what it is to them
 * @param reach at which organisations
 * @param organisations those that are named
 * @param roles in which roles
 * @param href where they see it, or do what waits
 */
record Concern(Notice.Sort sort, Reach reach, Set<String> organisations, Set<Role> roles, String href) {

	/**
	 * At which organisations something concerns people.
	 */
	enum Reach {

		/** Where it says. */
		NAMED,

		/** Wherever they may see it. */
		EVERYWHERE,

		/** Those behind what a round ranks; who they are stands in the trace of that. */
		BEHIND_ITEMS

	}

	private static final Set<Role> MUNICIPALITY = Set.of(Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER);

	private static final Set<Role> APPROVER = Set.of(Role.MUNICIPALITY_APPROVER);

	private static final Set<Role> CHIEF = Set.of(Role.SOCIAL_CHIEF);

	private static final Set<Role> AGENCY = Set.of(Role.AGENCY_OFFICER);

	private static final Set<Role> EDITOR = Set.of(Role.FOU_EDITOR);

	/** Who works in a cycle. */
	private static final Set<Role> ALL = Set.of(Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER,
			Role.RSS_COORDINATOR, Role.SOCIAL_CHIEF, Role.SKR_COMPILER, Role.AGENCY_OFFICER);

	private static final Set<Role> PROFESSIONALS = Set.of(Role.RSS_COORDINATOR, Role.SKR_COMPILER, Role.AGENCY_OFFICER);

	Concern(Notice.Sort sort, Collection<String> organisations, Set<Role> roles, String href) {
		this(sort, Reach.NAMED, Set.copyOf(organisations), roles, href);
	}

	private static Concern everywhere(Notice.Sort sort, Set<Role> roles, String href) {
		return new Concern(sort, Reach.EVERYWHERE, Set.of(), roles, href);
	}

	/** The same at other organisations. */
	Concern at(Collection<String> others) {
		return new Concern(this.sort, others, this.roles, this.href);
	}

	/** The same as another sort. */
	Concern as(Notice.Sort other) {
		return new Concern(other, this.reach, this.organisations, this.roles, this.href);
	}

	/** In which of the roles of somebody at an organisation it concerns them, if any. */
	Optional<Role> of(OrganisationId organisation, Set<Role> held) {
		boolean there = this.reach != Reach.NAMED || this.organisations.contains(organisation.value());
		return there ? held.stream().filter(this.roles::contains).min(Comparator.naturalOrder()) : Optional.empty();
	}

	/**
	 * Whom an event concerns.
	 * @param node what it happened to, with the event
	 * @param entry the event
	 */
	static List<Concern> of(Node node, Entry entry) {
		return switch (entry.event()) {
			case AreaEvent event -> area(event, node);
			case CollectionEvent event -> collection(event, node);
			case QuestionNoteEvent event -> note(event);
			case NeedEvent.OfNeed event -> need(event, node);
			case NeedEvent.OfRegionalNeed event -> regionalNeed(event, node);
			case CompilationEvent event -> compilation(event, node);
			case RankingEvent event -> ranking(event, node);
			case HandOffEvent event -> handOff(event, node);
			case FeedbackEvent.OfFeedback event -> feedback(event, node);
			case FeedbackEvent.OfFollowUp event -> followUp(event);
			case CatalogueEvent event -> catalogue(event, node);
			default -> throw new IllegalArgumentException("stands in no trace");
		};
	}

	private static List<Concern> area(AreaEvent event, Node cycle) {
		String href = "/omgangar/" + encoded(cycle.id());
		return switch (event) {
			case AreaEvent.AreaChosen ignored -> List.of();
			case AreaEvent.CycleOpened ignored -> List.of(everywhere(Notice.Sort.CYCLE, PROFESSIONALS, href));
			case AreaEvent.CycleExtended ignored -> List.of(everywhere(Notice.Sort.CYCLE, ALL, href));
			case AreaEvent.CompilingClosed ignored ->
				List.of(everywhere(Notice.Sort.CYCLE, Set.of(Role.RSS_COORDINATOR), href));
			case AreaEvent.CycleCancelled ignored -> List.of(everywhere(Notice.Sort.CYCLE, ALL, href));
			case AreaEvent.CycleFinished ignored -> List.of(everywhere(Notice.Sort.CYCLE, ALL, href));
			case AreaEvent.CycleRedacted ignored -> List.of();
		};
	}

	private static List<Concern> collection(CollectionEvent event, Node collection) {
		String query = "?omgang=" + encoded(collection.cycle());
		Concern asked = new Concern(Notice.Sort.WAITING, collection.municipalities(), MUNICIPALITY,
				"/behov/nytt" + query);
		return switch (event) {
			case CollectionEvent.RegionAsked ignored -> List.of(asked);
			case CollectionEvent.MunicipalitiesReminded reminded ->
				List.of(asked.at(values(reminded.municipalities())));
			case CollectionEvent.CollectionExtended ignored -> List.of(asked.as(Notice.Sort.CYCLE));
			case CollectionEvent.NoNeedsAnswered ignored ->
				region(Notice.Sort.NEED, List.of(asker(collection)), "/region/" + asker(collection) + "/laget" + query);
			case CollectionEvent.RegionalListDelivered ignored ->
				List.of(skr(Notice.Sort.WAITING, "/nationellt/sammanstall" + query));
			case CollectionEvent.CollectionRedacted ignored -> List.of();
		};
	}

	private static List<Concern> note(QuestionNoteEvent event) {
		return switch (event) {
			case QuestionNoteEvent.QuestionNoted ignored -> List.of();
			case QuestionNoteEvent.NoteClustered ignored -> List.of();
			case QuestionNoteEvent.NoteTakenUp ignored -> List.of();
			case QuestionNoteEvent.NoteRedacted ignored -> List.of();
		};
	}

	private static List<Concern> need(NeedEvent.OfNeed event, Node need) {
		Concern told = new Concern(Notice.Sort.NEED, need.municipalities(), MUNICIPALITY,
				"/behov/" + encoded(need.id()));
		List<Concern> itsRegion = region(Notice.Sort.NEED, List.of(asker(need)), trace(need));
		return switch (event) {
			case NeedEvent.NeedSubmitted ignored -> both(told, itsRegion);
			case NeedEvent.NeedRecorded ignored ->
				List.of(new Concern(Notice.Sort.WAITING, need.municipalities(), APPROVER, told.href()));
			case NeedEvent.NeedConfirmed ignored -> both(told, itsRegion);
			case NeedEvent.NeedRevised ignored -> both(told, itsRegion);
			case NeedEvent.NeedWithdrawn ignored -> both(told, itsRegion);
			case NeedEvent.NeedSupplemented ignored -> both(told, itsRegion);
			case NeedEvent.NeedTurnedBack ignored -> List.of(told.as(Notice.Sort.ANSWER));
			case NeedEvent.NeedWaitlisted ignored -> List.of(told.as(Notice.Sort.ANSWER));
			case NeedEvent.NeedTakenUp ignored -> List.of(told);
			case NeedEvent.ClarificationAsked ignored ->
				List.of(new Concern(Notice.Sort.WAITING, need.municipalities(), MUNICIPALITY, told.href() + "#fragor"));
			case NeedEvent.ClarificationAnswered answered -> askers(answered, need);
			case NeedEvent.NeedMerged ignored -> List.of(told);
			case NeedEvent.NeedSplit ignored -> List.of(told);
			case NeedEvent.NeedDelivered ignored -> List.of(told);
			case NeedEvent.NeedNotDelivered ignored -> List.of(told.as(Notice.Sort.ANSWER));
			case NeedEvent.NeedRedacted ignored -> List.of();
		};
	}

	/** Those who asked: an RSS, SKR or an agency that screens. */
	private static List<Concern> askers(NeedEvent.ClarificationAnswered answered, Node need) {
		return need.entries()
			.stream()
			.filter((entry) -> entry.event() instanceof NeedEvent.ClarificationAsked asked
					&& asked.clarification().equals(answered.clarification()))
			.map((entry) -> new Concern(Notice.Sort.ANSWER, List.of(entry.by().value()), PROFESSIONALS, trace(need)))
			.toList();
	}

	private static List<Concern> regionalNeed(NeedEvent.OfRegionalNeed event, Node need) {
		return switch (event) {
			case NeedEvent.RegionalNeedFormed ignored -> List.of();
			case NeedEvent.RegionalNeedChanged ignored -> List.of();
			case NeedEvent.RegionalNeedDissolved ignored -> List.of();
			case NeedEvent.RegionalNeedDelivered ignored -> List.of();
			case NeedEvent.UndoingRequested ignored -> List.of(skr(Notice.Sort.WAITING, trace(need)));
			case NeedEvent.RegionalNeedRedacted ignored -> List.of();
		};
	}

	private static List<Concern> compilation(CompilationEvent event, Node national) {
		return switch (event) {
			case CompilationEvent.NationalNeedFormed ignored -> behind(Notice.Sort.NEED, national);
			case CompilationEvent.NationalNeedChanged ignored -> List.of();
			case CompilationEvent.NationalNeedDissolved ignored -> behind(Notice.Sort.NEED, national);
			case CompilationEvent.ScreeningAsked asked -> List.of(new Concern(Notice.Sort.WAITING,
					values(asked.agencies()), AGENCY, "/nationellt/sallning?omgang=" + encoded(national.cycle())));
			case CompilationEvent.NationalNeedScreened screened ->
				both(skr(Notice.Sort.NEED, "/nationellt/sallning?omgang=" + encoded(national.cycle())),
						behind(screened.verdict().goesOn() ? Notice.Sort.NEED : Notice.Sort.ANSWER, national));
			case CompilationEvent.NationalNeedRedacted ignored -> List.of();
		};
	}

	private static List<Concern> ranking(RankingEvent event, Node round) {
		String href = "/prioritering/" + encoded(round.id());
		Concern panel = new Concern(Notice.Sort.WAITING, panel(round), CHIEF, href + "/rosta");
		return switch (event) {
			case RankingEvent.RoundOpened ignored -> List.of(panel);
			case RankingEvent.RoundExtended ignored -> List.of(panel);
			case RankingEvent.SeatsReminded ignored -> List.of(panel);
			case RankingEvent.SeatHolderChanged ignored -> List.of();
			case RankingEvent.RoundCommented ignored -> List.of();
			case RankingEvent.RoundCancelled ignored ->
				List.of(new Concern(Notice.Sort.CYCLE, panel.organisations(), CHIEF, "/start"));
			case RankingEvent.RoundClosed ignored ->
				List.of(new Concern(Notice.Sort.CYCLE, panel.organisations(), CHIEF, href + "/resultat"),
						new Concern(Notice.Sort.NEED, Reach.BEHIND_ITEMS, Set.of(), MUNICIPALITY, href + "/resultat"),
						new Concern(Notice.Sort.NEED, List.of(asker(round)),
								Set.of(Role.RSS_COORDINATOR, Role.SKR_COMPILER), href + "/resultat"));
			case RankingEvent.RoundRedacted ignored -> List.of();
		};
	}

	private static List<Concern> handOff(HandOffEvent event, Node handOff) {
		return switch (event) {
			case HandOffEvent.NeedHandedOver handed -> {
				List<String> agencies = new ArrayList<>(values(handed.contributors()));
				agencies.add(handed.agency().value());
				yield both(new Concern(Notice.Sort.WAITING, agencies, AGENCY, "/myndighet"),
						behind(Notice.Sort.NEED, handOff));
			}
			case HandOffEvent.NeedReceived ignored ->
				both(skr(Notice.Sort.NEED, trace(handOff)), behind(Notice.Sort.NEED, handOff));
			case HandOffEvent.NeedReturned ignored ->
				List.of(skr(Notice.Sort.WAITING, "/nationellt/overlamning?omgang=" + encoded(handOff.cycle())));
			case HandOffEvent.NeedNotHandedOver ignored -> behind(Notice.Sort.ANSWER, handOff);
			case HandOffEvent.HandOffRedacted ignored -> List.of();
		};
	}

	private static List<Concern> feedback(FeedbackEvent.OfFeedback event, Node feedback) {
		List<Concern> answer = both(skr(Notice.Sort.ANSWER, trace(feedback)), behind(Notice.Sort.ANSWER, feedback));
		return switch (event) {
			case FeedbackEvent.FeedbackDecided ignored -> answer;
			case FeedbackEvent.FeedbackProgressed ignored -> answer;
			case FeedbackEvent.SupportDelivered ignored -> answer;
			case FeedbackEvent.FeedbackRedacted ignored -> List.of();
		};
	}

	private static List<Concern> followUp(FeedbackEvent.OfFollowUp event) {
		return switch (event) {
			// Everywhere: only the agencies concerned may see it.
			case FeedbackEvent.AnswerFollowedUp followed ->
				List.of(everywhere(Notice.Sort.ANSWER, AGENCY, "/spar/" + encoded(followed.nationalNeed().value())));
			case FeedbackEvent.FollowUpRedacted ignored -> List.of();
		};
	}

	private static List<Concern> catalogue(CatalogueEvent event, Node entry) {
		List<Concern> custodian = List
			.of(new Concern(Notice.Sort.WAITING, List.of(custodian(entry)), EDITOR, trace(entry)));
		return switch (event) {
			case CatalogueEvent.RecordPublished ignored -> List.of();
			case CatalogueEvent.RecordRevised ignored -> List.of();
			case CatalogueEvent.RecordWithdrawn ignored -> List.of();
			case CatalogueEvent.CustodyTransferred ignored -> custodian;
			case CatalogueEvent.ProjectConfirmed ignored -> List.of();
			case CatalogueEvent.ConfirmationAsked ignored -> custodian;
			case CatalogueEvent.DeliverableOverdue ignored -> custodian;
			case CatalogueEvent.DeliverableDelivered ignored -> List.of();
			case CatalogueEvent.FileAttached ignored -> List.of();
			case CatalogueEvent.FileRemoved ignored -> List.of();
			case CatalogueEvent.RecordRedacted ignored -> List.of();
		};
	}

	// Who

	/**
	 * The municipalities and regions behind a national need, a hand-off or a feedback.
	 */
	private static List<Concern> behind(Notice.Sort sort, Node node) {
		return both(new Concern(sort, node.municipalities(), MUNICIPALITY, trace(node)),
				region(sort, Gathered.regionsBehind(node).toList(), trace(node)));
	}

	/** Who asks municipalities: their RSS, or SKR where there is none. */
	private static List<Concern> region(Notice.Sort sort, Collection<String> askers, String href) {
		Set<String> regions = new LinkedHashSet<>(askers);
		List<Concern> concerns = new ArrayList<>();
		if (regions.remove(Access.SKR.value())) {
			concerns.add(skr(sort, href));
		}
		if (!regions.isEmpty()) {
			concerns.add(new Concern(sort, regions, Set.of(Role.RSS_COORDINATOR), href));
		}
		return concerns;
	}

	/** What an agency has not done in time. */
	static Concern escalated(Node node) {
		return skr(Notice.Sort.REMINDER, (node.kind() == Kind.CYCLE) ? "/omgangar/" + encoded(node.id()) : trace(node));
	}

	private static Concern skr(Notice.Sort sort, String href) {
		return new Concern(sort, List.of(Access.SKR.value()), Set.of(Role.SKR_COMPILER), href);
	}

	/** The offices of a round's panel, with their deputies. */
	static Set<String> panel(Node round) {
		return round.last(RoundOpened.class)
			.stream()
			.flatMap((opened) -> opened.panel().stream())
			.flatMap((seat) -> Arrays.asList(seat.organisation(), seat.deputy()).stream())
			.filter(Objects::nonNull)
			.map(OrganisationId::value)
			.collect(Collectors.toSet());
	}

	/** Who answers for a record. */
	static String custodian(Node entry) {
		return entry.last(CatalogueEvent.CustodyTransferred.class)
			.map(CatalogueEvent.CustodyTransferred::custodian)
			.or(() -> entry.last(CatalogueEvent.RecordPublished.class).map((one) -> one.content().publisher()))
			.map(OrganisationId::value)
			.orElse("");
	}

	private static List<Concern> both(Concern one, List<Concern> others) {
		List<Concern> all = new ArrayList<>(List.of(one));
		all.addAll(others);
		return all;
	}

	private static String asker(Node node) {
		return String.valueOf(node.rss());
	}

	static List<String> values(Collection<OrganisationId> organisations) {
		return organisations.stream().map(OrganisationId::value).toList();
	}

	private static String trace(Node node) {
		return "/spar/" + encoded(node.id());
	}

	private static String encoded(@Nullable String text) {
		return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
	}

}
