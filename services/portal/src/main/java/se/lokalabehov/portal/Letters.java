package se.lokalabehov.portal;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.scheduling.annotation.Scheduled;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.portal.Letter.Status;
import se.lokalabehov.portal.Person.Frequency;
import se.lokalabehov.web.Paging;

/**
 * The mail. A letter is written once: its id follows from the first notice in it, and it
 * names those that it tells, so that whatever stops the portal in between the same letter
 * is met again. It is handed in until the mail server has said that it took it; only when
 * the portal stops between that and its own note of it does it go twice, and then with
 * the same Message-ID.
 */
class Letters {

	static final String COLLECTION = "letters";

	private static final Logger log = LoggerFactory.getLogger(Letters.class);

	/** How long a letter that was sent can be looked at. */
	private static final Duration KEPT = Duration.ofDays(30);

	private static final LocalTime MORNING = LocalTime.of(7, 0);

	/** More than so many are counted. */
	private static final int LINES = 40;

	private final Aggregates<Letter, Letter> letters;

	private final MongoTemplate store;

	private final Notices notices;

	private final People people;

	private final MessageSource messages;

	private final MailProperties properties;

	private final @Nullable JavaMailSender server;

	private final Clock clock;

	/** Until when what is gathered has been written; by how often it is gathered. */
	private final Map<Frequency, Instant> gathered = new EnumMap<>(Frequency.class);

	Letters(Eventing eventing, Notices notices, People people, MessageSource messages, MailProperties properties,
			@Nullable JavaMailSender server, Clock clock) {
		this.letters = eventing.aggregates(AggregateType.kept(COLLECTION, Letter.class));
		eventing.index(COLLECTION, List.of("state.status", "state.person"));
		this.store = eventing.store();
		this.notices = notices;
		this.people = people;
		this.messages = messages;
		this.properties = properties;
		this.server = server;
		this.clock = clock;
	}

	// Writing

	/** Writes what is to be told now, and sends what is written. */
	@Scheduled(fixedDelayString = "PT5S")
	synchronized void work() {
		Instant now = this.clock.instant();
		write(Frequency.AT_ONCE, now);
		ZonedDateTime today = now.atZone(Memberships.SWEDEN);
		ZonedDateTime morning = today.with(MORNING);
		gather(Frequency.DAILY, morning.isAfter(today) ? morning.minusDays(1) : morning);
		ZonedDateTime monday = morning.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
		gather(Frequency.WEEKLY, monday.isAfter(today) ? monday.minusWeeks(1) : monday);
		send();
	}

	private void gather(Frequency frequency, ZonedDateTime until) {
		if (!until.toInstant().equals(this.gathered.get(frequency))) {
			write(frequency, until.toInstant());
			this.gathered.put(frequency, until.toInstant());
		}
	}

	private void write(Frequency frequency, Instant until) {
		Map<String, List<Stored<Notice>>> byPerson = new LinkedHashMap<>();
		this.notices.unmailed(frequency)
			.stream()
			.filter((one) -> !one.created().isAfter(until))
			.sorted(Comparator.<Stored<Notice>, Instant>comparing(Stored::created).thenComparing(Stored::id))
			.forEach((one) -> byPerson.computeIfAbsent(one.state().person(), (ignored) -> new ArrayList<>()).add(one));
		byPerson.forEach(this::write);
	}

	private void write(String id, List<Stored<Notice>> told) {
		Person person = this.people.find(id).orElse(null);
		List<Stored<Notice>> wanted = new ArrayList<>(told);
		wanted.removeIf((one) -> person == null || person.email() == null
				|| person.frequency(one.state().sort()) == Frequency.NEVER);
		List<String> done = new ArrayList<>(told.stream().map(Stored::id).toList());
		if (person != null && person.email() != null && !wanted.isEmpty()) {
			Letter written = letter(id, person, person.email(), wanted);
			Letter kept = this.letters
				.execute("brev-" + Act.sha256(id + "|" + wanted.getFirst().id()).substring(0, 24), act(person),
						(before) -> (before == null) ? Decision.of(written) : Decision.of())
				.orThrow()
				.state();
			// One that was met again tells what it told then; the rest comes in the next.
			wanted.stream().map(Stored::id).filter((one) -> !kept.notices().contains(one)).forEach(done::remove);
		}
		done.forEach(this.notices::mailed);
	}

	/** Somebody who has not been here is asked to log in. */
	void invite(String to, OrganisationId organisation) {
		Instant now = this.clock.instant();
		String address = this.properties.address().toString().replaceAll("/$", "");
		String text = say(Locale.of("sv"), "avis.mail.greeting") + "\n\n"
				+ say(Locale.of("sv"), "people.mail", Names.of(organisation)) + "\n" + address + "/logga-in\n";
		Letter letter = new Letter("-", to, say(Locale.of("sv"), "people.mail.subject"), text, List.of(),
				(this.server != null) ? Status.WAITING : Status.KEPT, 0, now, null, now);
		this.letters
			.execute("brev-" + UUID.randomUUID(), new Act(organisation, "SYSTEM", "system", now, null, "", null),
					(before) -> Decision.of(letter))
			.orThrow();
	}

	private Act act(Person person) {
		return new Act(person.organisation(), "SYSTEM", "system", this.clock.instant(), null, "", null);
	}

