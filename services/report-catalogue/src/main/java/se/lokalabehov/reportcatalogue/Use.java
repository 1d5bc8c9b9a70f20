package se.lokalabehov.reportcatalogue;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import jakarta.annotation.PreDestroy;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.scheduling.annotation.Scheduled;

import se.lokalabehov.reportcatalogue.search.Audience;

/**
 * How records are used: how many times a day, never by whom. Counted in memory and added
 * to the store by increments, so that several processes count together; a crash loses the
 * last seconds. The sum of a record stands beside its state in its own document, each day
 * in a document of its own.
 */
final class Use implements Audience {

	private static final Logger logger = LoggerFactory.getLogger(Use.class);

	/** The collection of the days. */
	static final String DAYS = "record-use";

	private static final String RECORDS = "records";

	/** Not more of them are told: a year and a day. */
	private static final int DAYS_TOLD = 366;

	private final MongoTemplate store;

	private final Clock clock;

	private final Map<Counted, LongAdder> counts = new ConcurrentHashMap<>();

	Use(MongoTemplate store, Clock clock) {
		this.store = store;
		this.clock = clock;
	}

	/** What is counted. */
	enum What {

		/** Stood in a list that was shown. */
		SHOWN,
		/** Was itself shown. */
		OPENED,
		/** Its file was fetched. */
		FETCHED;

		private String field() {
			return name().toLowerCase(Locale.ROOT);
		}

		/** The field of a record's document with its sum. */
		String sum() {
			return "use." + field();
		}

	}

	private record Counted(String record, LocalDate day, What what) {
	}

	/**
	 * How much.
	 *
	 * @param shown how many times it stood in a list
	 * @param opened how many times it was read
	 * @param fetched how many times a file of it was fetched
	 */
	record Sums(long shown, long opened, long fetched) {

		private static Sums of(Document sums) {
			return new Sums(number(sums, What.SHOWN), number(sums, What.OPENED), number(sums, What.FETCHED));
		}

		private static long number(Document sums, What what) {
			return (sums.get(what.field()) instanceof Number number) ? number.longValue() : 0;
		}

	}

	/**
	 * One day.
	 *
	 * @param day in Sweden
	 */
	record Day(LocalDate day, long shown, long opened, long fetched) {
	}

	@Override
	public void shown(Collection<String> records) {
		count(What.SHOWN, records);
	}

	/** Counts one of each. */
	void count(What what, Collection<String> records) {
		LocalDate day = Reminding.day(this.clock.instant());
		records.forEach((record) -> this.counts.compute(new Counted(record, day, what), (counted, count) -> {
			LongAdder adder = (count != null) ? count : new LongAdder();
			adder.increment();
			return adder;
		}));
	}

	/** Adds what was counted to the store. */
	@PreDestroy
	@Scheduled(fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
	void add() {
		Map<Counted, Long> taken = new HashMap<>();
		this.counts.keySet().forEach((counted) -> this.counts.computeIfPresent(counted, (same, count) -> {
			taken.put(same, count.sum());
			return null;
		}));
		if (taken.isEmpty()) {
			return;
		}
		Map<String, Map<What, Long>> sums = new HashMap<>();
		List<UpdateOneModel<Document>> days = new ArrayList<>();
		taken.forEach((counted, count) -> {
			sums.computeIfAbsent(counted.record(), (record) -> new EnumMap<>(What.class))
				.merge(counted.what(), count, Long::sum);
			days.add(new UpdateOneModel<>(new Document("_id", counted.record() + " " + counted.day()),
					Updates.combine(Updates.setOnInsert("record", counted.record()),
							Updates.setOnInsert("day", counted.day().toString()),
							Updates.inc(counted.what().field(), count)),
					new UpdateOptions().upsert(true)));
		});
		List<UpdateOneModel<Document>> records = new ArrayList<>();
		sums.forEach((record, counts) -> counts.forEach((what, count) -> records
			.add(new UpdateOneModel<>(new Document("_id", record), Updates.inc(what.sum(), count)))));
		try {
			this.store.getCollection(DAYS).bulkWrite(days);
			this.store.getCollection(RECORDS).bulkWrite(records);
		}
		catch (RuntimeException ex) {
			// Half of it may be there: to count too little is better than twice.
			logger.warn("use of {} records was not counted", sums.size(), ex);
		}
	}

	/** The sums of one record, or of all that fit. */
	Sums sums(Criteria which) {
		Document sums = this.store.aggregate(Aggregation.newAggregation(Aggregation.match(which),
				Aggregation.group()
					.sum(What.SHOWN.sum())
					.as(What.SHOWN.field())
					.sum(What.OPENED.sum())
					.as(What.OPENED.field())
					.sum(What.FETCHED.sum())
					.as(What.FETCHED.field())),
				RECORDS, Document.class)
			.getUniqueMappedResult();
		return Sums.of((sums != null) ? sums : new Document());
	}

	/** The sums of each of some records. */
	Map<String, Sums> each(Collection<String> ids) {
		Query query = new Query(Criteria.where("_id").in(ids));
		query.fields().include("use");
		return this.store.find(query, Document.class, RECORDS)
			.stream()
			.collect(Collectors.toMap((found) -> found.getString("_id"),
					(found) -> Sums.of(found.get("use", new Document()))));
	}

	/** The days on which a record was used, the last year's, oldest first. */
	List<Day> days(String record) {
		LocalDate from = Reminding.day(this.clock.instant()).minusDays(DAYS_TOLD);
		return this.store
			.find(new Query(Criteria.where("record").is(record).and("day").gt(from.toString())).with(Sort.by("day")),
					Document.class, DAYS)
			.stream()
			.map((found) -> {
				Sums sums = Sums.of(found);
				return new Day(LocalDate.parse(found.getString("day")), sums.shown(), sums.opened(), sums.fetched());
			})
			.toList();
	}

}
