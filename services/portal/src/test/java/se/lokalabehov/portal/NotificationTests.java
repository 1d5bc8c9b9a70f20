package se.lokalabehov.portal;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.demoissuer.DemoIssuerApplication;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.ForeignEvents;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Backends;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people are told, in the portal and by mail: who, how often, and what happens when
 * things stop and go on. The mail server speaks SMTP.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationTests {

	private static final String SECRET = "Ord som ingen får läsa i ett brev";

	private static final MovedClock clock = new MovedClock();

	private final ForeignEvents services = new ForeignEvents(Backends.shared().bootstrapServers());

	private final String portal = "http://localhost:" + freePort();

	private final ServerSetup smtp = new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);

	private final GreenMail mail = new GreenMail(this.smtp);

	private ConfigurableApplicationContext issuer;

	private RunningService running;

	/**
	 * The time that the portal reads, which a test moves on.
	 */
	static final class MovedClock extends Clock {

		private volatile Duration ahead = Duration.ZERO;

		void moveTo(Instant then) {
			this.ahead = Duration.between(Instant.now(), then);
		}

		void moveBack() {
			this.ahead = Duration.ZERO;
		}

		@Override
		public Instant instant() {
			return Instant.now().plus(this.ahead);
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

	/**
	 * Puts that clock into the portal.
	 */
	@Configuration(proxyBeanMethods = false)
	static class WithClock {

		@Bean
		Clock clock() {
			return clock;
		}

	}

	@BeforeAll
	void start(@TempDir Path temporary) {
		String issuerName = "http://localhost:" + freePort();
		this.mail.start();
		this.issuer = new SpringApplicationBuilder(DemoIssuerApplication.class).run("--spring.config.name=demo-issuer",
				"--server.port=" + issuerName.replaceFirst(".*:", ""),
				"--lokala-behov.demo-issuer.issuer=" + issuerName,
				"--lokala-behov.demo-issuer.directory=" + temporary.resolve("issuer"),
				"--lokala-behov.demo-issuer.redirect-uris=" + this.portal + "/login/oauth2/code/lokala-behov",
				"--lokala-behov.demo-issuer.post-logout-redirect-uris=" + this.portal + "/");
		Map<String, Object> properties = new HashMap<>();
		AService away = new AService();
		away.close();
		Arrays.stream(Room.values())
			.forEach((room) -> properties.put("lokala-behov.portal.services." + room.service(), away.address()));
		properties.put("server.port", this.portal.replaceFirst(".*:", ""));
		properties.put("lokala-behov.portal.logins.lokala-behov.issuer", issuerName);
		properties.put("lokala-behov.portal.logins.lokala-behov.client-secret", "demo");
		properties.put("lokala-behov.security.issuers[1].issuer", issuerName);
		properties.put("lokala-behov.security.issuers[1].organisations", "*");
		properties.put("lokala-behov.portal.mail.address", this.portal);
		properties.put("lokala-behov.portal.mail.pause", "1s");
		properties.put("spring.mail.host", "127.0.0.1");
		properties.put("spring.mail.port", this.smtp.getPort());
		this.running = RunningService.start("portal", properties, PortalApplication.class, WithClock.class);
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterAll
	void stop() {
		this.running.close();
		this.issuer.close();
		this.mail.stop();
		this.services.close();
		clock.moveBack();
	}

	private Visitor visitor(String login) {
		Visitor visitor = new Visitor(this.portal);
		assertThat(visitor.logIn(login).to()).isEqualTo(this.portal + "/start");
		return visitor;
	}

	private MongoTemplate store() {
		return this.running.bean(Eventing.class).store();
	}

	/** What the people of an organisation were told about something: which events. */
	private List<String> told(String organisation, String about) {
		return store()
			.find(new Query(Criteria.where("state.organisation").is(organisation).and("state.about").is(about)),
					Document.class, "notices")
			.stream()
			.map((one) -> one.get("state", Document.class).getString("event"))
			.sorted()
			.toList();
	}

	private List<MimeMessage> lettersTo(String login) {
		return Stream.of(this.mail.getReceivedMessages()).filter((message) -> {
			try {
				return message.getAllRecipients()[0].toString()
					.equals(login.toLowerCase(Locale.ROOT) + "@lokala-behov.example");
			}
			catch (MessagingException ex) {
				throw new IllegalStateException(ex);
			}
		}).toList();
	}

	private List<String> texts(String login) {
		return lettersTo(login).stream().map((message) -> {
			try {
				return message.getSubject() + "\n" + message.getContent();
			}
			catch (IOException | MessagingException ex) {
				throw new IllegalStateException(ex);
			}
		}).toList();
	}

	private NeedId submitted(String municipality, String rss) {
		NeedId need = new NeedId("need-avis-" + UUID.randomUUID().toString().substring(0, 12));
		this.services
			.publish(Topics.NEED, need.value(), 1,
					new NeedEvent.NeedSubmitted(new CycleId("cycle-avis"), "SBB", organisations(municipality),
							new OrganisationId(rss), Story.wording(SECRET), null, false, null, null, false),
					municipality);
		return need;
	}

	private static List<OrganisationId> organisations(String... codes) {
		return Arrays.stream(codes).map(OrganisationId::new).toList();
	}

	@Test
	void eachIsToldOnceHoweverOftenTheEventsComeAgain() {
		visitor("godkannare-2580");
		visitor("forfattare-2584");
		NeedId need = submitted("2580", "RSS-25");
		RegionalNeedId regional = new RegionalNeedId("regional-avis");
		this.services.publish(Topics.NEED, need.value(), 2, new NeedEvent.NeedMerged(regional), "RSS-25");
		this.services.publish(Topics.NEED, need.value(), 3, new NeedEvent.NeedDelivered(regional, 1), "RSS-25");
		List<String> all = List.of("need-delivered", "need-merged", "need-submitted");
		Awaitility.await().untilAsserted(() -> assertThat(told("2580", need.value())).isEqualTo(all));

		// The broker sends it again, the projection is made anew, and a reaction runs
		// twice.
		this.services.publish(Topics.NEED, need.value(), 3, new NeedEvent.NeedDelivered(regional, 1), "RSS-25");
		Caller operator = this.running.as("SKR", Role.ADMINISTRATOR);
		assertThat(operator.post("/actuator/eventing", Map.of("action", "rebuild", "target", "trace-3-need")).status())
			.isEqualTo(200);
		store().save(new Document("_id", "3-need." + need.value() + ".3").append("topic", Topics.NEED.name())
			.append("key", need.value())
			.append("sequence", 3L), "happenings");
		Awaitility.await().untilAsserted(() -> assertThat(store().count(new Query(), "happenings")).isZero());

		assertThat(told("2580", need.value())).isEqualTo(all);
		assertThat(told("2584", need.value())).isEmpty();
	}

	@Test
	void aLetterHasNoWordOfTheNeedAndLeadsToItAndToTheSettings() {
		Visitor approver = visitor("godkannare-2513");
		NeedId need = submitted("2513", "RSS-25");
		this.services.publish(Topics.NEED, need.value(), 2, new NeedEvent.NeedNotDelivered(1, SECRET), "RSS-25");

		Awaitility.await().untilAsserted(() -> assertThat(texts("godkannare-2513")).hasSize(1));
		String letter = texts("godkannare-2513").getFirst();
		assertThat(letter).doesNotContain(SECRET)
			.contains("levererades inte vidare", this.portal + "/aviseringar/installningar");
		String link = letter.lines().filter((line) -> line.contains("/aviseringar/avis-")).findFirst().orElseThrow();

		// The page says what the letter may not, and following the link is to have read.
		assertThat(approver.get("/aviseringar?visa=olasta").text()).contains(SECRET, "levererades inte vidare");
		assertThat(approver.get("/start").text()).contains("Aviseringar (2 olästa)");
		assertThat(approver.get(link.trim()).to()).isEqualTo(this.portal + "/behov/" + need.value());
		assertThat(approver.get("/start").text()).contains("Aviseringar (1 olästa)");
		approver.fill("/aviseringar", Map.of());
		Visitor other = visitor("forfattare-2518");
		assertThat(other.get(link.trim()).status()).isEqualTo(404);
		assertThat(other.get("/aviseringar").text()).doesNotContain(SECRET);
		approver.post("/aviseringar/lasta", approver.get("/aviseringar").hidden());
		assertThat(approver.get("/aviseringar.csv").text()).contains(SECRET).doesNotContain(",nej,");
	}

	@Test
	void aLetterWaitsWhileTheMailServerIsAwayAndGoesOnce() {
		visitor("godkannare-2582");
		this.mail.stop();
		NeedId need = submitted("2582", "RSS-25");
		this.services.publish(Topics.NEED, need.value(), 2, new NeedEvent.NeedWaitlisted("ALD", SECRET), "RSS-25");
		Visitor administrator = visitor("administrator-SKR");
		Awaitility.await()
			.untilAsserted(() -> assertThat(administrator.get("/aviseringar/utkorg?lage=WAITING").text())
				.contains("godkannare-2582@lokala-behov.example", "Senaste felet"));

		this.mail.start();
		Awaitility.await().untilAsserted(() -> assertThat(texts("godkannare-2582")).hasSize(1));
		Awaitility.await()
			.untilAsserted(() -> assertThat(administrator.get("/aviseringar/utkorg?lage=SENT").text())
				.contains("godkannare-2582@lokala-behov.example"));
		Letters letters = this.running.bean(Letters.class);
		letters.work();
		letters.work();
		assertThat(texts("godkannare-2582")).hasSize(1);
		assertThat(visitor("administrator-2582").get("/aviseringar/utkorg").status()).isEqualTo(403);
	}

	@Test
	void aReminderComesAWeekBeforeAndTheDayBeforeToThoseWhoHaveNotAnswered() {
		visitor("forfattare-2505");
		visitor("forfattare-2506");
		CycleId cycle = new CycleId("cycle-avis-" + UUID.randomUUID().toString().substring(0, 8));
		LocalDate due = LocalDate.ofInstant(Instant.now(), Memberships.SWEDEN).plusDays(30);
		this.services.publish(Topics.COLLECTION, cycle + ".RSS-25", 1, new CollectionEvent.RegionAsked(cycle, "SBB",
				new OrganisationId("RSS-25"), organisations("2505", "2506"), due, "Hej"), "RSS-25");
		this.services.publish(Topics.COLLECTION, cycle + ".RSS-25", 2,
				new CollectionEvent.NoNeedsAnswered(new OrganisationId("2506"), "Inget"), "2506");
		Awaitility.await().untilAsserted(() -> assertThat(told("2505", cycle.value())).containsExactly("region-asked"));
		Notices notices = this.running.bean(Notices.class);
		Awaitility.await()
			.untilAsserted(() -> assertThat(
					this.running.bean(Traces.class).collection(cycle + ".RSS-25").orElseThrow().entries())
				.hasSize(2));
		try {
			notices.remind();
			assertThat(told("2505", cycle.value())).containsExactly("region-asked");

			clock.moveTo(due.minusDays(6).atTime(LocalTime.NOON).atZone(Memberships.SWEDEN).toInstant());
			notices.remind();
			notices.remind();
			assertThat(told("2505", cycle.value())).containsExactly("answer", "region-asked");

			clock.moveTo(due.minusDays(1).atTime(LocalTime.NOON).atZone(Memberships.SWEDEN).toInstant());
			notices.remind();
			clock.moveTo(due.atTime(LocalTime.NOON).atZone(Memberships.SWEDEN).toInstant());
			notices.remind();
			assertThat(told("2505", cycle.value())).containsExactly("answer", "answer", "region-asked");
			assertThat(told("2506", cycle.value())).containsExactly("region-asked");
		}
		finally {
			clock.moveBack();
		}
	}

	@Test
	void whatAnAgencyHasNotDoneInTimeIsToldToSkrOnceAndCounted() {
		visitor("sammanstallare-SKR");
		visitor("handlaggare-LV");
		String unique = UUID.randomUUID().toString().substring(0, 8);
		CycleId cycle = new CycleId("cycle-sen-" + unique);
		LocalDate due = LocalDate.ofInstant(Instant.now(), Memberships.SWEDEN).plusDays(300);
		this.services.publish(Topics.AREA, cycle.value(), 1,
				new AreaEvent.AreaChosen("SBB", "Sena svar", "Därför", List.of()), "SKR");
		this.services.publish(Topics.AREA, cycle.value(), 2, new AreaEvent.CycleOpened("SBB", List.of("SBB"),
				"Sena svar", Map.of(AreaEvent.Step.FEED_BACK, due), List.of(), "v1"), "SKR");
		String late = "national-sen-" + unique;
		String undecided = "national-obesvarad-" + unique;
		for (String need : List.of(late, undecided)) {
			this.services.publish(Topics.HAND_OFF, need, 1,
					new HandOffEvent.NeedHandedOver(cycle, new RoundId("round-" + unique), 1,
							new Wording("Behov", List.of("BERO"), "METOD", "Så.", "Vad?", "", List.of()), List.of(),
							new OrganisationId("LV"), List.of(new OrganisationId("IVO")), due),
					"SKR");
		}
		this.services.publish(Topics.HAND_OFF, undecided, 2, new HandOffEvent.NeedReceived(null), "LV");
		Notices notices = this.running.bean(Notices.class);
		Traces traces = this.running.bean(Traces.class);
		Awaitility.await()
			.until(() -> traces.undecided(cycle.value()).equals(Map.of("LV", 1))
					&& traces.find(Topics.HAND_OFF, late).isPresent()
					&& traces.find(Topics.AREA, cycle.value()).filter((one) -> one.sequence() == 2).isPresent());
		try {
			clock.moveTo(due.atTime(LocalTime.NOON).atZone(Memberships.SWEDEN).toInstant());
			notices.remind();
			assertThat(told("LV", cycle.value())).as("the last day").contains("decide");
			assertThat(told("SKR", late)).doesNotContain("overdue-receive");
			Node node = traces.cycles(List.of(cycle.value())).getFirst();
			assertThat(traces.overdue(node, due)).isEmpty();

			clock.moveTo(due.plusDays(2).atTime(LocalTime.NOON).atZone(Memberships.SWEDEN).toInstant());
			notices.remind();
			notices.remind();
			assertThat(told("SKR", late)).containsOnlyOnce("overdue-receive");
			assertThat(told("SKR", undecided)).doesNotContain("overdue-receive");
			assertThat(told("SKR", cycle.value())).containsOnlyOnce("overdue-decide");
			assertThat(told("LV", late)).doesNotContain("overdue-receive");
			assertThat(traces.overdue(node, due.plusDays(1))).isEqualTo(Map.of("LV", 2));

			this.services.publish(Topics.FEEDBACK, undecided, 1,
					new FeedbackEvent.FeedbackDecided(cycle, new OrganisationId("LV"), FeedbackEvent.Decision.DECLINED,
							"Nej", null, null, null, List.of(), null),
					"LV");
			Awaitility.await().until(() -> traces.overdue(node, due.plusDays(1)).equals(Map.of("LV", 1)));
		}
		finally {
			clock.moveBack();
		}
	}

	@Test
	void whatIsGatheredComesInOneLetterInTheMorningInTheLanguageThatWasChosen() {
		Visitor author = visitor("forfattare-2521");
		Map<String, String> choices = new HashMap<>();
		for (Notice.Sort sort : Notice.Sort.values()) {
			choices.put(sort.name(), "NEVER");
		}
		choices.put("NEED", "DAILY");
		choices.put("language", "en");
		assertThat(author.fill("/aviseringar/installningar", choices).to()).endsWith("?sparat");
		NeedId need = submitted("2521", "RSS-25");
		this.services.publish(Topics.NEED, need.value(), 2, new NeedEvent.NeedMerged(new RegionalNeedId("r-avis")),
				"RSS-25");
		this.services.publish(Topics.NEED, need.value(), 3, new NeedEvent.NeedNotDelivered(1, SECRET), "RSS-25");
		Awaitility.await()
			.untilAsserted(() -> assertThat(told("2521", need.value())).containsExactly("need-merged",
					"need-not-delivered", "need-submitted"));
		Letters letters = this.running.bean(Letters.class);
		letters.work();
		assertThat(lettersTo("forfattare-2521")).isEmpty();
		try {
			clock.moveTo(Instant.now().atZone(Memberships.SWEDEN).plusDays(1).with(LocalTime.of(7, 5)).toInstant());
			letters.work();
			letters.work();
		}
		finally {
			clock.moveBack();
		}
		assertThat(texts("forfattare-2521")).singleElement()
			.satisfies((letter) -> assertThat(letter)
				.contains("A need was submitted.", "Your need was merged into a regional need.")
				.doesNotContain("not delivered"));
	}

	@Test
	void whoAsksToBeForgottenIsForgottenWithTheirMail() {
		Visitor author = visitor("forfattare-2523");
		NeedId need = submitted("2523", "RSS-25");
		Awaitility.await().untilAsserted(() -> assertThat(told("2523", need.value())).hasSize(1));

		author.post("/aviseringar/installningar/glom", author.get("/aviseringar/installningar").hidden());

		assertThat(told("2523", need.value())).isEmpty();
		assertThat(author.get("/aviseringar/installningar").text()).contains("Om dig finns inget sparat");
	}

	@Test
	void whoIsRemovedByTheirOrganisationIsOutAtOnceAndIsToldNothingUntilLetInAgain() {
		Visitor author = visitor("forfattare-2583");
		Visitor administrator = visitor("administrator-2583");
		String page = administrator.get("/forvaltning/personer").text();
		String id = page.replaceFirst("(?s).*forfattare-2583@.*?/forvaltning/personer/([0-9a-f]{16})/ta-bort.*", "$1");
		Map<String, String> form = administrator.get("/forvaltning/personer").hidden();
		form.put("reason", "Har slutat");

		Visitor other = visitor("administrator-2584");
		Map<String, String> others = other.get("/forvaltning/personer").hidden();
		others.put("organisation", "2583");
		assertThat(other.post("/forvaltning/personer/" + id + "/ta-bort", others).status()).isEqualTo(403);
		assertThat(author.get("/start").status()).isEqualTo(200);
		assertThat(administrator.post("/forvaltning/personer/" + id + "/ta-bort", form).to()).contains("borttagen");

		assertThat(author.get("/start").to()).endsWith("/logga-in");
		assertThat(author.logIn("forfattare-2583").to()).contains("/logga-in?fel");
		NeedId need = submitted("2583", "RSS-25");
		visitor("godkannare-2582");
		assertThat(administrator.get("/forvaltning/personer").text()).contains("Borttagen", "Har slutat",
				"administrator-2583@lokala-behov.example", "Loggade in första gången");

		assertThat(administrator.post("/forvaltning/personer/" + id + "/slapp-in", form).to()).contains("inslappt");
		visitor("forfattare-2583");
		NeedId later = submitted("2583", "RSS-25");
		Awaitility.await().untilAsserted(() -> assertThat(told("2583", later.value())).hasSize(1));
		assertThat(told("2583", need.value())).isEmpty();
	}

	@Test
	void anInvitationStandsUntilThePersonHasComeAndLosesNothingThatWasTyped() {
		Visitor administrator = visitor("administrator-2514");
		Map<String, String> form = administrator.get("/forvaltning/personer").hidden();
		form.put("email", "forfattare-2514");
		form.put("name", "Kim <b>Ek</b>");
		Visitor.Seen wrong = administrator.post("/forvaltning/personer/inbjudan", form);
		assertThat(wrong.status()).isEqualTo(422);
		assertThat(wrong.text()).contains("Skriv en e-postadress", "Välj minst en roll", "Kim &lt;b&gt;Ek&lt;/b&gt;");

		form.put("email", "forfattare-2514@lokala-behov.example");
		form.put("roles", "municipality-author");
		assertThat(administrator.post("/forvaltning/personer/inbjudan", form).to()).contains("inbjuden");
		Awaitility.await()
			.untilAsserted(() -> assertThat(texts("forfattare-2514")).singleElement()
				.satisfies((letter) -> assertThat(letter).contains("/logga-in")));
		assertThat(administrator.get("/forvaltning/personer").text()).contains("Återkalla inbjudan");

		visitor("forfattare-2514");
		assertThat(administrator.get("/forvaltning/personer").text()).doesNotContain("Återkalla inbjudan");
		assertThat(administrator.get("/forvaltning/personer.csv").text()).contains("Inbjuden",
				"forfattare-2514@lokala-behov.example", "Loggade in första gången");
	}

	@Test
	void everythingThatCanBeToldHasWords() {
		MessageSource messages = this.running.bean(MessageSource.class);
		ReplayTests.goldens()
			.stream()
			.filter((golden) -> !golden.topic().equals(Topics.DIRECTORY))
			.forEach((golden) -> {
				Node node = Node.after(null,
						this.services.envelope(golden.topic(), "words-1", 1, golden.type(), golden.data()));
				String event = golden.type().replaceFirst("\\.v\\d+$", "");
				Stream
					.concat(Concern.of(node, node.latest())
						.stream()
						.map((concern) -> event + "." + concern.sort().name().toLowerCase(Locale.ROOT)),
							Deadline.of(node)
								.stream()
								.flatMap((deadline) -> deadline.isAgencys()
										? Stream.of(deadline.what() + ".reminder",
												"overdue-" + deadline.what() + ".reminder")
										: Stream.of(deadline.what() + ".reminder")))
					.forEach((key) -> Stream.of("sv", "en")
						.forEach((language) -> assertThat(
								messages.getMessage("avis." + key, new Object[] { "" }, Locale.of(language)))
							.isNotBlank()));
			});
	}

}
