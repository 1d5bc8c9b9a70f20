package se.lokalabehov.eventing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteClustered;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteRedacted;
import se.lokalabehov.contracts.QuestionNoteEvent.QuestionNoted;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.NotesService.Note;
import se.lokalabehov.testsupport.Backends;
import se.lokalabehov.testsupport.Foreign;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one mechanism (house.md, "How an act becomes an event"), on a real broker and a
 * store that speaks the real protocol.
 */
class MechanismTests {

	private static final OrganisationId SOMEONE = new OrganisationId("0180");

	private static Map<String, Object> properties = Map.of();

	private static ConfigurableApplicationContext service;

	@BeforeAll
	static void start() {
		properties = NotesService.fresh();
		service = NotesService.start(properties);
		// Nothing is deleted from a topic while the store lacks what others have put
		// there.
		service.getBean(EventingEndpoint.class).act("repair", Topics.QUESTION_NOTES.name(), null, null);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void anActIsSeenInTheViewAndMarkedAsPublished() {
		Act act = NotesService.act(unique());
		String id = act.newId("note");

		Outcome<Note> outcome = notes().execute(id, act, (state) -> Decision.of(noted("Hur gör vi?")));

		assertThat(outcome).isInstanceOf(Outcome.Done.class);
		awaitView(id, new Note("Hur gör vi?", List.of()));
		Awaitility.await().untilAsserted(() -> {
			Document stored = stored(id);
			assertThat(stored.get("published")).isEqualTo(1L);
			assertThat(stored.containsKey("unpublished")).isFalse();
		});
		assertThat(notes().story(id)).singleElement().satisfies((event) -> {
			assertThat(event.type()).isEqualTo("question-noted.v1");
			assertThat(event.by()).isEqualTo(SOMEONE);
		});
	}

	@Test
	void theSameKeyActsOnceAndAnotherBodyIsRefused() {
		Act act = NotesService.act(unique());
		String id = act.newId("note");
		Outcome<Note> first = notes().execute(id, act, (state) -> Decision.of(noted("En gång")));
		Outcome<Note> again = notes().execute(id, act, (state) -> Decision.of(noted("En gång")));
		Act other = new Act(act.by(), act.role(), act.subject(), act.at(), act.key(), Act.sha256("another body"), null);
		Outcome<Note> reused = notes().execute(id, other, (state) -> Decision.of(noted("Något annat")));

		assertThat(((Outcome.Done<Note>) first).repeated()).isFalse();
		assertThat(((Outcome.Done<Note>) again).repeated()).isTrue();
		assertThat(((Outcome.Done<Note>) again).version()).isEqualTo(1);
		assertThat(((Outcome.Refused<Note>) reused).refusal().kind()).isEqualTo(Refusal.Kind.KEY_REUSED);
		assertThat(notes().story(id)).hasSize(1);
	}

	@Test
	void anExpectedVersionThatIsOldIsRefused() {
		String id = note("Version");
		cluster(id, "ett");
		Act stale = new Act(SOMEONE, "R", "s", Instant.now(), unique(), "f", 1L);

		Outcome<Note> outcome = notes().execute(id, stale, (state) -> Decision.of(new NoteClustered("två")));

		assertThat(((Outcome.Refused<Note>) outcome).refusal().kind()).isEqualTo(Refusal.Kind.STALE);
	}

	@Test
	void manyAtOnceOnTheSameAggregateAllTakeEffectOnceAndInOrder() throws Exception {
		String id = note("Trängsel");
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 50; i++) {
				String name = "kluster " + i;
				executor.submit(() -> cluster(id, name));
			}
		}
		List<String> order = notes().find(id).orElseThrow().state().clusters();
		assertThat(order).hasSize(50).doesNotHaveDuplicates();
		awaitView(id, new Note("Trängsel", order));
	}

	@Test
	void manyWhoInsertAtOnceHaveOneWinnerEach() throws Exception {
		GroupedInserts inserts = new GroupedInserts(service.getBean(MongoTemplate.class), unique());
		List<Future<Boolean>> told = new ArrayList<>();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 400; i++) {
				String id = "one-" + i % 100;
				told.add(executor.submit(() -> inserts.insert(new Document("_id", id))));
			}
		}
		int winners = 0;
		for (Future<Boolean> one : told) {
			winners += one.get() ? 1 : 0;
		}
		assertThat(winners).isEqualTo(100);
	}

	@Test
	void whatCanNotBeWrittenFailsAloneAmongThoseItIsWrittenWith() throws Exception {
		String collection = unique();
		GroupedInserts inserts = new GroupedInserts(service.getBean(MongoTemplate.class), collection);
		Document tooLarge = new Document("_id", "too-large").append("text", "x".repeat(17 * 1024 * 1024));
		List<Future<Boolean>> others = new ArrayList<>();
		Future<Boolean> large;
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			// Takes so long that all others wait together.
			others.add(executor
				.submit(() -> inserts.insert(new Document("_id", 0).append("text", "x".repeat(15 * 1024 * 1024)))));
			large = executor.submit(() -> inserts.insert(tooLarge));
			for (int i = 1; i < 20; i++) {
				int id = i;
				others.add(executor.submit(() -> inserts.insert(new Document("_id", id))));
			}
		}
		for (Future<Boolean> one : others) {
			assertThat(one.get()).isTrue();
		}
		assertThat(large).failsWithin(Duration.ZERO);
		assertThat(service.getBean(MongoTemplate.class).getCollection(collection).countDocuments()).isEqualTo(20);
	}

	@Test
	void whatACrashLeftUnpublishedIsSentByTheNextStart() {
		Map<String, Object> own = NotesService.fresh();
		String id = "note-" + unique();
		try (var first = NotesService.start(own)) {
			// As a process that died between the write and the broker leaves it.
			Codec codec = first.getBean(Codec.class);
			StoredEvent event = new StoredEvent(1, "question-noted.v1", Instant.now(), "0180", "R", null,
					codec.data(noted("Kvarlämnad")));
			first.getBean(MongoTemplate.class)
				.insert(new Document("_id", id).append("version", 1L)
					.append("sequence", 1L)
					.append("created", new java.util.Date())
					.append("state", codec.state(new Note("Kvarlämnad", List.of()), Note.class))
					.append("acts", List.of())
					.append("events", List.of(event.document()))
					.append("published", 0L)
					.append("unpublished", true), "question-notes");
		}
		try (var second = NotesService.start(own)) {
			Awaitility.await()
				.untilAsserted(() -> assertThat(views(second).find(id)).map(Stored::state)
					.contains(new Note("Kvarlämnad", List.of())));
		}
	}

	@Test
	void duplicatesAreSkippedAndWhatComesTooEarlyWaits() {
		// What no store has is gone from the topic since something was redacted.
		rebuilt();
		String key = "note-" + unique();
		Foreign.publish(Topics.QUESTION_NOTES, key, 1, noted("Ordning"), "0180");
		Foreign.publish(Topics.QUESTION_NOTES, key, 3, new NoteClustered("tre"), "0180");
		Foreign.publish(Topics.QUESTION_NOTES, key, 1, noted("Ordning"), "0180");
		Awaitility.await().untilAsserted(() -> assertThat(parkedOf(key)).hasSize(1));
		awaitView(key, new Note("Ordning", List.of()));

		Foreign.publish(Topics.QUESTION_NOTES, key, 2, new NoteClustered("två"), "0180");

		awaitView(key, new Note("Ordning", List.of("två", "tre")));
		Awaitility.await().untilAsserted(() -> assertThat(parkedOf(key)).isEmpty());
		assertThat(rebuilt().identical()).as("made anew from a topic where it still stands too early").isTrue();
		assertThat(parkedOf(key)).isEmpty();
	}

	private static Replay.Rebuilt rebuilt() {
		return service.getBean(Replay.class).rebuild(service.getBean(Inbox.class).projections()).getFirst();
	}

	@Test
	void whatCanNotBeHandledIsParkedAndOnlyItsOwnKeyWaits() {
		String key = "note-" + unique();
		String other = "note-" + unique();
		Foreign.publish(Topics.QUESTION_NOTES, key, 1, noted("poison"), "0180");
		Foreign.publish(Topics.QUESTION_NOTES, key, 2, new NoteClustered("efter"), "0180");
		Foreign.publish(Topics.QUESTION_NOTES, other, 1, noted("Andra flyter"), "0180");

		awaitView(other, new Note("Andra flyter", List.of()));
		Awaitility.await().untilAsserted(() -> assertThat(parkedOf(key)).hasSize(2));
		assertThat(parkedOf(key).getFirst().getString("cause")).contains("can not be handled");
		assertThat(parkedOf(key).getLast().getString("cause")).contains("waits for");
		assertThat(views(service).find(key)).isEmpty();

		EventingEndpoint endpoint = service.getBean(EventingEndpoint.class);
		String first = parkedOf(key).getFirst().getString("_id");
		String second = parkedOf(key).getLast().getString("_id");
		assertThat(endpoint.act("discard", second, "för tidigt", null)).containsKey("error");
		assertThat(endpoint.act("discard", first, "", null)).containsKey("error");
		assertThat(endpoint.act("discard", first, "trasig", null)).containsKey("discarded");
		// The second no longer waits, but makes no sense without the first.
		assertThat(parkedOf(key)).singleElement()
			.satisfies((one) -> assertThat(one.getString("cause")).doesNotContain("waits for"));
		assertThat(endpoint.act("discard", second, "hör till den förra", null)).containsKey("discarded");
		assertThat(parkedOf(key)).isEmpty();
		Foreign.publish(Topics.QUESTION_NOTES, key, 3, noted("Ett nytt försök"), "0180");
		awaitView(key, new Note("Ett nytt försök", List.of()));
	}

	@Test
	void anyBytesAtAllAreParkedWithTheirCause() {
		try (ForeignEvents raw = new ForeignEvents(Backends.shared().bootstrapServers())) {
			String name = Topics.QUESTION_NOTES.name();
			String key = "note-" + unique();
			raw.send(new ProducerRecord<>(name, null, Wire.utf8("{}")));
			raw.send(new ProducerRecord<>(name, Wire.utf8(key), null));
			raw.send(new ProducerRecord<>(name, Wire.utf8(key), Wire.utf8("{bad")));
			ProducerRecord<byte[], byte[]> hostile = Wire.record(Topics.QUESTION_NOTES, key, new StoredEvent(1,
					"no-such-type.v9", Instant.now(), "0180", "R", null, "{\"@class\":\"java.lang.Runtime\"}"));
			hostile.headers().add("__TypeId__", Wire.utf8("javax.script.ScriptEngineManager"));
			hostile.headers().add("spring_json_header_types", Wire.utf8("{\"x\":\"java.lang.Runtime\"}"));
			raw.send(hostile);
			Awaitility.await().untilAsserted(() -> assertThat(parkedOf(key)).hasSize(3));
			assertThat(parkedOf(key)).extracting((one) -> one.getString("cause"))
				.anyMatch((cause) -> cause.contains("unknown type"));
			// And the service goes on.
			String fine = note("Efter skräpet");
			awaitView(fine, new Note("Efter skräpet", List.of()));
		}
	}

	@Test
	void aReadModelMadeAnewIsTheSameToTheLastField() {
		List<String> keys = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			String id = note("Fråga " + i);
			keys.add(id);
			cluster(id, "k" + i);
		}
		awaitView(keys.getLast(), new Note("Fråga 39", List.of("k39")));
		awaitQuiet();

		assertThat(rebuilt().identical()).isTrue();
		String id = note("Efter bytet");
		awaitView(id, new Note("Efter bytet", List.of()));
	}

	@Test
	void everyViewIsAsItStandsNowAndOnlyWhatHasChangedIsReadAgain() {
		String changed = note("Ändras");
		String same = note("Ändras inte");
		awaitViews(views(service), List.of(changed, same));
		Stored<Note> before = ofAll(same);
		assertThat(ofAll(changed).state()).isEqualTo(new Note("Ändras", List.of()));

		cluster(changed, "k");
		awaitView(changed, new Note("Ändras", List.of("k")));

		assertThat(ofAll(changed).state()).isEqualTo(new Note("Ändras", List.of("k")));
		assertThat(ofAll(same)).isSameAs(before);
		awaitQuiet();
		rebuilt();
		assertThat(ofAll(same)).isEqualTo(before).isNotSameAs(before);
	}

	private static Stored<Note> ofAll(String id) {
		return views(service).every().stream().filter((one) -> one.id().equals(id)).findFirst().orElseThrow();
	}

	/**
	 * Rows CE-01 and CE-02 of the requirements, read by the CloudEvents project's own
	 * library.
	 */
	@Test
	void whatIsInTheTopicIsCloudEventsInBinaryMode() {
		String id = note("Åldras \"hemma\" 100 %");
		cluster(id, "x");
		awaitQuiet();
		Map<String, CloudEvent> sent = new LinkedHashMap<>();
		read((record) -> {
			if (record.key() != null && Wire.text(record.key()).equals(id)) {
				CloudEvent event = KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();
				sent.put(event.getId(), event);
				assertThat(Wire.text(record.headers().lastHeader("content-type").value()))
					.isEqualTo("application/json");
				assertThat(record.headers().lastHeader("ce_datacontenttype")).isNull();
				assertThat(event.getExtension("partitionkey")).isEqualTo(Wire.text(record.key()));
			}
		});

		assertThat(sent.keySet()).containsExactly("question-notes." + id + ".1", "question-notes." + id + ".2");
		CloudEvent first = Objects.requireNonNull(sent.get("question-notes." + id + ".1"));
		assertThat(first.getSpecVersion()).isEqualTo(SpecVersion.V1);
		assertThat(first.getSource()).hasToString("/lokala-behov/" + Topics.QUESTION_NOTES.owner());
		assertThat(first.getType()).isEqualTo("question-noted.v1");
		assertThat(first.getSubject()).isEqualTo(id);
		assertThat(first.getDataContentType()).isEqualTo("application/json");
		assertThat(Wire.text(Objects.requireNonNull(first.getData()).toBytes())).contains("Åldras");
	}

	/** Row CE-01: sent again, an event is the same event. */
	@Test
	void whatIsSentAgainHasTheSameIdentityAndTheSameBytes() {
		String id = note("Sänds igen");
		awaitQuiet();
		StoredEvent event = Relay.events(service.getBean(MongoTemplate.class), "question-notes", id, 0).getFirst();

		ProducerRecord<byte[], byte[]> again = Wire.record(Topics.QUESTION_NOTES, id, event);

		List<ConsumerRecord<byte[], byte[]>> sent = new ArrayList<>();
		read((record) -> {
			if (record.key() != null && Wire.text(record.key()).equals(id)) {
				sent.add(record);
			}
		});
		assertThat(sent).singleElement().satisfies((record) -> {
			assertThat(record.headers().toArray()).containsExactly(again.headers().toArray());
			assertThat(record.value()).isEqualTo(again.value());
		});
	}

	@Test
	void everythingTwiceAndShuffledAcrossKeysGivesTheSameAndAnyChangeIsSeen() {
		awaitQuiet();
		TopicReader reader = service.getBean(TopicReader.class);
		List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
		Map<TopicPartition, Long> ends = reader.ends(List.of(Topics.QUESTION_NOTES.name()));
		Map<TopicPartition, Long> from = new ConcurrentHashMap<>();
		ends.keySet().forEach((partition) -> from.put(partition, 0L));
		reader.read(from, ends, (records) -> records.forEach(all::add));
		for (int i = 0; i < 3; i++) {
			String id = note("Blandas " + i);
			cluster(id, "x");
		}
		Inbox inbox = service.getBean(Inbox.class);
		Projection<?, ?> projection = inbox.projections().getFirst();
		Replay replay = service.getBean(Replay.class);
		inbox.take(projection, all, "straight", false);

		// Twice over, in order within a key and in any order across keys.
		Map<String, List<ConsumerRecord<byte[], byte[]>>> byKey = new ConcurrentHashMap<>();
		all.stream()
			.filter((record) -> record.key() != null)
			.forEach(
					(record) -> byKey.computeIfAbsent(Wire.text(record.key()), (key) -> new ArrayList<>()).add(record));
		Random random = new Random(20261122);
		List<String> keys = new ArrayList<>(byKey.keySet());
		for (int round = 0; round < 2; round++) {
			Collections.shuffle(keys, random);
			keys.forEach((key) -> inbox.take(projection, Objects.requireNonNull(byKey.get(key)), "shuffled", false));
		}
		assertThat(replay.hashOf("shuffled")).isEqualTo(replay.hashOf("straight"));

		MongoTemplate mongo = service.getBean(MongoTemplate.class);
		Document some = Objects.requireNonNull(
				mongo.findOne(new Query(Criteria.where("state.clusters.0").exists(true)), Document.class, "shuffled"));
		mongo.updateFirst(new Query(Criteria.where("_id").is(some.get("_id"))),
				new Update().set("state.clusters", List.of("ändrad")), "shuffled");
		assertThat(replay.hashOf("shuffled")).isNotEqualTo(replay.hashOf("straight"));
	}

	@Test
	void aRedactionBlanksTheWordsInTheStoreTheViewAndTheTopic() {
		String secret = "hemligt " + unique();
		String id = note(secret);
		cluster(id, secret);
		awaitView(id, new Note(secret, List.of(secret)));

		Act act = NotesService.act(unique());
		notes().execute(id, act, (state) -> Decision.of(new NoteRedacted("uppgift om enskild")));

		awaitView(id, new Note(Wording.REDACTED, List.of(Wording.REDACTED)));
		assertThat(stored(id).toJson()).doesNotContain(secret);
		assertThat(notes().story(id)).hasSize(3);
		Awaitility.await().untilAsserted(() -> assertThat(topic()).doesNotContain(secret).contains(id));
		Awaitility.await().untilAsserted(() -> assertThat(stored(id).containsKey("purge")).isFalse());
	}

	@Test
	void duringARedactionEveryEventOfOthersStillStandsAfterItsPredecessors() throws Exception {
		List<String> ids = IntStream.range(0, 100).mapToObj((i) -> note("Samtidigt " + i)).toList();
		String redacted = note("hemligt");
		AtomicBoolean going = new AtomicBoolean(true);
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 4; i++) {
				int offset = i;
				executor.submit(() -> {
					for (int j = offset; going.get(); j++) {
						cluster(Objects.requireNonNull(ids.get(j % ids.size())), "kluster " + j);
					}
				});
			}
			notes().execute(redacted, NotesService.act(unique()),
					(state) -> Decision.of(new NoteRedacted("uppgift om enskild")));
			Awaitility.await().until(() -> !stored(redacted).containsKey("purge"));
			going.set(false);
		}
		awaitQuiet();

		assertStandAfterTheirPredecessors(service, ids);
	}

	private static void assertStandAfterTheirPredecessors(ConfigurableApplicationContext context, List<String> ids) {
		Map<String, Long> reached = new HashMap<>();
		read((record) -> {
			String key = (record.key() != null) ? Wire.text(record.key()) : "";
			if (ids.contains(key)) {
				long sequence = Wire.sequence(record);
				assertThat(sequence).as(key).isLessThanOrEqualTo(reached.getOrDefault(key, 0L) + 1);
				reached.merge(key, sequence, Math::max);
			}
		});
		ids.forEach((id) -> assertThat(reached).containsEntry(id, Documents.number(stored(context, id), "sequence")));
	}

	@Test
	void twoProcessesThatTakeRedactedWordsOutAtOnceLeaveEveryEventAfterItsPredecessors() throws Exception {
		Map<String, Object> own = NotesService.fresh();
		try (var one = NotesService.start(own)) {
			one.getBean(EventingEndpoint.class).act("repair", Topics.QUESTION_NOTES.name(), null, null);
			try (var other = NotesService.start(own)) {
				List<ConfigurableApplicationContext> both = List.of(one, other);
				List<String> ids = new ArrayList<>();
				for (int i = 0; i < 40; i++) {
					ids.add(note(both.get(i % 2), "Samtidigt " + i));
				}
				AtomicBoolean going = new AtomicBoolean(true);
				try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
					for (int i = 0; i < 4; i++) {
						int offset = i;
						executor.submit(() -> {
							for (int j = offset; going.get(); j++) {
								cluster(both.get(j % 2), ids.get(j % ids.size()), "kluster " + j);
							}
						});
					}
					for (int i = 0; i < 3; i++) {
						List<String> redacted = List.of(note(one, "hemligt"), note(other, "hemligt"));
						for (int j = 0; j < 2; j++) {
							notes(both.get(j)).execute(redacted.get(j), NotesService.act(unique()),
									(state) -> Decision.of(new NoteRedacted("uppgift om enskild")));
						}
						Awaitility.await()
							.until(() -> redacted.stream().noneMatch((id) -> stored(one, id).containsKey("purge")));
					}
					going.set(false);
				}
				both.forEach((context) -> Awaitility.await().until(() -> context.getBean(Relay.class).pending() == 0));

				assertStandAfterTheirPredecessors(one, ids);
			}
		}
	}

	@Test
	void aStoreThatIsBehindItsTopicRefusesUntilItIsRepaired() {
		Map<String, Object> own = NotesService.fresh();
		String id;
		Document backup;
		try (var first = NotesService.start(own)) {
			Awaitility.await().until(() -> first.getBean(Divergence.class).isCompared());
			first.getBean(EventingEndpoint.class).act("repair", Topics.QUESTION_NOTES.name(), null, null);
			Act act = NotesService.act(unique());
			id = act.newId("note");
			notes(first).execute(id, act, (state) -> Decision.of(noted("Före säkerhetskopian")));
			awaitPublished(first, id, 1);
			backup = stored(first, id);
			notes(first).execute(id, NotesService.act(unique()), (state) -> Decision.of(new NoteClustered("efter")));
			awaitPublished(first, id, 2);
			// The backup is restored.
			MongoTemplate mongo = first.getBean(MongoTemplate.class);
			mongo.remove(new Query(Criteria.where("_id").is(id)), "question-notes");
			mongo.insert(backup, "question-notes");
			mongo.dropCollection("topic-positions");
		}
		try (var second = NotesService.start(own)) {
			// The relay of the first has kept its positions while it closed; an older
			// backup has not.
			Awaitility.await().until(() -> second.getBean(Divergence.class).isCompared());
			second.getBean(MongoTemplate.class).dropCollection("topic-positions");
		}
		try (var third = NotesService.start(own)) {
			Awaitility.await().until(() -> third.getBean(Divergence.class).isCompared());
			assertThat(third.getBean(Divergence.class).behind()).contains(Topics.QUESTION_NOTES.name() + "/" + id);
			Outcome<Note> refused = notes(third).execute(id, NotesService.act(unique()),
					(state) -> Decision.of(new NoteClustered("samma nummer en gång till")));
			assertThat(((Outcome.Refused<Note>) refused).refusal().kind()).isEqualTo(Refusal.Kind.BEHIND);

			third.getBean(EventingEndpoint.class).act("repair", Topics.QUESTION_NOTES.name(), null, null);

			assertThat(notes(third).find(id).orElseThrow().state().clusters()).containsExactly("efter");
			assertThat(notes(third).execute(id, NotesService.act(unique()),
					(state) -> Decision.of(new NoteClustered("sedan"))))
				.isInstanceOf(Outcome.Done.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(views(third).find(id)).map((one) -> one.state().clusters())
					.contains(List.of("efter", "sedan")));
		}
	}

	@Test
	void whatIsFoundLostWhileATopicIsSentAgainIsNotReportedAfterwards() {
		try (var own = NotesService.start(NotesService.fresh())) {
			Divergence divergence = own.getBean(Divergence.class);
			Awaitility.await().until(divergence::isCompared);
			for (int partition = 0; partition < 3; partition++) {
				loses(divergence, new TopicPartition(Topics.QUESTION_NOTES.name(), partition));
			}
			divergence.republished(Topics.QUESTION_NOTES.name());
			TopicPartition other = new TopicPartition(Topics.NEED.name(), 0);
			loses(divergence, other);
			// Found one after the other: when this is known, the former are.
			Awaitility.await().until(() -> divergence.lost().containsKey(other.toString()));
			assertThat(divergence.lost()).containsOnlyKeys(other.toString());
		}
	}

	private static void loses(Divergence divergence, TopicPartition partition) {
		divergence.confirmed(partition, 5);
		divergence.confirmed(partition, 2);
	}

	@Test
	void aStoryFromElsewhereIsTakenOverToTheLetterOnce() {
		EventingEndpoint endpoint = service.getBean(EventingEndpoint.class);
		String here = note("Härifrån");
		cluster(here, "ett");
		String id = "note-" + unique();
		List<Envelope<String>> told = notes().sent(here)
			.stream()
			.map((event) -> new Envelope<>(event.topic(), id, event.sequence(), event.type(), event.time(), event.by(),
					event.role(), event.trace(), event.event()))
			.toList();

		assertThat(adopted(endpoint, "try-adopting", told)).containsEntry("adoption", Repair.Adoption.TAKEN_OVER);
		assertThat(notes().find(id)).as("was only tried").isEmpty();
		assertThat(adopted(endpoint, "adopt", told.subList(1, 2))).as("its beginning is missing").containsKey("error");
		assertThat(endpoint.act("adopt", Topics.QUESTION_NOTES.name(), null, "nothing of the kind"))
			.containsKey("error");
		assertThat(adopted(endpoint, "adopt", told)).containsEntry("adoption", Repair.Adoption.TAKEN_OVER);

		awaitView(id, new Note("Härifrån", List.of("ett")));
		assertThat(notes().sent(id)).isEqualTo(told);
		assertThat(adopted(endpoint, "adopt", told)).containsEntry("adoption", Repair.Adoption.HERE_ALREADY);
		cluster(id, "två");
		awaitView(id, new Note("Härifrån", List.of("ett", "två")));
		assertThat(adopted(endpoint, "adopt", told)).as("what came after is kept")
			.containsEntry("adoption", Repair.Adoption.HERE_ALREADY);
		Envelope<String> first = told.getFirst();
		Envelope<String> another = new Envelope<>(first.topic(), id, 1, first.type(), first.time(), first.by(), "ANNAN",
				first.trace(), first.event());
		assertThat(adopted(endpoint, "adopt", List.of(another))).containsEntry("adoption",
				Repair.Adoption.ANOTHER_STORY);
	}

	@Test
	void aViewThatOnlyOneOfTwoVersionsKnowsMissesNothingWhileBothRunNorWhileTheOtherRunsAlone() {
		Map<String, Object> own = NotesService.fresh();
		List<String> keys = new ArrayList<>();
		try (var old = NotesService.start(own); var next = NotesService.start(NotesService.next(own))) {
			keys.addAll(publishSome("Medan båda kör"));
			awaitViews(views(old), keys);
			awaitViews(onlyInTheNext(next), keys);
		}
		try (var old = NotesService.start(own)) {
			keys.addAll(publishSome("Medan den gamla kör ensam"));
			awaitViews(views(old), keys);
		}
		try (var next = NotesService.start(NotesService.next(own))) {
			awaitViews(onlyInTheNext(next), keys);
		}
	}

	@Test
	void whatOnlyOneOfTwoVersionsCanHandleIsInEffectAndDoesNotStayParked() {
		Map<String, Object> own = NotesService.fresh();
		String key = "note-" + unique();
		try (var old = NotesService.start(own)) {
			Foreign.publish(Topics.QUESTION_NOTES, key, 1, noted("poison bara för den gamla"), "0180");
			Awaitility.await().untilAsserted(() -> assertThat(parkedOf(old, key)).hasSize(1));
			try (var next = NotesService.start(NotesService.next(own))) {
				Awaitility.await().untilAsserted(() -> assertThat(views(next).find(key)).isPresent());
				Awaitility.await().untilAsserted(() -> assertThat(parkedOf(old, key)).isEmpty());
			}
		}
	}

	@Test
	@SuppressWarnings("unchecked")
	void aViewWhoseFoldIsAnotherIsMadeAnewAndReactsOnlyToWhatTheFormerOneHasNotHeardOf() {
		Map<String, Object> own = new HashMap<>(NotesService.fresh());
		own.put("notes.fold", 1);
		List<String> before;
		try (var old = NotesService.start(own)) {
			before = publishSome("Medan den gamla kör");
			Queue<String> reactedTo = old.getBean("reactedTo", Queue.class);
			Awaitility.await().untilAsserted(() -> assertThat(reactedTo).containsAll(before));
		}
		List<String> between = publishSome("Medan ingen kör");
		own.put("notes.fold", 2);
		try (var next = NotesService.start(own)) {
			Views<Note> folded = next.getBean("folded", Views.class);
			Queue<String> reactedTo = next.getBean("reactedTo", Queue.class);
			Awaitility.await().untilAsserted(() -> assertThat(reactedTo).containsAll(between));

			awaitViews(folded, before);
			assertThat(folded.findAll(before)).extracting((note) -> note.state().text())
				.containsOnly("MEDAN DEN GAMLA KÖR");
			assertThat(reactedTo).doesNotContainAnyElementsOf(before);
		}
	}

	/** Who can take the same shares its offsets, and nobody else. */
	@Test
	void aConsumerGroupIsOfThoseWhoKnowTheSameViewsAndTheSameTypesOfEvents() {
		Projection<?, ?> one = known("one", Topics.QUESTION_NOTES);
		Projection<?, ?> another = known("another", Topics.QUESTION_NOTES);
		Topic<?> before = new Topic<>(Topics.QUESTION_NOTES.name(), Topics.QUESTION_NOTES.owner(), QuestionNoted.class);

		assertThat(Beginning.taken(List.of(one, another))).isEqualTo(Beginning.taken(List.of(another, one)))
			.isNotEqualTo(Beginning.taken(List.of(one)));
		assertThat(Beginning.taken(List.of(one))).isNotEqualTo(Beginning.taken(List.of(known("one", before))));
	}

	private static <E> Projection<E, Note> known(String name, Topic<E> topic) {
		return Projection.of(name, topic, Note.class, (note, event) -> new Note("", List.of()));
	}

	/** Of enough keys that every partition of the topic gets some. */
	private static List<String> publishSome(String text) {
		List<String> keys = IntStream.range(0, 40).mapToObj((i) -> "note-" + unique()).toList();
		keys.forEach((key) -> Foreign.publish(Topics.QUESTION_NOTES, key, 1, noted(text), "0180"));
		return keys;
	}

	private static void awaitViews(Views<Note> views, List<String> keys) {
		Awaitility.await().untilAsserted(() -> assertThat(views.findAll(keys)).hasSameSizeAs(keys));
	}

	@SuppressWarnings("unchecked")
	private static Views<Note> onlyInTheNext(ConfigurableApplicationContext context) {
		return context.getBean("onlyInTheNextVersion", Views.class);
	}

	private static Map<String, Object> adopted(EventingEndpoint endpoint, String action, List<Envelope<String>> told) {
		String batch = told.stream().map((event) -> {
			String attributes = event.attributes()
				.entrySet()
				.stream()
				.map((one) -> "\"" + one.getKey() + "\":\"" + one.getValue() + "\"")
				.collect(Collectors.joining(","));
			return "{" + attributes + ",\"data\":" + event.event() + "}";
		}).collect(Collectors.joining(",", "[", "]"));
		return endpoint.act(action, Topics.QUESTION_NOTES.name(), null, batch);
	}

	private static QuestionNoted noted(String text) {
		return new QuestionNoted(SOMEONE, null, text);
	}

	private static String note(String text) {
		return note(service, text);
	}

	private static String note(ConfigurableApplicationContext context, String text) {
		Act act = NotesService.act(unique());
		String id = act.newId("note");
		assertThat(notes(context).execute(id, act, (state) -> Decision.of(noted(text))))
			.isInstanceOf(Outcome.Done.class);
		return id;
	}

	private static void cluster(String id, String name) {
		cluster(service, id, name);
	}

	private static void cluster(ConfigurableApplicationContext context, String id, String name) {
		assertThat(
				notes(context).execute(id, NotesService.act(unique()), (state) -> Decision.of(new NoteClustered(name))))
			.isInstanceOf(Outcome.Done.class);
	}

	private static String unique() {
		return UUID.randomUUID().toString();
	}

	private static Aggregates<Note, QuestionNoteEvent> notes() {
		return notes(service);
	}

	@SuppressWarnings("unchecked")
	private static Aggregates<Note, QuestionNoteEvent> notes(ConfigurableApplicationContext context) {
		return context.getBean("notes", Aggregates.class);
	}

	@SuppressWarnings("unchecked")
	private static Views<Note> views(ConfigurableApplicationContext context) {
		return context.getBean("seen", Views.class);
	}

	private static void awaitView(String id, Note expected) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(views(service).find(id)).map(Stored::state).contains(expected));
	}

	private static void awaitQuiet() {
		Awaitility.await().until(() -> service.getBean(Relay.class).pending() == 0);
	}

	private static void awaitPublished(ConfigurableApplicationContext context, String id, long sequence) {
		Awaitility.await().until(() -> Documents.number(stored(context, id), "published") == sequence);
	}

	private static Document stored(String id) {
		return stored(service, id);
	}

	private static Document stored(ConfigurableApplicationContext context, String id) {
		return Objects
			.requireNonNull(context.getBean(MongoTemplate.class).findById(id, Document.class, "question-notes"));
	}

	private static List<Document> parkedOf(String key) {
		return parkedOf(service, key);
	}

	private static List<Document> parkedOf(ConfigurableApplicationContext context, String key) {
		return context.getBean(Parked.class).list().stream().filter((one) -> key.equals(one.get("key"))).toList();
	}

	/** Everything that the topic holds now, as text. */
	private static String topic() {
		StringBuilder text = new StringBuilder();
		read((record) -> {
			text.append(record.key() != null ? Wire.text(record.key()) : "").append(' ');
			text.append(record.value() != null ? Wire.text(record.value()) : "").append('\n');
		});
		return text.toString();
	}

	private static void read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
		TopicReader reader = service.getBean(TopicReader.class);
		Map<TopicPartition, Long> ends = reader.ends(List.of(Topics.QUESTION_NOTES.name()));
		Map<TopicPartition, Long> from = new ConcurrentHashMap<>();
		ends.keySet().forEach((partition) -> from.put(partition, 0L));
		reader.read(from, ends, (records) -> records.forEach(each));
	}

}
