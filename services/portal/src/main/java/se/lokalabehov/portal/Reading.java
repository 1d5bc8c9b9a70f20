package se.lokalabehov.portal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent.CycleCancelled;
import se.lokalabehov.contracts.CollectionEvent.NoNeedsAnswered;
import se.lokalabehov.contracts.CollectionEvent.NotDelivered;
import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackProgressed;
import se.lokalabehov.contracts.FeedbackEvent.SupportDelivered;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedNotHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;
import se.lokalabehov.contracts.NeedEvent.NeedConfirmed;
import se.lokalabehov.contracts.NeedEvent.NeedDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedNotDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedRecorded;
import se.lokalabehov.contracts.NeedEvent.NeedSplit;
import se.lokalabehov.contracts.NeedEvent.NeedTakenUp;
import se.lokalabehov.contracts.NeedEvent.NeedTurnedBack;
import se.lokalabehov.contracts.NeedEvent.NeedWaitlisted;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.contracts.RankingEvent.Place;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.portal.Trace.Answer;
import se.lokalabehov.portal.Trace.AnswerKind;
import se.lokalabehov.portal.Trace.Ref;
import se.lokalabehov.portal.Trace.Standing;
import se.lokalabehov.portal.Trace.Step;
import se.lokalabehov.portal.Trace.Who;
import se.lokalabehov.security.Caller;

/**
 * What was gathered, as one caller may read it. What the caller may not see is left out,
 * or counted.
 */
final class Reading {

	private static final Comparator<Node> BY_AGE = Comparator
		.<Node, Instant>comparing((node) -> node.entries().getFirst().time())
		.thenComparing(Node::id);

	private final Caller caller;

	private final Gathered around;

	private final Map<Node, Sight> seen = new IdentityHashMap<>();

	Reading(Caller caller, Gathered around) {
		this.caller = caller;
		this.around = around;
	}

	/** How much of a node the caller sees. */
	Sight sight(Node node) {
		return this.seen.computeIfAbsent(node, (one) -> Access.sight(this.caller, one, this.around));
	}

	boolean sees(Node node) {
		return sight(node) != Sight.NONE;
	}

	/** The nodes of a kind that the caller sees. */
	List<Node> visible(Kind kind) {
		return this.around.all(kind).stream().filter(this::sees).sorted(BY_AGE).toList();
	}

	/** The trace of a node, none when the caller may not see it. */
	Optional<Trace> trace(Node seed) {
		if (!sees(seed)) {
			return Optional.empty();
		}
		return Optional
			.of(new Trace(seed.id(), seed.kind(), title(seed), chain(seed), answers(seed), up(seed), down(seed)));
	}

	private List<Step> chain(Node seed) {
		Predicate<Node> inIt = switch (seed.kind()) {
			case CYCLE -> (node) -> node.equals(seed);
			case COLLECTION, ROUND -> (node) -> node.equals(seed) || node.kind() == Kind.CYCLE;
			default -> (node) -> true;
		};
		return this.around.all()
			.filter(inIt)
			.filter(this::sees)
			.sorted(BY_AGE)
			.flatMap((node) -> steps(node, seed))
			.sorted(Comparator.comparing(Step::at).thenComparing(Step::moment))
			.toList();
	}

	private Stream<Step> steps(Node node, Node seed) {
		return node.entries()
			.stream()
			.filter((entry) -> Access.tells(sight(node), this.caller, entry.event()))
			.filter((entry) -> concerns(entry.event(), seed))
			.flatMap((entry) -> sentences(node, entry, seed).map((what) -> new Step(Telling.moment(node), node.kind(),
					node.id(), title(node), what, who(node, entry), entry.time())));
	}

	private Stream<String> sentences(Node node, Entry entry, Node seed) {
		if (entry.event() instanceof RoundClosed && !seed.equals(node)) {
			// Of a whole ranking, a need is told its own place.
			return node.ranking()
				.stream()
				.filter((place) -> isAround(place.item()))
				.map((place) -> Telling.ranked(node, place.rank()));
		}
		return Stream.of(Telling.what(entry.event(), who(node, entry).name()));
	}

