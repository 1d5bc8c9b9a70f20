package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent.AreaChosen;
import se.lokalabehov.contracts.AreaEvent.CycleCancelled;
import se.lokalabehov.contracts.AreaEvent.CycleExtended;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.CustodyTransferred;
import se.lokalabehov.contracts.CatalogueEvent.Deliverable;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableDelivered;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.RecordRevised;
import se.lokalabehov.contracts.CatalogueEvent.RecordWithdrawn;
import se.lokalabehov.contracts.CollectionEvent.RegionAsked;
import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedChanged;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedDissolved;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.FeedbackEvent.AnswerFollowedUp;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.OfFollowUp;
import se.lokalabehov.contracts.FeedbackEvent.SupportDelivered;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedNotHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.Id;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.NeedDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedRecorded;
import se.lokalabehov.contracts.NeedEvent.NeedRevised;
import se.lokalabehov.contracts.NeedEvent.NeedSplit;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.NeedTakenUp;
import se.lokalabehov.contracts.NeedEvent.NeedWaitlisted;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.contracts.NeedEvent.OfRegionalNeed;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedChanged;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDelivered;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDissolved;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteTakenUp;
import se.lokalabehov.contracts.QuestionNoteEvent.QuestionNoted;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Place;
import se.lokalabehov.contracts.RankingEvent.RoundCancelled;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.contracts.Redaction;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Envelope;

/**
 * Everything that one topic has told of one key: a place in the trace. The fields after
 * {@code entries} follow from the entries alone; they are kept because one searches by
 * them.
 *
 * @param kind what it is
 * @param id its key
 * @param entries every event, in sequence; blanked by a redaction that came after
 * @param links the ids that it points to now: from a need to the regional needs that it
 * is merged in, from a regional need to its members, and so on towards the source
 * @param municipalities who stand behind it or are asked by it, as it says itself
 * @param cycle the cycle that it belongs to, if any
 * @param rss the RSS (or SKR) that it belongs to, if any
 * @param delivered whether it has reached SKR (needs and regional needs)
 * @param waiting whether it stands on a waiting list (needs)
 * @param due the last days of what of it still waits for somebody
 */
