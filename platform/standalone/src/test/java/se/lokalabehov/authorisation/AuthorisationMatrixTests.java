package se.lokalabehov.authorisation;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.authorisation.Calls.Answer;
import se.lokalabehov.standalone.Options;
import se.lokalabehov.standalone.Standalone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every endpoint for every caller, by the table {@code matrix.txt}. Refusals are tried on
 * things that all share and that nobody may change by being refused; what is allowed is
 * done to something made for it. In between, every answer is looked through for what is
 * not for that caller ({@link Secrets}).
 *
 * <p>
 * A new endpoint needs a row in {@code matrix.txt}, a body in {@link Said} when it acts,
 * something to be tried on in {@link Targets}, and what it answers in
 * {@code bodies.json}.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuthorisationMatrixTests {

	private static final List<String> PARTS = List.of("portal", "need-intake", "prioritisation", "national-handoff",
			"feedback", "report-catalogue");

	private final List<Row> rows = Row.all();

	private final Said said = new Said();

	private final Secrets secrets = new Secrets();

	private final Bodies bodies = new Bodies();

	private final Examples examples = new Examples();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private Standalone standalone;

	private Calls calls;

	private World world;

	private Targets targets;

	@BeforeAll
	void start(@TempDir Path data) {
		this.standalone = Standalone.start(Options.empty(data));
		this.log.start();
		Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
		ThresholdFilter asUsual = new ThresholdFilter();
		asUsual.setLevel("INFO");
		asUsual.start();
		root.iteratorForAppenders().forEachRemaining((one) -> one.addFilter(asUsual));
		root.addAppender(this.log);
		// As when an operator asks for more.
		root.getLoggerContext().getLogger("se.lokalabehov").setLevel(Level.DEBUG);
		root.getLoggerContext().getLogger("org.springframework").setLevel(Level.DEBUG);
		this.calls = new Calls(this.standalone.portal(), this.standalone.issuer(), this.secrets);
		this.world = new World(this.calls, this.secrets, LocalDate.now(ZoneId.of("Europe/Stockholm")));
		this.targets = new Targets(this.world);
	}

	@AfterAll
	void stop() {
		Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
		root.detachAppender(this.log);
		root.iteratorForAppenders().forEachRemaining(Appender::clearAllFilters);
		root.getLoggerContext().getLogger("se.lokalabehov").setLevel(null);
		root.getLoggerContext().getLogger("org.springframework").setLevel(null);
		this.bodies.write();
		this.examples.write();
		if (this.calls != null) {
			this.calls.close();
		}
		if (this.standalone != null) {
			this.standalone.close();
		}
	}

	@Test
	@Order(1)
	void everyEndpointHasARowAndEveryRowAnEndpoint() {
		Set<String> rowed = endpoints((row) -> !row.isOperation());
		Set<String> mapped = Endpoints.mapped();
		Set<String> described = new TreeSet<>();
		PARTS.forEach((part) -> described.addAll(Endpoints.described(this.calls, at(part),
				part.equals("portal") ? "/v3/api-docs/portal" : "/v3/api-docs")));
		assertThat(described).as("what is described is what is there under /api/v1")
			.isEqualTo(
					mapped.stream().filter((one) -> one.contains("~")).collect(Collectors.toCollection(TreeSet::new)));
		assertThat(Endpoints.described(this.calls, at("portal"), "/v3/api-docs")).as("the portal describes all of it")
			.isEqualTo(described);
		assertThat(rowed).as("the table").isEqualTo(mapped);
	}

	@Test
	@Order(1)
	void everyOperationHasARow() {
		Set<String> rowed = endpoints((row) -> row.isOperation() && row.isReading());
		PARTS.forEach((part) -> assertThat(Endpoints.operated(this.calls, at(part))).as(part).isEqualTo(rowed));
	}

	@Test
	@Order(1)
	void everyActHasSomethingToSayAndEveryEndpointABody() {
		Set<String> all = endpoints((row) -> true);
		assertThat(new TreeSet<>(this.said.endpoints())).isEqualTo(endpoints((row) -> !row.isReading()));
		assertThat(this.rows.stream().map(Row::name)).doesNotHaveDuplicates().containsAll(this.bodies.rows());
		assertThat(endpoints((row) -> !row.allowed().isEmpty())).as("every endpoint is allowed to somebody")
			.isEqualTo(all);
		assertThat(endpoints((row) -> this.bodies.rows().contains(row.name())))
			.as("of every endpoint an answer is compared")
			.isEqualTo(all);
	}

	/**
	 * A page for people is opened by a session, which a program with a token does not
	 * have; what its forms do is done at the services with the person's own token, by the
	 * rows above.
	 */
	@Test
	@Order(2)
	void aBearerTokenOpensNoPageForPeopleAndSendsNoForm() {
		assertThat(Endpoints.forPeople()).isNotEmpty().allSatisfy((endpoint) -> {
			String[] parts = endpoint.split(" ");
			String path = parts[1].replaceAll("\\{[^}]*}", "x");
			for (Who who : List.of(Who.ANYONE, Who.APPROVER_A, Who.RSS_A, Who.SKR, Who.ADMINISTRATOR)) {
				if (parts[0].equals("GET")) {
					assertThat(this.calls.get(who, path).status()).as(endpoint).isEqualTo(302);
				}
				else {
					assertThat(this.calls.act(who, parts[0], path, Map.of(), null, "a-form").status()).as(endpoint)
						.isEqualTo(403);
				}
			}
		});
	}

	private Set<String> endpoints(Predicate<Row> which) {
		return this.rows.stream().filter(which).map(Row::endpoint).collect(Collectors.toCollection(TreeSet::new));
	}

	/** The reading rows first: the world is still as it was made. */
	@TestFactory
	@Order(2)
	Stream<DynamicTest> whatEverybodyReads() {
		return this.rows.stream().filter(Row::isReading).map((row) -> DynamicTest.dynamicTest(row.name(), () -> {
			List<String> wrong = new ArrayList<>();
			for (URI at : places(row)) {
				wrong.addAll(read(row, at));
			}
			wrong.addAll(this.secrets.leaks());
			assertThat(wrong).isEmpty();
		}));
	}

	private List<URI> places(Row row) {
		return row.isOperation() ? PARTS.stream().map(this::at).toList() : List.of(at("portal"));
	}

	private List<String> read(Row row, URI at) {
		List<String> wrong = new ArrayList<>();
		Target target = target(row);
		String path = Target.filled(row.path(), target.shared());
		for (Who who : Who.values()) {
			Answer answer = Calls.until(() -> this.calls.get(who, at, path), (one) -> one.status() == row.status(who));
			wrong.addAll(compare(row, who, answer));
			if (answer.isGood() && who == shown(row, target)) {
				wrong.addAll(this.bodies.compare(row.name(), answer));
				this.examples.add(row.endpoint(), null, answer);
			}
		}
		return wrong;
	}

	/** Whose answer is compared: who watches it, else the first who may. */
	private static Who shown(Row row, Target target) {
		return row.isAllowed(target.watcher()) ? target.watcher()
				: row.allowed().isEmpty() ? Who.ANYONE : row.allowed().getFirst();
	}

	private static List<String> compare(Row row, Who who, Answer answer) {
		return (answer.status() == row.status(who)) ? List.of()
				: List.of(who + ": expected " + row.status(who) + ", was " + answer.status() + " " + answer.text());
	}

	@Test
	@Order(3)
	void listsHoldWhatOneMayReadByItselfAndNothingElse() {
		List<String> wrong = new ArrayList<>();
		for (Who who : Who.values()) {
			wrong.addAll(listed(who, "needs", "id", this.world.all("need"), "?", "?status=DRAFT"));
			wrong.addAll(listed(who, "question-notes", "id", this.world.all("note"), "?"));
			wrong.addAll(listed(who, "regional-needs", "id", this.world.all("regional"), "?"));
			wrong.addAll(listed(who, "collections", "id", this.world.collections(), "?"));
			wrong.addAll(listed(who, "national-needs", "id", this.world.all("national"), "?"));
			wrong.addAll(listed(who, "hand-offs", "id", this.world.all("national"), "?"));
			wrong.addAll(listed(who, "cycles", "id", this.world.all("cycle"), "?"));
			wrong.addAll(listed(who, "prioritisation-rounds", "id", this.world.all("round"), "?"));
			wrong.addAll(listed(who, "feedback", "nationalNeed", this.world.all("national"), "?"));
			wrong.addAll(listed(who, "follow-ups", "id", this.world.all("follow-up"),
					"?nationalNeed=" + this.world.the("decided")));
			wrong.addAll(listed(who, "records", "id", this.world.all("record"), "?", "?status=WITHDRAWN"));
		}
		wrong.addAll(this.secrets.leaks());
		assertThat(wrong).isEmpty();
	}

	private List<String> listed(Who who, String resource, String id, List<String> all, String... queries) {
		Set<String> listed = new TreeSet<>();
		for (String query : queries) {
			this.calls.list(who, "~/" + resource + query).forEach((item) -> listed.add(item.path(id).asString("")));
		}
		listed.retainAll(all);
		Set<String> readable = all.stream()
			.filter((one) -> this.calls.get(who, "~/" + resource + "/" + one).isGood())
			.collect(Collectors.toCollection(TreeSet::new));
		return listed.equals(readable) ? List.of()
				: List.of(who + " in " + resource + ": lists " + listed + ", reads " + readable);
	}

	/** The trace of everything there is, for everybody; a trace of one's own as well. */
	@Test
	@Order(3)
	void tracesTellNobodyWhatIsNotForThem() {
		List<String> things = Stream.of("need", "note", "regional", "national", "round", "cycle", "record", "follow-up")
			.flatMap((kind) -> this.world.all(kind).stream())
			.toList();
		for (Who who : Who.values()) {
			Stream.concat(things.stream(), this.world.collections().stream())
				.forEach((id) -> this.calls.get(who, "~/traces/" + id));
			if (this.calls.get(who, "~/traces").isGood()) {
				this.calls.list(who, "~/traces");
			}
		}
		things.forEach((id) -> this.calls.get(Who.ANYONE, "/spar/" + id));
		assertThat(this.secrets.leaks()).isEmpty();
	}

	/**
	 * While its round is open a ballot is in no answer to anybody but its voter (all that
	 * were given until now have been looked through), in no event, and in no line of any
	 * log.
	 */
	@Test
	@Order(4)
	void aBallotIsNowhereButWithItsVoter() {
		String round = this.world.the("round of a secret ballot");
		for (Who who : Who.values()) {
			for (String path : List.of("", "/ranking", "/package", "/explanation", "/ballots/" + World.SEAT)) {
				this.calls.get(who, "~/prioritisation-rounds/" + round + path);
			}
			this.calls.get(who, "~/traces/" + round);
		}
		assertThat(this.secrets.leaks()).isEmpty();
		assertThat(this.secrets.everyBallotWasRead()).isTrue();
		// The platform goes on writing its log meanwhile.
		List<ILoggingEvent> logged = List.copyOf(this.log.list);
		assertThat(logged).isNotEmpty();
		assertThat(logged.stream().map(ILoggingEvent::getFormattedMessage)).noneMatch(this.secrets::tellsOfABallot);
		assertThat(events()).isNotEmpty().noneMatch(this.secrets::tellsOfABallot);
	}

	/** Every record of every topic. */
	private List<String> events() {
		List<String> events = new ArrayList<>();
		Map<String, Object> properties = Map.of("bootstrap.servers", this.standalone.bootstrapServers(),
				"enable.auto.commit", "false");
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties, new StringDeserializer(),
				new StringDeserializer())) {
			List<TopicPartition> partitions = consumer.listTopics()
				.values()
				.stream()
				.flatMap(List::stream)
				.filter((one) -> one.topic().startsWith("lokala-behov"))
				.map((one) -> new TopicPartition(one.topic(), one.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				consumer.poll(Duration.ofMillis(200))
					.forEach((one) -> events.add(one.key() + " " + one.headers() + " " + one.value()));
			}
		}
		return events;
	}

	/** Or nothing would be shown by nobody else reading them. */
	@Test
	@Order(4)
	void secretsAreReadByThoseWhomTheyAreFor() {
		Map<String, Set<Who>> unread = this.secrets.unread();
		assertThat(unread).isEmpty();
	}

	@TestFactory
	@Order(5)
	Stream<DynamicTest> whatEverybodyDoes() {
		return this.rows.stream()
			.filter((row) -> !row.isReading())
			.map((row) -> DynamicTest.dynamicTest(row.name(), () -> {
				List<String> wrong = new ArrayList<>();
				for (URI at : places(row)) {
					wrong.addAll(refused(row, at));
					wrong.addAll(done(row, at));
				}
				wrong.addAll(this.secrets.leaks());
				assertThat(wrong).isEmpty();
			}));
	}

	/**
	 * A sample, the same each time; the whole with {@code -Dhostile.whole=true}. A new
	 * endpoint is attacked because it is described.
	 */
	@TestFactory
	@Order(6)
	Stream<DynamicTest> hostileInputIsAnsweredRight() {
		((Logger) LoggerFactory.getLogger("org.springframework")).setLevel(null);
		this.log.list.clear();
		HostileSweep sweep = new HostileSweep(this.calls, at("portal"), this.world, this.targets, this.said,
				Boolean.getBoolean("hostile.whole"));
		Stream<DynamicTest> rows = this.rows.stream()
			.filter((row) -> !row.allowed().isEmpty() && row.path().startsWith("~"))
			.map((row) -> DynamicTest.dynamicTest(row.name(),
					() -> assertThat(sweep.attack(row, at("portal"))).isEmpty()));
		Stream<DynamicTest> raw = PARTS.stream()
			.map((part) -> DynamicTest.dynamicTest(part, () -> assertThat(sweep.attackRaw(at(part))).isEmpty()));
		Stream<DynamicTest> afterwards = Stream.of(DynamicTest.dynamicTest("afterwards", () -> {
			System.out.println(sweep.report());
			nothingIsParked();
			assertThat(List.copyOf(this.log.list)).noneMatch((one) -> one.getLevel() == Level.ERROR)
				.noneMatch((one) -> one.getFormattedMessage().contains("\n" + Attacks.FORGED));
			assertThat(this.secrets.leaks()).isEmpty();
		}));
		return Stream.of(rows, raw, afterwards).flatMap((some) -> some);
	}

	/** What was taken in went through every view. */
	private void nothingIsParked() {
		for (String part : PARTS) {
			JsonNode window = Calls
				.until(() -> this.calls.get(Who.ADMINISTRATOR, at(part), "/actuator/eventing"),
						(one) -> one.json().path("pending").asLong(1) == 0)
				.json();
			assertThat(window.path("pending").asLong(1)).as(part).isZero();
			assertThat(window.path("parked")).as(part).isEmpty();
		}
	}

	/** After all of it: what was done, refused, read and operated is in the log. */
	@Test
	@Order(7)
	void theAuditLogHasItAllAndIsWhole() {
		for (String part : PARTS) {
			JsonNode verified = this.calls.get(Who.ADMINISTRATOR, at(part), "/actuator/audit").json();
			assertThat(verified.path("finding").asString("")).as(part).isEqualTo("Hela kedjan stämmer.");
			assertThat(verified.path("rows").asLong(0)).as(part).isPositive();
		}
		Map<String, List<JsonNode>> rows = new TreeMap<>();
		long from = 1;
		for (JsonNode part = rows(from); !part.isEmpty(); part = rows(from)) {
			part.forEach(
					(row) -> rows.computeIfAbsent(row.path("kind").asString(), (kind) -> new ArrayList<>()).add(row));
			from += part.size();
		}
		assertThat(rows.keySet()).contains("DONE", "REFUSED", "READ", "ASKED", "OPERATED");
		assertThat(rows.get("DONE")).anySatisfy((row) -> {
			assertThat(row.path("what").asString()).isEqualTo("need-submitted.v1");
			assertThat(row.path("organisation").asString()).isEqualTo("0180");
			assertThat(row.path("person").asString()).matches("[0-9a-f]{32}");
		});
		assertThat(rows.get("REFUSED")).anySatisfy((row) -> {
			assertThat(row.path("result").asString()).isEqualTo("401");
			assertThat(row.path("person").asString()).isEqualTo("-");
		}).anySatisfy((row) -> {
			assertThat(row.path("result").asString()).isEqualTo("403");
			assertThat(row.path("what").asString()).startsWith("POST /api/v1/needs/{id}/");
			assertThat(row.path("about").asString()).startsWith("need-");
			assertThat(row.path("role").asString()).isNotEmpty();
		}).anySatisfy((row) -> {
			assertThat(row.path("what").asString()).isEqualTo("POST /actuator/eventing");
			assertThat(row.path("result").asString()).isEqualTo("403");
			assertThat(row.path("organisation").asString()).isNotEqualTo("-");
		});
		assertThat(rows.get("READ"))
			.allSatisfy((row) -> assertThat(row.path("role").asString()).contains("ADMINISTRATOR"));
	}

	private JsonNode rows(long from) {
		return this.calls.get(Who.ADMINISTRATOR, at("need-intake"), "/actuator/audit/" + from).json().path("rows");
	}

	/** Nobody who is refused changes anything. */
	private List<String> refused(Row row, URI at) {
		List<String> wrong = new ArrayList<>();
		Target target = target(row);
		Answer before = watch(target, target.shared(), at);
		for (Who who : Who.values()) {
			if (!row.isAllowed(who)) {
				wrong.addAll(compare(row, who, act(row, who, target, target.shared(), at)));
			}
		}
		Answer after = watch(target, target.shared(), at);
		if (!before.isGood() || !after.text().equals(before.text()) || !Objects.equals(after.eTag(), before.eTag())) {
			wrong.add("what was refused has changed something: " + before + " became " + after);
		}
		return wrong;
	}

	private List<String> done(Row row, URI at) {
		List<String> wrong = new ArrayList<>();
		Target target = target(row);
		for (Who who : row.allowed()) {
			Map<String, String> places = target.fresh().get();
			Answer answer = act(row, who, target, places, at);
			wrong.addAll(compare(row, who, answer));
			if (answer.isGood() && who == shown(row, target)) {
				this.examples.add(row.endpoint(), this.said.to(row.endpoint(), this.world, places), answer);
				wrong.addAll(this.bodies.compare(row.name(), answer));
			}
		}
		return wrong;
	}

	private Answer act(Row row, Who who, Target target, Map<String, String> places, URI at) {
		String path = Target.filled(row.path(), places);
		Object body = this.said.to(row.endpoint(), this.world, places);
		String key = Calls.key();
		return Calls.until(
				() -> this.calls.act(who, at, row.method(), path, body,
						row.method().equals("PUT") ? watch(target, places, at).eTag() : null, key),
				(one) -> one.status() == row.status(who));
	}

	private Answer watch(Target target, Map<String, String> places, URI at) {
		return this.calls.get(target.watcher(), at, Target.filled(target.watch(), places));
	}

	private Target target(Row row) {
		return this.targets.named(row.target());
	}

	private URI at(String part) {
		return part.equals("portal") ? this.standalone.portal() : this.standalone.service(part);
	}

}