	/** Whether something that tells of many tells of what was asked for. */
	private boolean concerns(Object event, Node seed) {
		return switch (event) {
			case NoNeedsAnswered ignored -> seed.kind() == Kind.COLLECTION;
			case RegionalListDelivered list -> seed.kind() == Kind.COLLECTION
					|| list.delivered().stream().anyMatch((one) -> isAround(one.regionalNeed().value()))
					|| list.notDelivered().stream().anyMatch((one) -> isAround(one.need().value()));
			case NeedMerged merged -> concerns(merged.regionalNeed(), seed);
			case NeedSplit split -> concerns(split.regionalNeed(), seed);
			case NeedDelivered delivered -> concerns(delivered.regionalNeed(), seed);
			default -> true;
		};
	}

	private boolean concerns(RegionalNeedId regionalNeed, Node seed) {
		return seed.kind() == Kind.NEED || isAround(regionalNeed.value());
	}

	private boolean isAround(String id) {
		return Stream.of(Kind.NEED, Kind.REGIONAL_NEED, Kind.NATIONAL_NEED)
			.anyMatch((kind) -> this.around.ids(kind).contains(id));
	}

	/** A region can be a single municipality, so it is named only where that may be. */
	private Who who(Node node, Entry entry) {
		String by = entry.by().value();
		if (node.kind() == Kind.NEED && !Access.names(sight(node), node)) {
			if (node.municipalities().contains(by)) {
				return new Who(null, Sentence.of("who.municipality"));
			}
			if (by.equals(node.rss()) && !by.equals(Access.SKR.value())) {
				return new Who(null, Sentence.of("who.rss"));
			}
		}
		return new Who(by, Names.of(by));
	}

	private static Who who(String organisation) {
		return new Who(organisation, Names.of(organisation));
	}

	/** What a node is called: by its own words, or by those of the need it is about. */
	String title(Node node) {
		return switch (node.kind()) {
			case HAND_OFF, FEEDBACK ->
				this.around.find(Kind.NATIONAL_NEED, node.id()).map(Node::title).orElseGet(node::title);
			case FOLLOW_UP -> node.links()
				.stream()
				.flatMap((id) -> this.around.find(Kind.NATIONAL_NEED, id).stream())
				.map(Node::title)
				.findFirst()
				.orElseGet(node::title);
			case COLLECTION -> Sentence.of("collection-of", Names.of(String.valueOf(node.rss())));
			default -> node.title();
		};
	}

	// Answers

	private List<Answer> answers(Node seed) {
		return switch (seed.kind()) {
			case NEED -> answersTo(seed);
			case FOLLOW_UP -> visible(Kind.NEED).stream().flatMap((need) -> answersTo(need).stream()).toList();
			case REGIONAL_NEED, NATIONAL_NEED, RECORD -> sorted(Stream.concat(
					visible(Kind.NATIONAL_NEED).stream().flatMap((national) -> national(national.id(), national)),
					visible(Kind.CYCLE).stream().flatMap((cycle) -> cancelled(seed.id(), cycle))));
			case CYCLE -> sorted(cancelled(seed.id(), seed));
			default -> List.of();
		};
	}

	/** Everything that answers one municipality's need (domain rule 3). */
	List<Answer> answersTo(Node need) {
		return sorted(Stream.of(own(need), notDelivered(need),
				this.around.nationalsWith(need.id())
					.filter(this::sees)
					.flatMap((national) -> national(need.id(), national)),
				this.around.find(Kind.CYCLE, need.cycle()).stream().flatMap((cycle) -> cancelled(need.id(), cycle)))
			.flatMap((answers) -> answers));
	}

	private static List<Answer> sorted(Stream<Answer> answers) {
		return answers.sorted(Comparator.comparing(Answer::at).thenComparing(Answer::kind)).toList();
	}

