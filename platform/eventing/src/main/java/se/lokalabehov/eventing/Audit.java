package se.lokalabehov.eventing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/**
 * Who did what when, as a chain of rows of which none can be changed, taken away or put
 * in without that being seen; one chain per service, in its store, with its head told to
 * the broker. What took effect is remembered in the document that it changed, in the same
 * write, and chained a moment later: a crash between the two loses nothing. Refusals and
 * readings are held in memory until they are written; what finds no room there is counted
 * in the chain.
 */
public final class Audit implements SmartLifecycle {

	/** Where heads are told, kept for ever: one record says chain, number and hash. */
	static final String HEADS = "lokala-behov.audit-heads";

	static final String COLLECTION = "audit";

	private static final String SETTINGS = "audit-settings";

	private static final String NOBODY = "-";

	/** Refusals and readings that wait to be written. */
	private static final int ROOM = 5000;

	/** More of what took effect than this is read again from the store instead. */
	private static final int MOST_WAITING = 20_000;

	/**
	 * Of those who have not logged in, or ask too often, in a second: they must not fill
	 * the disks.
	 */
	private static final int CHEAP = 20;

	private static final String TOO_MANY_REQUESTS = "429";

	private static final int BATCH = 1000;

	private static final Duration PAUSE = Duration.ofMillis(200);

	/** An act has its time when it begins; another may end before it. */
	private static final Duration OVERLAP = Duration.ofMinutes(10);

	private static final Logger logger = LoggerFactory.getLogger(Audit.class);

	private final MongoTemplate mongo;

	private final Producer<byte[], byte[]> producer;

	private final Admin admin;

	private final TopicReader reader;

	private final EventingProperties properties;

	private final Clock clock;

	private final String service;

	private final String givenKey;

	private final Set<String> collections = new CopyOnWriteArraySet<>();

	private final ConcurrentLinkedQueue<AuditRow> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger held = new AtomicInteger();

	private final AtomicInteger cheap = new AtomicInteger();

	private final AtomicLong lost = new AtomicLong();

	private final ThreadLocal<Boolean> took = ThreadLocal.withInitial(() -> false);

