package se.lokalabehov.reportcatalogue.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Documents;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Projection;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.reportcatalogue.open.OpenRecord;
import se.lokalabehov.search.Item;
import se.lokalabehov.search.Kind;

/**
 * What the topics have told that can be found, and the items that it comes to. Who may
 * see a need depends on several of them, which are joined here when an item is made.
 */
record Texts(Eventing eventing, Views<OpenRecord> records, FileTexts files, Views<NeedText> needs,
		Views<NationalText> nationals, Views<RoundSeen> rounds) {

	private static final Logger logger = LoggerFactory.getLogger(Texts.class);

	private static final int AT_ONCE = 1000;

	/** Something that was told of. */
	enum Told {

		RECORD, NEED, NATIONAL_NEED, ROUND

	}

	/** Who is told what has been told of. */
	@FunctionalInterface
	interface Listener {

		/** The view of this will have come so far. */
		void changed(Told told, String id, long sequence);

	}

	static Texts of(Eventing eventing, FileTexts files, Listener listener) {
		return new Texts(eventing,
				eventing.project(
						Projection
							.<CatalogueEvent, OpenRecord>of("open-records", Topics.CATALOGUE, OpenRecord.class,
									OpenRecord::after)
							.reacting((told) -> listener.changed(Told.RECORD, told.key(), told.sequence())),
						"state.position", "state.sets"),
				files,
				eventing.project(
						Projection
							.<NeedEvent, NeedText>of("needs-to-find", Topics.NEED, NeedText.class, NeedText::after)
							.reacting((told) -> listener.changed(Told.NEED, told.key(), told.sequence())),
						"state.cycle"),
				eventing.project(
						Projection
							.<CompilationEvent, NationalText>of("national-needs-to-find", Topics.COMPILATION,
									NationalText.class, NationalText::after)
							.reacting((told) -> listener.changed(Told.NATIONAL_NEED, told.key(), told.sequence())),
						"state.needs"),
				eventing.project(Projection
					.<RankingEvent, RoundSeen>of("rounds-to-find-by", Topics.RANKING, RoundSeen.class, RoundSeen::after)
					.reacting((told) -> {
						// Nothing else that is told of a round publishes anything.
						if (told.event() instanceof RoundClosed) {
							listener.changed(Told.ROUND, told.key(), told.sequence());
						}
					}), "state.items"));
	}

	/** Makes an item of everything that there is. */
	void all(BiConsumer<String, @Nullable Item> sink) {
		try {
			fromTheTopic(sink);
		}
		catch (KafkaException ex) {
			logger.warn("The topic can not be read, its view is: {}", ex.toString());
			every(this.records, (some) -> records(some, sink));
		}
		every(this.needs, (some) -> needs(some, sink));
		every(this.nationals, (some) -> nationals(some, sink));
	}

	/**
	 * Most records were published and that is all: what was told of them says everything,
	 * and needs not be asked of the store. The others are made of their view.
	 */
	private void fromTheTopic(BiConsumer<String, @Nullable Item> sink) {
		Set<String> changed = new HashSet<>();
		this.eventing.read(Topics.CATALOGUE, (some) -> {
			some.parallelStream().filter((told) -> told.event() instanceof RecordPublished).forEach((told) -> {
				OpenRecord record = OpenRecord.after(null, told);
				sink.accept(Found.RECORDS.item(record.id()), RecordItem.of(record, this.files));
			});
			some.stream()
				.filter((told) -> !(told.event() instanceof RecordPublished))
				.forEach((told) -> changed.add(told.key()));
		});
		List<String> ids = List.copyOf(changed);
		for (int at = 0; at < ids.size(); at += AT_ONCE) {
			dependent(Told.RECORD, ids.subList(at, Math.min(ids.size(), at + AT_ONCE)), sink);
		}
	}

	private static <V> void every(Documents<V> views, Consumer<List<Stored<V>>> sink) {
		String last = "";
		while (true) {
			List<Stored<V>> some = views.inOrder(Criteria.where("_id").gt(last), "_id", AT_ONCE);
			if (some.isEmpty()) {
				return;
			}
			sink.accept(some);
			last = some.getLast().id();
		}
	}

	/** What is told of it, as far as it has come; empty views are not there yet. */
	List<? extends Stored<?>> reached(Told told, Collection<String> ids) {
		return switch (told) {
			case RECORD -> this.records.findAll(ids);
			case NEED -> this.needs.findAll(ids);
			case NATIONAL_NEED -> this.nationals.findAll(ids);
			case ROUND -> this.rounds.findAll(ids);
		};
	}

	/**
	 * Makes the items anew that depend on these; an item that is none is to be removed.
	 */
	void dependent(Told told, Collection<String> ids, BiConsumer<String, @Nullable Item> sink) {
		switch (told) {
			case RECORD -> records(this.records.findAll(ids), sink);
			case NEED -> needs(this.needs.findAll(ids), sink);
			case NATIONAL_NEED -> {
				List<Stored<NationalText>> nationals = this.nationals.findAll(ids);
				nationals(nationals, sink);
				// One by one: the store compares all needs with all that each has.
				nationals.forEach((one) -> needs(this.needs.findAll(one.state().ever()), sink));
			}
			case ROUND -> {
				List<String> items = this.rounds.findAll(ids)
					.stream()
					.filter((round) -> round.state().level() == Level.NATIONAL)
					.flatMap((round) -> round.state().items().stream())
					.distinct()
					.toList();
				dependent(Told.NATIONAL_NEED, items, sink);
			}
		}
	}

	private void records(List<Stored<OpenRecord>> records, BiConsumer<String, @Nullable Item> sink) {
		records.parallelStream()
			.forEach((one) -> sink.accept(Found.RECORDS.item(one.id()), RecordItem.of(one.state(), this.files)));
	}

	private void nationals(List<Stored<NationalText>> nationals, BiConsumer<String, @Nullable Item> sink) {
		Set<String> published = published(nationals);
		nationals.parallelStream().forEach((one) -> {
			List<String> marks = new ArrayList<>(List.of(Access.SKR_MARK));
			one.state().agencies().forEach((agency) -> marks.add(Access.agency(agency)));
			if (published.contains(one.id())) {
				marks.add(Item.PUBLIC);
			}
			String item = Found.NATIONAL_NEEDS.item(one.id());
			sink.accept(item, item(item, one.state().wording(), null, one.state().changed(), marks));
		});
	}

	private void needs(List<Stored<NeedText>> needs, BiConsumer<String, @Nullable Item> sink) {
		List<Stored<NationalText>> nationals = needs.isEmpty() ? List.of()
				: this.nationals.all(Criteria.where("state.needs").in(needs.stream().map(Stored::id).toList()));
		Set<String> published = published(nationals);
		Set<String> open = new HashSet<>();
		Map<String, Set<OrganisationId>> given = new HashMap<>();
		for (Stored<NationalText> national : nationals) {
			for (String need : national.state().needs()) {
				given.computeIfAbsent(need, (id) -> new HashSet<>()).addAll(national.state().agencies());
				if (published.contains(national.id())) {
					open.add(need);
				}
			}
		}
		needs.parallelStream().forEach((one) -> {
			NeedText need = one.state();
			String item = need.found().item(one.id());
			sink.accept(item, item(item, need.wording(), need.area(), need.changed(),
					marks(need, given.getOrDefault(one.id(), Set.of()), open.contains(one.id()))));
		});
	}

	private static List<String> marks(NeedText need, Set<OrganisationId> given, boolean published) {
		List<String> marks = new ArrayList<>(List.of(Access.asker(need.rss())));
		need.municipalities().forEach((one) -> marks.add(Access.municipality(one)));
		if (need.status() == NeedText.Status.WAITING) {
			marks.add(Access.SKR_MARK);
		}
		// Others than those concerned have got the words that were delivered, no other.
		if (need.isDelivered()) {
			marks.add(Access.SKR_MARK);
			given.forEach((agency) -> marks.add(Access.agency(agency)));
			if (published && need.found() == Found.NEEDS) {
				marks.add(Item.PUBLIC);
			}
		}
		return marks;
	}

	/** Those of them that are published: answered in screening, or ranked nationally. */
	private Set<String> published(List<Stored<NationalText>> nationals) {
		Set<String> published = new HashSet<>();
		nationals.stream().filter((one) -> one.state().isAnswered()).map(Stored::id).forEach(published::add);
		if (!nationals.isEmpty()) {
			this.rounds
				.all(Criteria.where("state.items")
					.in(nationals.stream().map(Stored::id).toList())
					.and("state.level")
					.is(Level.NATIONAL.name())
					.and("state.closed")
					.is(true))
				.forEach((round) -> published.addAll(round.state().items()));
		}
		return published;
	}

	private static @Nullable Item item(String id, @Nullable Wording wording, @Nullable String area, Instant changed,
			List<String> marks) {
		return (wording == null) ? null
				: new Item(id, Kind.NEED, wording.title(), wording.situation() + "\n" + wording.question(),
						wording.consequence(), List.of(), null, null, "sv", (area != null) ? List.of(area) : List.of(),
						wording.targetGroups(), null, Found.day(changed), marks);
	}

}