	private Stream<Entry> visibleEntries(Node node) {
		Sight sight = sight(node);
		return node.entries().stream().filter((entry) -> Access.tells(sight, this.caller, entry.event()));
	}

	private Stream<Answer> own(Node need) {
		return visibleEntries(need).mapMulti((entry, out) -> {
			switch (entry.event()) {
				case NeedTurnedBack back -> out.accept(new Answer(need.id(), AnswerKind.TURNED_BACK, back.answer(),
						who(entry.by().value()), entry.time(), back.support(), null, null));
				case NeedWaitlisted waits -> out.accept(new Answer(need.id(), AnswerKind.WAITLISTED, waits.answer(),
						who(askerUnlessOther(need, entry)), entry.time(), null, null, null));
				case NeedNotDelivered left ->
					out.accept(answer(need.id(), AnswerKind.NOT_DELIVERED, left.reason(), entry));
				default -> {
				}
			}
		});
	}

	/**
	 * That a need waits can follow when its own municipality submits it; nobody answers
	 * oneself, so the answer is then that of whoever asks.
	 */
	private static String askerUnlessOther(Node need, Entry entry) {
		String by = entry.by().value();
		return (need.rss() != null && need.municipalities().contains(by)) ? need.rss() : by;
	}

	/** What the delivered list says, as long as the need itself does not say it. */
	private Stream<Answer> notDelivered(Node need) {
		if (sight(need) != Sight.WHOLE || need.has(NeedNotDelivered.class)) {
			return Stream.empty();
		}
		return this.around.all(Kind.COLLECTION)
			.stream()
			.filter(this::sees)
			.flatMap((collection) -> collection.entries().stream())
			.mapMulti((entry, out) -> {
				if (entry.event() instanceof RegionalListDelivered list) {
					list.notDelivered()
						.stream()
						.filter((one) -> one.need().value().equals(need.id()))
						.map(NotDelivered::reason)
						.forEach((reason) -> out.accept(answer(need.id(), AnswerKind.NOT_DELIVERED, reason, entry)));
				}
			});
	}

	private Stream<Answer> cancelled(String id, Node cycle) {
		return cycle.entries().stream().mapMulti((entry, out) -> {
			if (entry.event() instanceof CycleCancelled cancelled) {
				out.accept(answer(id, AnswerKind.CYCLE_CANCELLED, Sentence.of("answer.cancelled", cancelled.reason()),
						entry));
			}
		});
	}

	/** What was told of a national need, said to one of those behind it. */
	private Stream<Answer> national(String id, Node national) {
		Stream<Answer> screened = national.verdict()
			.filter((verdict) -> !verdict.verdict().goesOn())
			.stream()
			.flatMap((verdict) -> national.entries()
				.stream()
				.filter((entry) -> entry.event().equals(verdict))
				.map((entry) -> screened(id, verdict, entry)));
		Stream<Answer> told = Stream.of(Kind.HAND_OFF, Kind.FEEDBACK)
			.flatMap((kind) -> this.around.find(kind, national.id()).stream())
			.filter(this::sees)
			.flatMap(this::visibleEntries)
			.mapMulti((entry, out) -> {
				switch (entry.event()) {
					case NeedNotHandedOver left ->
						out.accept(answer(id, AnswerKind.BELOW_THE_LINE, left.reason(), entry));
					case FeedbackDecided decided -> out.accept(new Answer(id, AnswerKind.DECIDED,
							Telling.decision(decided) + " " + decided.why(), who(decided.agency().value()),
							entry.time(), decided.support(), null, decided.expected()));
					case FeedbackProgressed progressed ->
						out.accept(new Answer(id, AnswerKind.PROGRESS, progressed.text(), who(entry.by().value()),
								entry.time(), null, null, progressed.expected()));
					case SupportDelivered delivered ->
						out.accept(new Answer(id, AnswerKind.DELIVERED, Sentence.of("answer.delivered"),
								who(entry.by().value()), entry.time(), delivered.title(), delivered.link(), null));
					default -> {
					}
				}
			});
		return Stream.concat(screened, told);
	}

