package se.lokalabehov.eventing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteClustered;
import se.lokalabehov.contracts.QuestionNoteEvent.QuestionNoted;
import se.lokalabehov.eventing.Audit.Verified;
import se.lokalabehov.eventing.NotesService.Note;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The audit log on a real broker and store: what is in it, and that nobody changes it
 * unseen.
 */
class AuditTests {

	private static ConfigurableApplicationContext service;

	@BeforeAll
	static void start() {
		service = NotesService.start(NotesService.fresh());
		Awaitility.await().until(() -> service.getBean(Divergence.class).isCompared());
		for (int i = 0; i < 6; i++) {
			note(service, "someone");
		}
		audit().flush();
		Awaitility.await().until(() -> {
			audit().flush();
			return audit().verify().anchored() >= 6;
		});
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	private static Audit audit() {
		return service.getBean(Audit.class);
	}

	private static MongoTemplate store() {
		return service.getBean(MongoTemplate.class);
	}

	@SuppressWarnings("unchecked")
	private static String note(ConfigurableApplicationContext at, String subject) {
		String key = UUID.randomUUID().toString();
		Act act = new Act(new OrganisationId("0180"), "MUNICIPALITY_AUTHOR", subject, Instant.now(), key,
				Act.sha256(key), null);
		String id = act.newId("note");
		at.getBean("notes", Aggregates.class)
			.execute(id, act,
					(state) -> Decision.of(new QuestionNoted(new OrganisationId("0180"), "SBB", "En hemlig fråga")));
		return id;
	}

	private static List<Document> rows() {
		return store().find(new Query().with(Sort.by("_id")), Document.class, Audit.COLLECTION);
	}

	@Test
	@SuppressWarnings("unchecked")
	void anActIsChainedWithWhoDidWhatToWhatAndNothingThatWasWritten() {
		String id = note(service, "somebody-else");
		// Without a key, as a change by version is.
		service.getBean("notes", Aggregates.class)
			.execute(id, new Act(new OrganisationId("RSS-01"), "RSS_COORDINATOR", "somebody-else", Instant.now(), null,
					"f", 1L), (state) -> Decision.of(new NoteClustered("hemligt kluster")));
		audit().flush();

		List<Document> rows = rows().stream()
			.filter((row) -> row.getString("about").equals("question-notes/" + id))
			.toList();
		assertThat(rows).extracting((row) -> row.getString("what"))
			.containsExactly("question-noted.v1", "note-clustered.v1");
		assertThat(rows).extracting((row) -> row.getString("organisation")).containsExactly("0180", "RSS-01");
		assertThat(rows).extracting((row) -> row.getString("result")).containsExactly("1", "2");
		assertThat(rows.get(0).getString("person")).matches("[0-9a-f]{32}")
			.isEqualTo(rows.get(1).getString("person"))
			.isNotEqualTo(rows().getFirst().getString("person"));
		assertThat(rows.toString()).doesNotContain("hemlig", "somebody-else");
		assertThat(audit().verify().bad()).isNull();
	}

	/** The platform's own consequences are told by what they follow from. */
	@Test
	@SuppressWarnings("unchecked")
	void whatFollowsByItselfIsNotInIt() {
		Act act = Act.system(new OrganisationId("SKR"), Instant.now(), UUID.randomUUID().toString());
		String id = act.newId("note");
		service.getBean("notes", Aggregates.class)
			.execute(id, act, (state) -> Decision.of(new QuestionNoted(new OrganisationId("SKR"), "SBB", "x")));
		audit().flush();

		assertThat(rows()).noneMatch((row) -> row.getString("about").endsWith(id));
	}

	@Test
	void aRowThatIsChangedIsNamed() {
		assertThat(after((rows) -> rows.get(2).put("organisation", "1480"))).satisfies((found) -> {
			assertThat(found.bad()).isEqualTo(3);
			assertThat(found.finding()).contains("ändrad");
		});
		assertThat(after((rows) -> rows.get(3).remove("at")).bad()).isEqualTo(4);
		assertThat(after((rows) -> rows.get(4).put("hash", "0".repeat(64))).bad()).isEqualTo(5);
	}

	@Test
	void rowsThatHaveChangedPlacesAreNamed() {
		assertThat(after((rows) -> {
			rows.get(1).put("_id", 3L);
			rows.get(2).put("_id", 2L);
		}).bad()).isEqualTo(2);
	}

	@Test
	void aRowThatIsGoneIsNamedAlsoAtTheBeginning() {
		assertThat(after((rows) -> rows.remove(3)).bad()).isEqualTo(4);
		assertThat(after((rows) -> rows.removeFirst()).bad()).isEqualTo(1);
	}

	@Test
	void aTailThatIsCutIsSeenByWhatTheBrokerWasTold() {
		long anchored = audit().verify().anchored();

		Verified found = after((rows) -> rows.removeIf((row) -> row.getLong("_id") >= anchored - 1));

		assertThat(found.bad()).isEqualTo(anchored - 1);
		assertThat(found.finding()).contains("Slutet saknas", Long.toString(anchored));
		assertThat(after(List::clear).bad()).isEqualTo(1);
	}

	/** By somebody who knows how hashes are made. */
	@Test
	void aChainThatIsWrittenAnewIsSeenByWhatTheBrokerWasTold() {
		Verified found = after((rows) -> {
			rows.get(2).put("organisation", "1480");
			String hash = rows.get(1).getString("hash");
			for (Document row : rows.subList(2, rows.size())) {
				hash = AuditRow.from(row).hash(hash);
				row.put("hash", hash);
			}
		});

		assertThat(found.bad()).isNotNull().isBetween(3L, found.anchored());
		assertThat(found.finding()).contains("omskriven");
	}

	/** Does something to the rows, looks, and undoes it. */
	private static Verified after(Consumer<List<Document>> change) {
		audit().flush();
		List<Document> before = rows();
		List<Document> changed = new ArrayList<>();
		before.forEach((row) -> changed.add(new Document(row)));
		change.accept(changed);
		try {
			replace(changed);
			return audit().verify();
		}
		finally {
			replace(before);
			assertThat(audit().verify().bad()).isNull();
		}
	}

	private static void replace(List<Document> rows) {
		store().remove(new Query(), Audit.COLLECTION);
		if (!rows.isEmpty()) {
			store().insert(rows, Audit.COLLECTION);
		}
	}

	@Test
	void whatACrashLeftUnchainedIsChainedByTheNextStartAndOnce() {
		Map<String, Object> own = NotesService.fresh();
		String kept;
		String left = "note-" + UUID.randomUUID();
		try (var first = NotesService.start(own)) {
			kept = note(first, "someone");
			first.getBean(Audit.class).flush();
			// As a process that died between the write and the chain leaves it.
			first.getBean(MongoTemplate.class)
				.insert(new Document("_id", left).append("version", 1L)
					.append("sequence", 0L)
					.append("created", new Date())
					.append("state", first.getBean(Codec.class).state(new Note("Kvar", List.of()), Note.class))
					.append("acts",
							List.of(new Document("version", 1L).append("at", new Date())
								.append("by", "0180")
								.append("role", "MUNICIPALITY_AUTHOR")
								.append("person", "p")
								.append("did", List.of("question-noted.v1")))),
						"question-notes");
		}
		try (var second = NotesService.start(own)) {
			Awaitility.await()
				.untilAsserted(() -> assertThat(about(second)).containsOnlyOnce("question-notes/" + kept,
						"question-notes/" + left));
			assertThat(second.getBean(Audit.class).verify().bad()).isNull();
		}
	}

	private static List<String> about(ConfigurableApplicationContext at) {
		return at.getBean(MongoTemplate.class)
			.find(new Query().with(Sort.by("_id")), Document.class, Audit.COLLECTION)
			.stream()
			.map((row) -> row.getString("about"))
			.toList();
	}

	@Test
	void twoInstancesWriteOneChain() throws InterruptedException {
		Map<String, Object> own = NotesService.fresh();
		try (var one = NotesService.start(own); var two = NotesService.start(own)) {
			Awaitility.await().until(() -> two.getBean(Divergence.class).isCompared());
			Queue<String> made = new ConcurrentLinkedQueue<>();
			try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
				for (int i = 0; i < 60; i++) {
					ConfigurableApplicationContext at = (i % 2 == 0) ? one : two;
					executor.submit(() -> made.add("question-notes/" + note(at, "someone")));
				}
			}
			one.getBean(Audit.class).flush();
			two.getBean(Audit.class).flush();

			assertThat(made).hasSize(60);
			assertThat(about(one)).containsOnlyOnce(made.toArray(String[]::new));
			Verified verified = two.getBean(Audit.class).verify();
			assertThat(verified.bad()).as(verified.finding()).isNull();
		}
	}

	@ParameterizedTest
	@CsvSource({ "anonymous, 401", "0123456789abcdef, 429" })
	void whatFindsNoRoomIsCountedInTheChain(String subject, String status) {
		Audit audit = audit();
		long before = written() + lost();
		long lostBefore = lost();
		for (int i = 0; i < 200; i++) {
			audit.note("REFUSED", "-", "", subject, "POST /api/v1/needs", "", status);
		}
		audit.flush();

		assertThat(lost()).isGreaterThan(lostBefore);
		assertThat(written() + lost() - before).isEqualTo(200);
		assertThat(audit.verify().bad()).isNull();
	}

	private long written() {
		return rows().stream().filter((row) -> row.getString("kind").equals("REFUSED")).count();
	}

	private long lost() {
		return rows().stream()
			.filter((row) -> row.getString("kind").equals("LOST"))
			.mapToLong((row) -> Long.parseLong(row.getString("result")))
			.sum();
	}

}