record Node(Kind kind, String id, List<Entry> entries, Set<String> links, Set<String> municipalities,
		@Nullable String cycle, @Nullable String rss, boolean delivered, boolean waiting, Set<LocalDate> due) {

	private static final Map<String, Kind> KINDS = Map.of(Topics.AREA.name(), Kind.CYCLE, Topics.COLLECTION.name(),
			Kind.COLLECTION, Topics.QUESTION_NOTES.name(), Kind.QUESTION_NOTE, Topics.COMPILATION.name(),
			Kind.NATIONAL_NEED, Topics.RANKING.name(), Kind.ROUND, Topics.HAND_OFF.name(), Kind.HAND_OFF,
			Topics.CATALOGUE.name(), Kind.RECORD);

	/** The node after one more event: the fold of every projection of the trace. */
	static Node after(@Nullable Node before, Envelope<?> envelope) {
		List<Entry> entries = new ArrayList<>();
		if (before != null) {
			boolean blank = envelope.event() instanceof Redaction;
			before.entries.forEach((entry) -> entries.add(blank ? entry.blanked() : entry));
		}
		entries.add(Entry.of(envelope));
		return of(kindOf(envelope.topic(), envelope.event()), envelope.key(), entries);
	}

	private static Kind kindOf(Topic<?> topic, Object event) {
		if (topic.equals(Topics.NEED)) {
			return (event instanceof OfRegionalNeed) ? Kind.REGIONAL_NEED : Kind.NEED;
		}
		if (topic.equals(Topics.FEEDBACK)) {
			return (event instanceof OfFollowUp) ? Kind.FOLLOW_UP : Kind.FEEDBACK;
		}
		return Objects.requireNonNull(KINDS.get(topic.name()), () -> topic + " stands in no trace");
	}

	private static Node of(Kind kind, String id, List<Entry> entries) {
		Facts facts = new Facts();
		entries.forEach((entry) -> facts.note(entry.event()));
		facts.links.addAll(facts.lasting);
		Node node = new Node(kind, id, List.copyOf(entries), facts.links, facts.municipalities, facts.cycle, facts.rss,
				facts.delivered, facts.waiting, new TreeSet<>());
		Deadline.of(node).forEach((deadline) -> node.due.add(deadline.due()));
		return node;
	}

	/** The last event of a type. */
	<E> Optional<E> last(Class<E> type) {
		return events(type).reduce((earlier, later) -> later);
	}

	/** Every event of a type, in sequence. */
	<E> Stream<E> events(Class<E> type) {
		return this.entries.stream().map(Entry::event).filter(type::isInstance).map(type::cast);
	}

	boolean has(Class<?> type) {
		return events(type).findAny().isPresent();
	}

	/** Who acted last. */
	Entry latest() {
		return this.entries.getLast();
	}

	/** Whether it has not been taken apart again. */
	boolean stands() {
		return !has(RegionalNeedDissolved.class) && !has(NationalNeedDissolved.class);
	}

	/**
	 * What it is called; the kind's name when it has no title of its own, or when that
	 * was withdrawn with all it said.
	 */
	String title() {
		String title = this.kind.label();
		for (Entry entry : this.entries) {
			title = switch (entry.event()) {
				case AreaChosen event -> event.title();
				case CycleOpened event -> event.title();
				case QuestionNoted event -> event.text();
				case NeedSubmitted event -> event.wording().title();
				case NeedRecorded event -> event.wording().title();
				case NeedRevised event -> event.wording().title();
				case RegionalNeedFormed event -> event.wording().title();
				case RegionalNeedChanged event -> event.wording().title();
				case NationalNeedFormed event -> event.wording().title();
				case NationalNeedChanged event -> event.wording().title();
				case RoundOpened event -> event.title();
				case RecordPublished event -> event.content().title();
				case RecordRevised event -> event.content().title();
				case RecordWithdrawn event -> Sentence.of("withdrawn-record", this.kind.label());
				default -> title;
			};
		}
		return title;
	}

	/** The words as they stand now, of a need at any level. */
	Optional<Wording> wording() {
		return this.entries.stream().map(Entry::event).<Wording>mapMulti((event, out) -> {
			switch (event) {
				case NeedSubmitted submitted -> out.accept(submitted.wording());
				case NeedRecorded recorded -> out.accept(recorded.wording());
				case NeedRevised revised -> out.accept(revised.wording());
				case RegionalNeedFormed formed -> out.accept(formed.wording());
				case RegionalNeedChanged changed -> out.accept(changed.wording());
				case NationalNeedFormed formed -> out.accept(formed.wording());
				case NationalNeedChanged changed -> out.accept(changed.wording());
				default -> {
				}
			}
		}).reduce((earlier, later) -> later);
	}

	/** What a record says now, none when it was withdrawn. */
	Optional<Content> content() {
		if (has(RecordWithdrawn.class)) {
			return Optional.empty();
		}
		return last(RecordRevised.class).map(RecordRevised::content)
			.or(() -> last(RecordPublished.class).map(RecordPublished::content));
	}

	/** The needs behind a regional need. */
	List<Member> members() {
		return last(RegionalNeedChanged.class).map(RegionalNeedChanged::members)
			.or(() -> last(RegionalNeedFormed.class).map(RegionalNeedFormed::members))
			.orElse(List.of());
	}

	/** The regional needs behind a national need, a hand-off or a feedback. */
	List<Source> sources() {
		List<Source> sources = List.of();
		for (Entry entry : this.entries) {
			sources = switch (entry.event()) {
				case NationalNeedFormed event -> event.sources();
				case NationalNeedChanged event -> event.sources();
				case NeedHandedOver event -> event.sources();
				case NeedNotHandedOver event -> event.sources();
				case FeedbackDecided event -> event.sources();
				default -> sources;
			};
		}
		return sources;
	}

	/** The last verdict of a national need. */
	Optional<NationalNeedScreened> verdict() {
		return last(NationalNeedScreened.class);
	}

	/** What is ranked in a round. */
	List<Item> items() {
		return last(RoundOpened.class).map(RoundOpened::items).orElse(List.of());
	}

	/** The order of a closed round, best first. */
	List<Place> ranking() {
		return last(RoundClosed.class).map(RoundClosed::ranking).orElse(List.of());
	}

	boolean isOpenRound() {
		return !has(RoundClosed.class) && !has(RoundCancelled.class);
	}

	/** The agency that a hand-off stands with, or that has decided a feedback. */
	Optional<OrganisationId> agency() {
		return last(FeedbackDecided.class).map(FeedbackDecided::agency)
			.or(() -> last(NeedHandedOver.class).map(NeedHandedOver::agency));
	}

	/** The agency that has confirmed a hand-off, while that holds. */
	Optional<String> receiver() {
		Optional<String> receiver = Optional.empty();
		for (Entry entry : this.entries) {
			receiver = switch (entry.event()) {
				case NeedReceived ignored -> Optional.of(entry.by().value());
				case NeedHandedOver ignored -> Optional.empty();
				case NeedNotHandedOver ignored -> Optional.empty();
				default -> receiver;
			};
		}
		return receiver;
	}

	/** The last day of each step of a cycle, as it stands now. */
	Map<Step, LocalDate> timetable() {
		Map<Step, LocalDate> timetable = new TreeMap<>();
		this.entries.forEach((entry) -> {
			switch (entry.event()) {
				case CycleOpened opened -> timetable.putAll(opened.timetable());
				case CycleExtended extended -> timetable.put(extended.step(), extended.until());
				default -> {
				}
			}
		});
		return timetable;
	}

	boolean isCancelled() {
		return has(CycleCancelled.class);
	}

	/**
	 * What an event says of the fields that one searches by.
	 */
	private static final class Facts {

		private final Set<String> links = new LinkedHashSet<>();

		/** Links that stay when the sources are told anew. */
		private final Set<String> lasting = new LinkedHashSet<>();

		private final Set<String> municipalities = new LinkedHashSet<>();

		private @Nullable String cycle;

		private @Nullable String rss;

		private boolean delivered;

		private boolean waiting;

		private void note(Object event) {
			switch (event) {
				case QuestionNoted noted -> behind(List.of(noted.organisation()));
				case NoteTakenUp taken -> link(taken.need());
				case RegionAsked asked -> {
					belongs(asked.cycle(), asked.asker());
					behind(asked.municipalities());
				}
				case RegionalListDelivered list -> list.delivered().forEach((one) -> link(one.regionalNeed()));
				case NeedSubmitted submitted -> {
					belongs(submitted.cycle(), submitted.rss());
					behind(submitted.municipalities());
					if (submitted.reconsiders() != null) {
						link(submitted.reconsiders());
					}
				}
				case NeedRecorded recorded -> {
					belongs(recorded.cycle(), recorded.rss());
					behind(recorded.municipalities());
				}
				case NeedRevised revised -> behind(revised.municipalities());
				case NeedWaitlisted ignored -> this.waiting = true;
				case NeedWithdrawn ignored -> this.waiting = false;
				case NeedTakenUp taken -> {
					belongs(taken.cycle(), taken.rss());
					this.waiting = false;
				}
				case NeedMerged merged -> link(merged.regionalNeed());
				case NeedSplit split -> this.links.remove(split.regionalNeed().value());
				case NeedDelivered ignored -> this.delivered = true;
				case RegionalNeedFormed formed -> {
					belongs(formed.cycle(), formed.rss());
					members(formed.members());
				}
				case RegionalNeedChanged changed -> members(changed.members());
				case RegionalNeedDelivered ignored -> this.delivered = true;
				case NationalNeedFormed formed -> {
					belongs(formed.cycle(), null);
					sources(formed.sources());
				}
				case NationalNeedChanged changed -> sources(changed.sources());
				case RoundOpened opened -> {
					belongs(opened.cycle(), opened.owner());
					opened.items().forEach((item) -> this.links.add(item.id()));
					if (opened.corrects() != null) {
						link(opened.corrects());
					}
				}
				case NeedHandedOver handed -> {
					belongs(handed.cycle(), null);
					sources(handed.sources());
					link(handed.round());
				}
				case NeedNotHandedOver left -> {
					belongs(left.cycle(), null);
					sources(left.sources());
					link(left.round());
				}
				case FeedbackDecided decided -> {
					belongs(decided.cycle(), null);
					sources(decided.sources());
				}
				case SupportDelivered support -> {
					if (support.record() != null) {
						this.lasting.add(support.record().value());
					}
				}
				case AnswerFollowedUp followed -> {
					link(followed.nationalNeed());
					link(followed.need());
					behind(List.of(followed.municipality()));
				}
				case RecordPublished published -> content(published.content());
				case RecordRevised revised -> content(revised.content());
				case DeliverableDelivered delivered -> link(delivered.record());
				case CustodyTransferred transferred -> this.rss = transferred.custodian().value();
				default -> {
				}
			}
		}

		private void belongs(@Nullable Id cycleOfIt, @Nullable OrganisationId rssOfIt) {
			this.cycle = (cycleOfIt != null) ? cycleOfIt.value() : null;
			this.rss = (rssOfIt != null) ? rssOfIt.value() : null;
		}

		private void link(Id id) {
			this.links.add(id.value());
		}

		private void behind(Collection<OrganisationId> organisations) {
			this.municipalities.clear();
			organisations.forEach((one) -> this.municipalities.add(one.value()));
		}

		private void members(List<Member> members) {
			this.links.clear();
			this.municipalities.clear();
			addMembers(members);
		}

		private void sources(List<Source> sources) {
			this.links.clear();
			this.municipalities.clear();
			sources.forEach((source) -> {
				link(source.regionalNeed());
				addMembers(source.members());
			});
		}

		private void addMembers(List<Member> members) {
			members.forEach((member) -> {
				link(member.need());
				member.municipalities().forEach((one) -> this.municipalities.add(one.value()));
			});
		}

		private void content(Content content) {
			this.links.clear();
			if (content.support() != null) {
				content.support().answers().forEach(this::link);
			}
			if (content.project() != null) {
				content.project()
					.deliverables()
					.stream()
					.map(Deliverable::delivered)
					.filter((record) -> record != null)
					.forEach(this::link);
			}
		}

	}

}