	private static Answer screened(String id, NationalNeedScreened verdict, Entry entry) {
		return new Answer(id, AnswerKind.SCREENED, Telling.verdict(verdict) + " " + verdict.reason(),
				who(verdict.judgedBy().value()), entry.time(), verdict.support(), null, null);
	}

	private static Answer answer(String id, AnswerKind kind, String text, Entry entry) {
		return new Answer(id, kind, text, who(entry.by().value()), entry.time(), null, null, null);
	}

	// Both directions

	private List<Ref> up(Node seed) {
		List<Ref> up = new ArrayList<>();
		switch (seed.kind()) {
			case QUESTION_NOTE -> visible(Kind.NEED).forEach((need) -> up.add(Ref.to(need, needIn(need))));
			case NEED, FOLLOW_UP, REGIONAL_NEED, NATIONAL_NEED, RECORD -> {
				if (seed.kind() == Kind.NEED) {
					visible(Kind.NEED).stream()
						.filter((other) -> other.links().contains(seed.id()))
						.forEach((later) -> up.add(Ref.to(later, Sentence.of("ref.again"))));
					visible(Kind.REGIONAL_NEED).forEach((regional) -> up.add(Ref.to(regional, regionalIn(regional))));
				}
				if (seed.kind() != Kind.NATIONAL_NEED && seed.kind() != Kind.RECORD) {
					visible(Kind.NATIONAL_NEED).forEach((national) -> up.add(Ref.to(national, nationalIn(national))));
				}
				visible(Kind.ROUND).forEach((round) -> up.addAll(ranksIn(round)));
				if (seed.kind() != Kind.RECORD) {
					visible(Kind.RECORD).forEach((record) -> up.add(Ref.to(record, Sentence.of("ref.record"))));
				}
			}
			default -> {
			}
		}
		if (seed.kind() != Kind.CYCLE) {
			visible(Kind.CYCLE).forEach((cycle) -> up.add(Ref.to(cycle, Sentence.of("ref.cycle"))));
		}
		return up;
	}

	private List<Ref> down(Node seed) {
		List<Ref> down = new ArrayList<>();
		switch (seed.kind()) {
			case NEED -> {
				visible(Kind.QUESTION_NOTE).forEach((note) -> down.add(Ref.to(note, Sentence.of("ref.note"))));
				visible(Kind.NEED).stream()
					.filter((other) -> other != seed && seed.links().contains(other.id()))
					.forEach((earlier) -> down.add(Ref.to(earlier, Sentence.of("ref.earlier"))));
				int others = others(seed);
				if (others > 0) {
					down.add(Ref.counted(Kind.NEED, others, Names.otherMunicipalities(others)));
				}
			}
			case FOLLOW_UP -> visible(Kind.NEED).forEach((need) -> down.add(Ref.to(need, needIn(need))));
			case REGIONAL_NEED, COLLECTION, NATIONAL_NEED, RECORD -> {
				if (seed.kind() == Kind.RECORD) {
					visible(Kind.NATIONAL_NEED).forEach((national) -> down.add(Ref.to(national, nationalIn(national))));
				}
				if (seed.kind() != Kind.REGIONAL_NEED) {
					visible(Kind.REGIONAL_NEED).forEach((regional) -> down.add(Ref.to(regional, regionalIn(regional))));
				}
				down.addAll(needs(sight(seed)));
			}
			case ROUND -> down.addAll(itemsOf(seed));
			case CYCLE -> {
				visible(Kind.ROUND).forEach((round) -> down.add(Ref.to(round, roundIn(round))));
				visible(Kind.NATIONAL_NEED).forEach((national) -> down.add(Ref.to(national, nationalIn(national))));
			}
			default -> {
			}
		}
		return down;
	}

