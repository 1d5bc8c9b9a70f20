package se.lokalabehov.prioritisation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoTemplate;

import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.prioritisation.TheService.ROUNDS;
import static se.lokalabehov.prioritisation.TheService.aRound;
import static se.lokalabehov.prioritisation.TheService.order;

/**
 * Nothing leaks before close (domain rule 13): whatever anyone else sees of an open round
 * is the same to the letter, however the seats vote.
 */
@ExtendWith(OneService.class)
class NothingLeaksTests {

	private static final List<String> LOGGERS = List.of("se.lokalabehov", "org.springframework", "org.mongodb");

	private final TheService service;

	NothingLeaksTests(TheService service) {
		this.service = service;
	}

	@Test
	void whatIsSeenOfAnOpenRoundDoesNotDependOnTheBallots() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 9);
		String round = this.service.open(this.service.skr(), aRound(cycle, "NATIONAL", needs,
				List.of("0180", "1280", "1480"), ChoosingAnAreaAndRankingTests.inAnHour()));
		List<String> planted = List.of(needs.get(7), needs.get(2), needs.get(8), needs.get(0), needs.get(5),
				needs.get(1), needs.get(6), needs.get(3), needs.get(4));
		ListAppender<ILoggingEvent> log = listen();
		List<Answer> answers = new ArrayList<>();
		try {
			answers.add(this.service.cast("0180", round, order(planted)).expecting(200));
			answers.add(this.service.cast("1280", round, order(needs)).expecting(200));
			Map<String, String> before = everythingSeen(round, cycle);
			answers.add(this.service.cast("0180", round, order(planted.reversed())).expecting(200));
			answers.add(this.service.cast("1280", round, List.of(planted)).expecting(200));
			// Refused ones say nothing either.
			List<List<String>> twice = new ArrayList<>(order(planted));
			twice.add(List.of(planted.getFirst()));
			answers.add(this.service.cast("0180", round, twice).expecting(400));
			answers.add(this.service.cast("0184", round, order(planted)).expecting(404));
			assertThat(everythingSeen(round, cycle)).isEqualTo(before);
		}
		finally {
			hush(log);
		}
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.text()).doesNotContain(needs));
		List<String> traces = List.of("7>2>8>0>5>1>6>3>4", "4>3>6>1>5>0>8>2>7", "7=2=8=0=5=1=6=3=4",
				planted.get(0) + "\"],[\"" + planted.get(1), planted.get(0) + "], [" + planted.get(1),
				planted.get(0) + ", " + planted.get(1), planted.get(0) + "\",\"" + planted.get(1));
		assertThat(log.list).extracting(NothingLeaksTests::text)
			.allSatisfy((line) -> assertThat(line).doesNotContain(traces));
		assertThat(log.list).isNotEmpty();
	}

	@Test
	void howManyHaveVotedIsToldToThoseWhoTakePartAndToNobodyElse() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 3);
		String round = this.service.open(this.service.skr(),
				aRound(cycle, "NATIONAL", needs, List.of("0180", "1480"), ChoosingAnAreaAndRankingTests.inAnHour()));
		String path = ROUNDS + "/" + round;
		Answer administrators = this.service.administrator().get(path).expecting(200);
		Answer skrs = this.service.skr().get(path).expecting(200);
		Answer members = this.service.chief("1480").get(path).expecting(200);
		Map<String, String> before = everythingSeen(round, cycle);

		this.service.cast("0180", round, order(needs)).expecting(200);

		Map<String, String> after = everythingSeen(round, cycle);
		List.of("SKR " + path, "panel " + path).forEach((told) -> {
			before.remove(told);
			after.remove(told);
		});
		assertThat(after).isEqualTo(before);
		this.service.administrator().get(path, "If-None-Match", administrators.eTag()).expecting(304);
		this.service.skr().get(path, "If-None-Match", skrs.eTag()).expecting(200);
		assertThat(this.service.chief("1480").get(path).eTag()).isNotEqualTo(members.eTag());
		// A ballot is no reason to refuse an act on what was seen before it.
		this.service.skr()
			.post(path + "/reminders", Map.of("message", "Rösta före fredag"), "If-Match", skrs.eTag())
			.expecting(200);
		this.service.administrator()
			.post(path + "/redaction", Map.of("reason", "Fel"), "If-Match", administrators.eTag())
			.expecting(412);
		Answer redacted = this.service.administrator()
			.post(path + "/redaction", Map.of("reason", "Fel"), "If-Match",
					this.service.administrator().get(path).eTag())
			.expecting(200);
		// Opened, reminded, redacted: the ballot is not counted.
		assertThat(redacted.eTag()).isEqualTo("\"3\"");
	}

	/**
	 * Every way of looking, by everyone who may look or not, except at one's own ballot.
	 */
	private Map<String, String> everythingSeen(String round, String cycle) {
		Map<String, String> seen = new LinkedHashMap<>();
		Map<String, Caller> callers = Map.of("nobody", this.service.nobody(), "SKR", this.service.skr(),
				"administrator", this.service.administrator(), "panel", this.service.chief("1480"), "other chief",
				this.service.chief("0184"), "author", this.service.author("0180"), "RSS", this.service.rss("RSS-01"));
		String path = ROUNDS + "/" + round;
		callers.forEach(
				(who, caller) -> List
					.of(path, path + "/ranking", path + "/package", path + "/explanation", path + "/ballots",
							path + "/ballots/0180", path + "/ballots/1280", ROUNDS + "?cycle=" + cycle,
							"/api/v1/cycles/" + cycle)
					.forEach((address) -> {
						Answer answer = caller.get(address);
						Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers().map());
						headers.remove("date");
						seen.put(who + " " + address, answer.status() + " " + headers + " " + answer.text());
					}));
		seen.put("events", this.service.rounds().story(round).toString());
		Document stored = Objects
			.requireNonNull(this.service.bean(MongoTemplate.class).findById(round, Document.class, Ballots.COLLECTION));
		// The outbox's marks move by themselves.
		List.of("ballots", "published", "unpublished").forEach(stored::remove);
		seen.put("document", stored.toJson());
		return seen;
	}

	/** Everything that is written when an operator asks for more in general. */
	private static ListAppender<ILoggingEvent> listen() {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger root = logger(Logger.ROOT_LOGGER_NAME);
		root.getAppender("console").stop();
		root.addAppender(log);
		root.setLevel(Level.DEBUG);
		LOGGERS.forEach((name) -> logger(name).setLevel(Level.DEBUG));
		// Kafka's are many, and it never sees a ballot: the story above is all it gets.
		logger("org.apache.kafka").setLevel(Level.INFO);
		logger("kafka").setLevel(Level.INFO);
		return log;
	}

	private static void hush(ListAppender<ILoggingEvent> log) {
		Logger root = logger(Logger.ROOT_LOGGER_NAME);
		root.setLevel(Level.ERROR);
		root.detachAppender(log);
		root.getAppender("console").start();
		List.of("org.springframework", "org.mongodb", "org.apache.kafka", "kafka")
			.forEach((name) -> logger(name).setLevel(null));
		logger("se.lokalabehov").setLevel(Level.INFO);
	}

	private static Logger logger(String name) {
		return (Logger) LoggerFactory.getLogger(name);
	}

	private static String text(ILoggingEvent event) {
		return event.getFormattedMessage()
				+ ((event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy()) : "");
	}

}
