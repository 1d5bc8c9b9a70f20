package se.lokalabehov.prioritisation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.bson.Document;
import org.bson.types.Binary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.scheduling.annotation.Scheduled;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.prioritisation.model.RoundCount;
import se.lokalabehov.ranking.RankingPackage;

/**
 * What is published of closed rounds beside their ranking: the package and its
 * explanation. Computed once, one at a time in the background, as it takes seconds, and
 * kept in {@code analyses} with the version of the round that it was made of, and the
 * titles of its needs: a redaction makes it anew, also when what this service knows of
 * the need comes after. Can be thrown away at any time.
 */
final class Analyses {

	private static final String COLLECTION = "analyses";

	/** Whoever asks first waits so long at most. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Logger logger = LoggerFactory.getLogger(Analyses.class);

	private final MongoTemplate mongo;

	private final Aggregates<Round, RankingEvent> rounds;

	private final Ballots ballots;

	private final Supplier<Surroundings> surroundings;

	private final JsonMapper json = JsonMapper.builder().build();

	private final Map<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

	private final ExecutorService executor = Executors
		.newSingleThreadExecutor(Thread.ofPlatform().name("analyses").daemon().factory());

	Analyses(MongoTemplate mongo, Aggregates<Round, RankingEvent> rounds, Ballots ballots,
			Supplier<Surroundings> surroundings) {
		this.mongo = mongo;
		this.rounds = rounds;
		this.ballots = ballots;
		this.surroundings = surroundings;
	}

	/**
	 * What is kept.
	 *
	 * @param zip the package
	 * @param explanation {@link RoundSights.Explained} as JSON
	 */
	record Kept(byte[] zip, byte[] explanation) {
	}

	/**
	 * What is published of a closed round.
	 * @return none when it is not computed yet; it will be soon
	 */
	Optional<Kept> of(Stored<Round> closed) {
		String titles = written(closed.state().terms(), titles(closed.state().terms()));
		Optional<Kept> kept = kept(closed.id(), closed.version(), titles);
		if (kept.isPresent()) {
			return kept;
		}
		try {
			prepare(closed.id()).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
		return kept(closed.id(), closed.version(), titles);
	}

	/** Computes it in the background, unless it is kept. */
	CompletableFuture<Void> prepare(String id) {
		return this.underWay.computeIfAbsent(id, (round) -> CompletableFuture.runAsync(() -> {
			try {
				compute(round);
			}
			catch (RuntimeException ex) {
				// Without the exception's own words: none of them may be a ballot's.
				logger.error("{} could not be analysed: {}", round, ex.getClass().getSimpleName());
				throw ex;
			}
			finally {
				this.underWay.remove(round);
			}
		}, this.executor));
	}

	/** Lets go of what was made with words that are gone. */
	void forget(String id) {
		this.mongo.remove(new Query(Criteria.where("_id").is(id)), COLLECTION);
		prepare(id);
	}

	/** What a crash, or a new release, has left without one. */
	@Scheduled(initialDelay = 5, timeUnit = TimeUnit.SECONDS)
	void prepareAll() {
		List<Stored<Round>> closed = this.rounds.all(Criteria.where("state.kind").is("Closed"));
		closed.forEach((round) -> prepare(round.id()));
	}

	void close() {
		this.executor.shutdownNow();
	}

	private void compute(String id) {
		Optional<Stored<Round>> found = this.rounds.find(id);
		if (found.isEmpty() || !(found.get().state() instanceof Round.Closed closed)) {
			return;
		}
		Function<String, String> titles = titles(closed.terms());
		String written = written(closed.terms(), titles);
		if (kept(id, found.get().version(), written).isPresent()) {
			return;
		}
		RoundCount counted = RoundCount.of(new RoundId(id), closed.terms(), this.ballots.all(id, closed.terms()));
		RankingPackage published = counted.published(titles::apply);
		if (!published.sha256().equals(closed.result().packageHash())) {
			throw new IllegalStateException(id + ": the ballots do not give what was published");
		}
		byte[] explanation = this.json.writeValueAsBytes(RoundSights.Explained.of(counted, published, false));
		this.mongo.save(new Document("_id", id).append("version", found.get().version())
			.append("titles", written)
			.append("zip", new Binary(published.zip()))
			.append("explanation", new Binary(explanation)), COLLECTION);
	}

	private Function<String, String> titles(Round.Terms terms) {
		return RoundSights.titles(terms, this.surroundings.get()::candidates);
	}

	private static String written(Round.Terms terms, Function<String, String> titles) {
		return Act
			.sha256(terms.items().stream().map((item) -> titles.apply(item.id())).collect(Collectors.joining("\n")));
	}

	private Optional<Kept> kept(String id, long version, String titles) {
		Query query = new Query(Criteria.where("_id").is(id).and("version").is(version).and("titles").is(titles));
		return Optional.ofNullable(this.mongo.findOne(query, Document.class, COLLECTION))
			.map((found) -> new Kept(found.get("zip", Binary.class).getData(),
					found.get("explanation", Binary.class).getData()));
	}

}