	/**
	 * The needs that the caller sees, and how many there are besides; of a collection
	 * that one sees a part of, not even that.
	 */
	private List<Ref> needs(Sight sightOfSeed) {
		List<Node> visible = visible(Kind.NEED);
		List<Ref> needs = new ArrayList<>(visible.stream().map((need) -> Ref.to(need, needIn(need))).toList());
		int hidden = this.around.all(Kind.NEED).size() - visible.size();
		if (hidden > 0 && (sightOfSeed == Sight.WHOLE || !visible(Kind.NATIONAL_NEED).isEmpty())) {
			needs.add(Ref.counted(Kind.NEED, hidden, Sentence.of("ref.hidden", Names.needs(hidden))));
		}
		return needs;
	}

	/** How many other municipalities stand behind what a need has become part of. */
	int others(Node need) {
		Set<String> behind = new LinkedHashSet<>();
		Stream.of(Kind.REGIONAL_NEED, Kind.NATIONAL_NEED)
			.flatMap((kind) -> visible(kind).stream())
			.filter((one) -> one.links().contains(need.id()))
			.map(Node::municipalities)
			.forEach(behind::addAll);
		behind.removeAll(need.municipalities());
		return behind.size();
	}

	private String needIn(Node need) {
		return Access.names(sight(need), need) ? Sentence.of("ref.from", names(need.municipalities()))
				: Sentence.of("ref.from-one");
	}

	private static String names(Collection<String> organisations) {
		return Names.list(organisations.stream().map(Names::of).toList());
	}

	private static String regionalIn(Node regional) {
		return Sentence.of("ref.regional", Names.of(String.valueOf(regional.rss())),
				Names.needs(regional.members().size()));
	}

	private static String nationalIn(Node national) {
		int municipalities = national.municipalities().size();
		return Sentence.of("ref.national", municipalities);
	}

	private static String roundIn(Node round) {
		return round.isOpenRound() ? Sentence.of("round.open")
				: round.has(RoundClosed.class) ? Sentence.of("round.closed") : Sentence.of("round.cancelled");
	}

	/** The places of what was gathered in a round. */
	private List<Ref> ranksIn(Node round) {
		if (!round.has(RoundClosed.class)) {
			return List.of(Ref.to(round, roundIn(round)));
		}
		return round.ranking()
			.stream()
			.filter((place) -> isAround(place.item()))
			.map((place) -> new Ref(Kind.ROUND, round.id(), round.title(), Telling.ranked(round, place.rank()),
					place.rank(), null))
			.toList();
	}

	private List<Ref> itemsOf(Node round) {
		Kind kind = Gathered.isNational(round) ? Kind.NATIONAL_NEED : Kind.REGIONAL_NEED;
		return round.items().stream().map((item) -> {
			// The need's own title: a redaction of the need holds here too.
			String title = this.around.find(kind, item.id()).map(Node::title).orElse(item.title());
			@Nullable Integer rank = Gathered.place(round, item.id()).map(Place::rank).orElse(null);
			return new Ref(kind, item.id(), title,
					(rank != null) ? Sentence.of("ref.rank", rank) : Sentence.of("ref.unranked"), rank, null);
		}).sorted(Comparator.comparing(Ref::rank, Comparator.nullsLast(Comparator.naturalOrder()))).toList();
	}

	// Where it is now

	/** Where a need is, in one sentence. */
	Standing standing(Node need) {
		Now now = now(need);
		List<Answer> answers = answersTo(need);
		boolean answered = need.has(NeedWithdrawn.class)
				|| answers.stream().anyMatch((answer) -> answer.kind() != AnswerKind.PROGRESS);
		return new Standing(need.id(), need.title(), need.municipalities().stream().map(Reading::who).toList(),
				need.cycle(), now.moment(), now.what(), answered, answers, "/api/v1/traces/" + need.id());
	}

	private Now now(Node need) {
		Optional<Now> withdrawn = need.last(NeedWithdrawn.class)
			.map((event) -> new Now(3, Sentence.of("now.withdrawn")));
		Optional<Now> cancelled = this.around.find(Kind.CYCLE, need.cycle())
			.filter(Node::isCancelled)
			.map((cycle) -> new Now(1, Sentence.of("now.cancelled")));
		return withdrawn
			.or(() -> this.around.nationalsWith(need.id())
				.filter(this::sees)
				.map((national) -> now(need, national))
				.max(Comparator.comparing(Now::moment)))
			.or(() -> cancelled)
			.orElseGet(() -> locally(need));
	}