	private Letter letter(String id, Person person, String to, List<Stored<Notice>> told) {
		Locale language = Locale.of(person.language());
		String address = this.properties.address().toString().replaceAll("/$", "");
		StringBuilder text = new StringBuilder(say(language, "avis.mail.greeting")).append("\n\n");
		told.stream()
			.limit(LINES)
			.forEach((one) -> text.append(sentence(one.state(), language))
				.append('\n')
				.append(address)
				.append("/aviseringar/")
				.append(one.id())
				.append("\n\n"));
		if (told.size() > LINES) {
			text.append(say(language, "avis.mail.more", told.size() - LINES))
				.append('\n')
				.append(address)
				.append("/aviseringar\n\n");
		}
		text.append(say(language, "avis.mail.why", Names.of(person.organisation())))
			.append('\n')
			.append(address)
			.append("/aviseringar/installningar\n");
		String subject = (told.size() == 1) ? sentence(told.getFirst().state(), language)
				: say(language, "avis.mail.subject", told.size());
		Instant now = this.clock.instant();
		return new Letter(id, to, subject, text.toString(), told.stream().map(Stored::id).toList(),
				(this.server != null) ? Status.WAITING : Status.KEPT, 0, now, null, now);
	}

	private String sentence(Notice notice, Locale language) {
		String due = (notice.due() == null) ? ""
				: DateTimeFormatter.ofPattern("d MMMM yyyy", language).format(notice.due());
		return say(language, notice.message(), due);
	}

	private String say(Locale language, String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, language);
	}

	// Sending

	private void send() {
		JavaMailSender to = this.server;
		if (to == null) {
			return;
		}
		Instant now = this.clock.instant();
		AtomicBoolean away = new AtomicBoolean();
		this.letters.all(Criteria.where("state.status").is(Status.WAITING.name()))
			.stream()
			.filter((one) -> !one.state().next().isAfter(now))
			// Who does not answer to one is not asked for all the others.
			.takeWhile((one) -> !away.get())
			.forEach((one) -> away.set(!send(one, to, now)));
	}

	/** Takes a letter, so that no other portal does, and hands it in. */
	private boolean send(Stored<Letter> stored, JavaMailSender to, Instant now) {
		int attempts = stored.state().attempts() + 1;
		Instant next = now.plus(this.properties.pauseAfter(attempts));
		boolean taken = change(stored, (letter) -> letter.status() == Status.WAITING && !letter.next().isAfter(now)
				? letter.with(Status.WAITING, attempts, next, letter.cause()) : null);
		if (!taken) {
			return true;
		}
		try {
			to.send(message(stored.id(), stored.state(), to));
			change(stored, (letter) -> letter.with(Status.SENT, attempts, now, null));
			return true;
		}
		catch (MailException | MessagingException ex) {
			String cause = String.valueOf(ex.getMessage());
			boolean givesUp = now.isAfter(stored.state().written().plus(this.properties.givingUp()));
			change(stored, (letter) -> letter.with(givesUp ? Status.PARKED : Status.WAITING, attempts, next, cause));
			log.warn("letter {} was not taken ({} attempts{}): {}", stored.id(), attempts, givesUp ? ", given up" : "",
					ex.getClass().getSimpleName());
			return false;
		}
	}

	private MimeMessage message(String id, Letter letter, JavaMailSender to) throws MessagingException {
		MimeMessage message = to.createMimeMessage();
		MimeMessageHelper helper = new MimeMessageHelper(message, false, "UTF-8");
		helper.setFrom(this.properties.from());
		helper.setTo(letter.to());
		helper.setSubject(letter.subject());
		helper.setText(letter.text());
		helper.setSentDate(Date.from(letter.written()));
		message.setHeader("Message-ID", "<" + id + "@" + this.properties.address().getHost() + ">");
		// RFC 3834: no answer of a machine is wanted.
		message.setHeader("Auto-Submitted", "auto-generated");
		return message;
	}

	/** False when there was nothing to change. */
	private boolean change(Stored<Letter> stored, Change change) {
		boolean[] changed = new boolean[1];
		Act act = new Act(Access.SKR, "SYSTEM", "system", this.clock.instant(), null, "", null);
		this.letters.execute(stored.id(), act, (now) -> {
			Letter after = change.of((now != null) ? now : stored.state());
			changed[0] = after != null;
			return (after != null) ? Decision.of(after) : Decision.of();
		}).orThrow();
		return changed[0];
	}

	/** None when nothing is to be changed. */
	@FunctionalInterface
	private interface Change {

		@Nullable Letter of(Letter now);

	}

	// Outbox

	/** Letters, newest first; all when no status is asked for. */
	se.lokalabehov.eventing.Page<Stored<Letter>> page(@Nullable Status status, Paging paging) {
		return this.letters.latest(criteria(status), paging.cursor(), paging.limit());
	}

	/** How many there are. */
	long count(@Nullable Status status) {
		return this.letters.count(criteria(status));
	}

	private static Criteria criteria(@Nullable Status status) {
		return (status != null) ? Criteria.where("state.status").is(status.name()) : new Criteria();
	}

	/** One that was given up is tried again from now on. */
	void again(String id) {
		Optional<Stored<Letter>> found = this.letters.find(id);
		found
			.ifPresent((stored) -> change(stored,
					(letter) -> (letter.status() == Status.PARKED) ? new Letter(letter.person(), letter.to(),
							letter.subject(), letter.text(), letter.notices(), Status.WAITING, 0, this.clock.instant(),
							letter.cause(), this.clock.instant()) : null));
	}

	/** Forgets what was sent a month ago. */
	@Scheduled(fixedDelayString = "PT6H")
	void forgetTheOld() {
		this.store.remove(new Query(Criteria.where("created")
			.lt(Date.from(this.clock.instant().minus(KEPT)))
			.and("state.status")
			.in(Status.SENT.name(), Status.KEPT.name())), COLLECTION);
	}

}