	private final ScheduledExecutorService writer = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("audit").daemon().factory());

	private volatile @Nullable Settings settings;

	private volatile boolean sweep = true;

	private volatile boolean running;

	private @Nullable Head head;

	private long anchored;

	private long anchoredAt;

	private record Head(long number, String hash) {
	}

	/**
	 * What a chain keeps beside its rows.
	 *
	 * @param chain its name, told with its heads
	 * @param key makes pseudonyms
	 */
	private record Settings(String chain, byte[] key) {
	}

	/**
	 * What was found when the chain was gone through.
	 *
	 * @param rows how many there are
	 * @param bad the first row that is not as it was written, or is gone; none when there
	 * is none
	 * @param finding what is wrong with it, or that nothing is, in Swedish
	 * @param heads how many heads of this chain the broker has
	 * @param anchored how far these reach
	 * @param others chains of this service whose heads the broker has and that are not
	 * this one: from before its store was made anew, or exchanged
	 */
	public record Verified(long rows, @Nullable Long bad, String finding, long heads, long anchored, int others) {
	}

	Audit(MongoTemplate mongo, Producer<byte[], byte[]> producer, Admin admin, TopicReader reader,
			EventingProperties properties, Clock clock, Meters meters, String service) {
		this.mongo = mongo;
		this.producer = producer;
		this.admin = admin;
		this.reader = reader;
		this.properties = properties;
		this.clock = clock;
		this.service = service;
		this.givenKey = properties.auditKey();
		meters.gauge("lokalabehov.audit.waiting", "Rows that wait to be chained", this.held::get);
		meters.gauge("lokalabehov.audit.lost", "Refusals and readings that found no room since the last row",
				this.lost::get);
	}

	/** What is in a collection is chained. */
	void register(String collection) {
		this.collections.add(collection);
	}

	/** What the memory of an act says besides, in the document that it changed. */
	Document memory(Act act, List<String> events) {
		Document memory = new Document();
		if (isSomebodys(act)) {
			memory.append("by", act.by().value())
				.append("role", act.role())
				.append("person", person(act.subject()))
				.append("did", events);
		}
		return memory;
	}

	private static boolean isSomebodys(Act act) {
		// What follows by itself is told by what it follows from.
		return !act.subject().equals("system");
	}

	/** An act has taken effect. */
	void done(String collection, String id, long version, Act act, Document memory) {
		this.took.set(true);
		if (!isSomebodys(act)) {
			return;
		}
		if (this.held.get() > MOST_WAITING) {
			this.sweep = true;
			return;
		}
		this.held.incrementAndGet();
		this.waiting.add(effect(collection, id, version, memory, act.at()));
	}

	private static AuditRow effect(String collection, String id, long version, Document memory, Instant at) {
		return new AuditRow(0, at, AuditRow.Kind.DONE, memory.getString("by"), memory.getString("role"),
				memory.getString("person"), String.join(",", memory.getList("did", String.class)),
				collection + "/" + id, Long.toString(version));
	}

	/** Begins a request on this thread. */
	public void begin() {
		this.took.set(false);
	}

	/** Whether something took effect on this thread since, and so is chained. */
	public boolean tookEffect() {
		return this.took.get();
	}

	/**
	 * Notes what happened at the door; lost, and counted, when there is no room.
	 * @param kind the name of one of the sorts of rows
	 * @param organisation for whom somebody called
	 * @param roles in which roles
	 * @param subject the caller's pseudonym at the door, {@code anonymous} for nobody
	 * @param what method and address, without identifiers
	 * @param about the identifier, empty when there is none
	 * @param result HTTP status, or empty
	 */
	public void note(String kind, String organisation, String roles, String subject, String what, String about,
			String result) {
		boolean nobody = subject.equals("anonymous");
		if (this.held.get() > ROOM
				|| (nobody || TOO_MANY_REQUESTS.equals(result)) && this.cheap.incrementAndGet() > CHEAP) {
			this.lost.incrementAndGet();
			return;
		}
		this.held.incrementAndGet();
		this.waiting.add(new AuditRow(0, this.clock.instant(), AuditRow.Kind.valueOf(kind), organisation, roles,
				nobody ? NOBODY : person(subject), what, about, result));
	}

	/**
	 * Waits until what has been noted is in the chain, but not for a store that is away.
	 */
	public void flush() {
		try {
			this.writer.submit(this::write).get(2, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.warn("The audit log waits: {}", ex.toString());
		}
	}

	private String person(String subject) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(settings().key(), "HmacSHA256"));
			return HexFormat.of().formatHex(mac.doFinal(subject.getBytes(StandardCharsets.UTF_8)), 0, 16);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Settings settings() {
		Settings there = this.settings;
		if (there == null) {
			there = keptSettings();
			this.settings = there;
		}
		return there;
	}

	private Settings keptSettings() {
		byte[] random = new byte[48];
		new SecureRandom().nextBytes(random);
		String digits = HexFormat.of().formatHex(random);
		Document made = new Document("_id", "chain").append("chain", digits.substring(0, 32))
			.append("key", digits.substring(32));
		try {
			this.mongo.insert(made, SETTINGS);
		}
		catch (DuplicateKeyException ex) {
			// Made before, or by another instance just now.
			made = Objects.requireNonNull(this.mongo.findById("chain", Document.class, SETTINGS));
		}
		String key = this.givenKey.isEmpty() ? made.getString("key") : this.givenKey;
		return new Settings(made.getString("chain"), key.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void start() {
		this.running = true;
		long pause = PAUSE.toMillis();
		this.writer.execute(this::makeTopic);
		this.writer.scheduleWithFixedDelay(this::write, pause, pause, TimeUnit.MILLISECONDS);
		this.writer.scheduleWithFixedDelay(() -> this.cheap.set(0), 1, 1, TimeUnit.SECONDS);
	}

	@Override
	public void stop() {
		this.running = false;
		flush();
		this.anchoredAt = 0;
		this.writer.execute(this::anchor);
		this.writer.shutdown();
		try {
			this.writer.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Head now = this.head;
		if (now != null) {
			logger.info("The audit log of {} ends with row {}: {}", this.service, now.number(), now.hash());
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		// Ends after the last command is answered and before the producer is closed.
		return 1;
	}

	private void makeTopic() {
		try {
			this.admin.createTopics(List.of(new NewTopic(HEADS, 1, this.properties.replication())
				.configs(Map.of("retention.ms", "-1", "retention.bytes", "-1", "cleanup.policy", "delete"))));
		}
		catch (RuntimeException ex) {
			logger.warn("{} can not be made: {}", HEADS, ex.toString());
		}
	}

	/** Everything that waits goes into the chain, in order. */
	private void write() {
		try {
			if (this.sweep) {
				this.sweep = false;
				sweep();
			}
			while (!this.waiting.isEmpty() || this.lost.get() > 0) {
				List<AuditRow> rows = new ArrayList<>(this.waiting.stream().limit(BATCH).toList());
				int taken = rows.size();
				long gone = this.lost.get();
				if (gone > 0) {
					rows.add(new AuditRow(0, this.clock.instant(), AuditRow.Kind.LOST, NOBODY, NOBODY, NOBODY, NOBODY,
							"", Long.toString(gone)));
				}
				chain(rows);
				for (int i = 0; i < taken; i++) {
					this.waiting.poll();
				}
				this.held.addAndGet(-taken);
				this.lost.addAndGet(-gone);
			}
			anchor();
		}
		catch (RuntimeException ex) {
			// They stay where they are, and are tried again.
			this.head = null;
			logger.warn("The audit log waits for the store: {}", ex.toString());
		}
	}

	private void chain(List<AuditRow> all) {
		List<AuditRow> rows = all;
		while (!rows.isEmpty()) {
			Head last = (this.head != null) ? this.head : keptHead();
			List<Document> documents = new ArrayList<>();
			for (AuditRow row : rows) {
				AuditRow next = row.numbered(last.number() + 1);
				last = new Head(next.number(), next.hash(last.hash()));
				documents.add(next.document(last.hash()));
			}
			try {
				// One after the other: either the first is there already, written by
				// another instance, or none is.
				this.mongo.insert(documents, COLLECTION);
				this.head = last;
				return;
			}
			catch (DuplicateKeyException ex) {
				this.head = null;
				rows = rows.subList((int) documents.stream().takeWhile(this::isKept).count(), rows.size());
			}
		}
	}

	/** Another instance may have come in between. */
	private boolean isKept(Document row) {
		Document there = this.mongo.findById(Objects.requireNonNull(row.get("_id")), Document.class, COLLECTION);
		return there != null && row.getString("hash").equals(there.getString("hash"));
	}

	private Head keptHead() {
		Document last = this.mongo.findOne(new Query().with(Sort.by(Sort.Direction.DESC, "_id")).limit(1),
				Document.class, COLLECTION);
		return (last == null) ? new Head(0, AuditRow.beginning(settings().chain()))
				: new Head(last.getLong("_id"), last.getString("hash"));
	}

	/** What took effect and is not in the chain: after a crash, or after a long pause. */
	private void sweep() {
		Instant since = Instant.EPOCH;
		Document last = this.mongo.findOne(new Query(Criteria.where("kind").is(AuditRow.Kind.DONE.name()))
			.with(Sort.by(Sort.Direction.DESC, "_id"))
			.limit(1), Document.class, COLLECTION);
		if (last != null) {
			since = last.getDate("at").toInstant().minus(OVERLAP);
		}
		Set<String> known = new HashSet<>();
		Query after = new Query(Criteria.where("at").gte(Date.from(since)).and("kind").is(AuditRow.Kind.DONE.name()));
		try (Stream<Document> rows = this.mongo.stream(after, Document.class, COLLECTION)) {
			rows.forEach((row) -> known.add(row.getString("about") + "@" + row.getString("result")));
		}
		List<AuditRow> found = new ArrayList<>();
		for (String collection : this.collections) {
			Query query = new Query(Criteria.where("acts.at").gte(Date.from(since)));
			query.fields().include("acts");
			Instant from = since;
			try (Stream<Document> changed = this.mongo.stream(query, Document.class, collection)) {
				changed.forEach((document) -> document.getList("acts", Document.class, List.of())
					.stream()
					.filter((act) -> act.containsKey("did") && !act.getDate("at").toInstant().isBefore(from))
					.map((act) -> effect(collection, document.getString("_id"), Documents.number(act, "version"), act,
							act.getDate("at").toInstant()))
					.filter((row) -> !known.contains(row.about() + "@" + row.result()))
					.forEach(found::add));
			}
		}
		// What was acted meanwhile waits already.
		Set<String> waits = new HashSet<>();
		this.waiting.forEach((row) -> waits.add(row.about() + "@" + row.result()));
		found.removeIf((row) -> waits.contains(row.about() + "@" + row.result()));
		for (int from = 0; from < found.size(); from += BATCH) {
			chain(found.subList(from, Math.min(found.size(), from + BATCH)));
		}
		if (!found.isEmpty()) {
			logger.info("{} acts were chained that a stop had left out", found.size());
		}
	}

	/** Tells the broker how far the chain reaches, at most once a second. */
	private void anchor() {
		Head now = this.head;
		long nanos = System.nanoTime();
		if (now == null || now.number() <= this.anchored
				|| this.anchoredAt != 0 && nanos - this.anchoredAt < TimeUnit.SECONDS.toNanos(1)) {
			return;
		}
		this.anchoredAt = nanos;
		String value = now.number() + " " + now.hash() + " " + this.clock.instant();
		this.producer.send(
				new ProducerRecord<>(HEADS, (this.service + "/" + settings().chain()).getBytes(StandardCharsets.UTF_8),
						value.getBytes(StandardCharsets.UTF_8)),
				(metadata, failure) -> {
					if (failure == null) {
						// A later head speaks for this one too.
						this.anchored = Math.max(this.anchored, now.number());
					}
				});
	}

	/**
	 * Goes through the whole chain, against itself and against what the broker was told.
	 */
	public Verified verify() {
		Map<Long, String> heads = new TreeMap<>();
		Set<String> others = new HashSet<>();
		heads(heads, others);
		long anchored = heads.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
		long number = 0;
		String hash = AuditRow.beginning(settings().chain());
		@Nullable Long bad = null;
		String finding = "Hela kedjan stämmer.";
		Query inOrder = new Query().with(Sort.by(Sort.Direction.ASC, "_id"));
		try (Stream<Document> rows = this.mongo.stream(inOrder, Document.class, COLLECTION)) {
			for (Document row : (Iterable<Document>) rows::iterator) {
				number++;
				if (bad != null) {
					continue;
				}
				if (!Objects.equals(row.get("_id"), number)) {
					bad = number;
					finding = "Raden saknas.";
					continue;
				}
				hash = hash(row, hash);
				if (!hash.equals(row.getString("hash"))) {
					bad = number;
					finding = "Raden är ändrad, flyttad eller inskjuten: den stämmer inte med sin kontrollsumma och raden före.";
				}
				else if (heads.containsKey(number) && !hash.equals(heads.get(number))) {
					bad = number;
					finding = "Kedjan är omskriven: mäklaren fick en annan kontrollsumma för den här raden. Felet ligger efter det förra ankaret.";
				}
			}
		}
		if (bad == null && number < anchored) {
			bad = number + 1;
			finding = "Slutet saknas: mäklaren har fått besked om rader till och med " + anchored + ".";
		}
		return new Verified(number, bad, finding, heads.size(), anchored, others.size());
	}

	private static String hash(Document row, String previous) {
		try {
			return AuditRow.from(row).hash(previous);
		}
		catch (RuntimeException ex) {
			// A field that is gone, or is something else.
			return "";
		}
	}

	private void heads(Map<Long, String> heads, Set<String> others) {
		Map<TopicPartition, Long> ends = this.reader.ends(List.of(HEADS));
		Map<TopicPartition, Long> from = new HashMap<>();
		ends.keySet().forEach((partition) -> from.put(partition, 0L));
		String own = this.service + "/" + settings().chain();
		this.reader.read(from, ends, (records) -> records.forEach((record) -> {
			String key = Wire.text(record.key());
			String[] words = Wire.text(record.value()).split(" ", 3);
			if (key.equals(own)) {
				// The first that was told: a later one for the same row would be a lie.
				heads.putIfAbsent(Long.valueOf(words[0]), words[1]);
			}
			else if (key.startsWith(this.service + "/")) {
				others.add(key);
			}
		}));
	}

	/**
	 * A part of the log.
	 * @param from the first row's number, none for the newest
	 * @return at most a hundred rows, in order
	 */
	public List<Map<String, Object>> rows(@Nullable Long from) {
		Query query = ((from != null) ? new Query(Criteria.where("_id").gte(from)) : new Query())
			.with(Sort.by((from != null) ? Sort.Direction.ASC : Sort.Direction.DESC, "_id"))
			.limit(100);
		List<Document> rows = this.mongo.find(query, Document.class, COLLECTION);
		return ((from != null) ? rows : rows.reversed()).stream().<Map<String, Object>>map((row) -> {
			row.put("number", row.remove("_id"));
			row.put("at", row.getDate("at").toInstant().toString());
			return row;
		}).toList();
	}

}