	/** Where a need is, by way of a national need that it is behind (or is itself). */
	Now now(Node need, Node national) {
		return this.around.find(Kind.FEEDBACK, national.id())
			.filter(this::sees)
			.flatMap(Reading::fedBack)
			.or(() -> this.around.find(Kind.HAND_OFF, national.id()).filter(this::sees).flatMap(Reading::handedOver))
			.or(() -> ranked(national))
			.or(() -> national.verdict()
				.map((verdict) -> new Now(4,
						Sentence.of("now.screened", Names.of(verdict.judgedBy()), Telling.verdict(verdict)))))
			.orElseGet(() -> new Now(4, Sentence.of("now.national", together(need))));
	}

	private Optional<Now> ranked(Node national) {
		return this.around.closedNationalRoundsWith(national.id())
			.flatMap((round) -> Gathered.place(round, national.id())
				.stream()
				.map((place) -> new Now(5, Telling.ranked(round, place.rank()))))
			.reduce((earlier, later) -> later);
	}

	private static Optional<Now> fedBack(Node feedback) {
		Optional<Now> delivered = feedback.last(SupportDelivered.class)
			.map((support) -> new Now(7, Sentence.of("now.delivered", support.title())));
		return delivered.or(() -> feedback.last(FeedbackDecided.class)
			.map((decided) -> new Now(7,
					Sentence.of("now.decided", Names.of(decided.agency()), Telling.decision(decided),
							(decided.expected() != null) ? 1 : 0,
							(decided.expected() != null) ? Names.day(decided.expected()) : ""))));
	}

	private static Optional<Now> handedOver(Node handOff) {
		Now now = null;
		for (Entry entry : handOff.entries()) {
			now = switch (entry.event()) {
				case NeedHandedOver handed -> new Now(6, Sentence.of("now.handed-over", Names.of(handed.agency())));
				case NeedReceived ignored -> new Now(6, Sentence.of("now.received", Names.of(entry.by())));
				case NeedReturned ignored -> new Now(6, Sentence.of("now.returned", Names.of(entry.by())));
				case NeedNotHandedOver left -> new Now(6, Sentence.of("now.below", left.rank()));
				default -> now;
			};
		}
		return Optional.ofNullable(now);
	}

	private Now locally(Node need) {
		Now now = new Now(3, Sentence.of("now.submitted"));
		for (Entry entry : need.entries()) {
			String by = Names.of(entry.by());
			now = switch (entry.event()) {
				case NeedRecorded ignored -> new Now(3, Sentence.of("now.recorded", by));
				case NeedConfirmed ignored -> new Now(3, Sentence.of("now.submitted"));
				case NeedTurnedBack ignored -> new Now(3, Sentence.of("now.turned-back", by));
				case NeedWaitlisted waits -> new Now(3, Sentence.of("now.waits", Names.area(waits.area())));
				case NeedTakenUp ignored -> new Now(3, Sentence.of("now.submitted"));
				case NeedMerged ignored -> new Now(3, Sentence.of("now.merged", together(need)));
				case NeedSplit ignored -> need.links().isEmpty() ? new Now(3, Sentence.of("now.split")) : now;
				case NeedDelivered ignored -> new Now(4, Sentence.of("now.delivered-regional", together(need)));
				case NeedNotDelivered ignored -> new Now(3, Sentence.of("now.not-delivered", by));
				default -> now;
			};
		}
		return now;
	}

	private String together(Node need) {
		int others = others(need);
		return (others > 0) ? Sentence.of("together", Names.otherMunicipalities(others)) : "";
	}

	/**
	 * How far something has come.
	 */
	record Now(int moment, String what) {
	}

}
