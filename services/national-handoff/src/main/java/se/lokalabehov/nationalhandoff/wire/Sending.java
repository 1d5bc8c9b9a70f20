package se.lokalabehov.nationalhandoff.wire;

import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.nationalhandoff.wire.Delivery.Attempt;
import se.lokalabehov.web.CloudEvents;
import se.lokalabehov.web.outside.Outside;
import se.lokalabehov.web.outside.OutsideProblem;

/**
 * Sends webhooks: a lane per endpoint, one request at a time in each, so that whoever is
 * slow is slow to itself only. An endpoint that fails again and again is left alone for a
 * while (its circuit breaker), and that costs its deliveries no attempts. When a delivery
 * is to be tried again stands in the store; only a stop between the receiver's yes and
 * our note of it sends twice, with the same {@code webhook-id}.
 */
final class Sending implements ApplicationListener<ApplicationReadyEvent>, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Sending.class);

	private static final int AT_A_TIME = 50;

	/** However long a receiver asks us to wait. */
	private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

	private static final int HOURS = 6;

	private static final int GONE = 410;

	private static final int TOO_MANY = 429;

	private final Webhooks webhooks;

	private final Feed feed;

	private final Outside outside;

	private final WebhookProperties properties;

	private final Clock clock;

	private final MeterRegistry meters;

	private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

	private final CircuitBreakerConfig breakerConfig;

	/** Endpoints whose lane is at work. */
	private final Set<String> busy = ConcurrentHashMap.newKeySet();

	private final ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();

	/**
	 * No bean: an executor that is one takes the place of the application's own.
	 */
	private final ScheduledExecutorService sweeper = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("webhooks").factory());

	Sending(Webhooks webhooks, Feed feed, Outside outside, WebhookProperties properties, Clock clock,
			MeterRegistry meters) {
		this.webhooks = webhooks;
		this.feed = feed;
		this.outside = outside;
		this.properties = properties;
		this.clock = clock;
		this.meters = meters;
		this.breakerConfig = CircuitBreakerConfig.custom()
			.clock(clock)
			.slidingWindowSize(10)
			.minimumNumberOfCalls(5)
			.failureRateThreshold(80)
			.permittedNumberOfCallsInHalfOpenState(1)
			.waitIntervalFunctionInOpenState(
					IntervalFunction.ofExponentialBackoff(Duration.ofMinutes(1), 2, Duration.ofMinutes(30)))
			.build();
		Gauge.builder("lokalabehov.webhooks.pending", webhooks, Webhooks::waiting).register(meters);
		Gauge.builder("lokalabehov.webhooks.oldest", webhooks, Webhooks::oldest).baseUnit("seconds").register(meters);
		// From the start on, so that the first failure is seen as one.
		List.of("delivered", "refused", "gone", "unreachable").forEach(this::attempts);
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent ready) {
		this.feed.wake((agency) -> soon());
		this.sweeper.scheduleWithFixedDelay(this::sweep, 0, this.properties.sweep().toMillis(), TimeUnit.MILLISECONDS);
		this.sweeper.scheduleWithFixedDelay(this::forget, 1, HOURS, TimeUnit.HOURS);
	}

	private void forget() {
		try {
			this.webhooks.forgetTheOld();
		}
		catch (RuntimeException ex) {
			log.warn("old deliveries could not be forgotten; tried again later", ex);
		}
	}

	/** Looks at once for what is due. */
	void soon() {
		if (!this.sweeper.isShutdown()) {
			this.sweeper.execute(this::sweep);
		}
	}

	private void sweep() {
		try {
			this.webhooks.enabled().stream().map(Stored::id).forEach(this::start);
		}
		catch (RuntimeException ex) {
			log.warn("webhooks could not be looked through; tried again soon", ex);
		}
	}

	private void start(String endpoint) {
		if (this.busy.add(endpoint)) {
			this.lanes.execute(() -> {
				try {
					run(endpoint);
				}
				catch (RuntimeException ex) {
					log.warn("webhooks to {} stopped; they go on soon", endpoint, ex);
				}
				finally {
					this.busy.remove(endpoint);
				}
			});
		}
	}

	private void run(String endpoint) {
		CircuitBreaker breaker = this.breakers.computeIfAbsent(endpoint,
				(id) -> CircuitBreaker.of(id, this.breakerConfig));
		List<Stored<Delivery>> due;
		do {
			this.webhooks.take(endpoint, AT_A_TIME);
			due = this.webhooks.due(endpoint, this.clock.instant(), AT_A_TIME);
			for (Stored<Delivery> one : due) {
				if (!send(endpoint, one.id(), breaker)) {
					return;
				}
			}
		}
		while (!due.isEmpty());
	}

	/** False when the lane has to rest. */
	private boolean send(String id, String delivery, CircuitBreaker breaker) {
		Endpoint endpoint = this.webhooks.enabled(id).orElse(null);
		if (endpoint == null || this.sweeper.isShutdown() || !breaker.tryAcquirePermission()) {
			return false;
		}
		// What is under way at a crash is sent again when this has passed.
		Duration lease = this.properties.time().multipliedBy(2);
		Optional<Delivery> taken = this.webhooks.taken(delivery, this.clock.instant(), lease);
		if (taken.isEmpty()) {
			breaker.releasePermission();
			return true;
		}
		Result result;
		try {
			result = post(endpoint, taken.get());
		}
		catch (RuntimeException ex) {
			breaker.releasePermission();
			throw ex;
		}
		return record(id, delivery, taken.get(), result, breaker);
	}

	/**
	 * What came of an attempt.
	 *
	 * @param attempt for the log
	 * @param retryAfter how long the receiver asks us to wait
	 */
	private record Result(Attempt attempt, Duration retryAfter) {

		boolean is(int status) {
			return this.attempt.status() != null && this.attempt.status() == status;
		}

		/** Whether it is the receiver as a whole that fails, and not this delivery. */
		boolean isOutage() {
			return this.attempt.status() == null || this.attempt.status() >= 500 || is(TOO_MANY);
		}

		String outcome() {
			if (this.attempt.cause() == null) {
				return "delivered";
			}
			Integer status = this.attempt.status();
			return (status == null) ? "unreachable" : is(GONE) ? "gone" : "refused";
		}

	}

	private Counter attempts(String outcome) {
		return this.meters.counter("lokalabehov.webhooks.attempts", "outcome", outcome);
	}

	private boolean record(String id, String delivery, Delivery taken, Result result, CircuitBreaker breaker) {
		attempts(result.outcome()).increment();
		long millis = result.attempt().millis();
		if (result.isOutage()) {
			breaker.onError(millis, TimeUnit.MILLISECONDS, new IllegalStateException(result.outcome()));
		}
		else {
			breaker.onSuccess(millis, TimeUnit.MILLISECONDS);
		}
		Instant now = this.clock.instant();
		if (result.attempt().cause() == null) {
			this.webhooks.attempted(delivery, result.attempt(), Delivery.Status.DELIVERED, now);
			return true;
		}
		if (result.is(GONE)) {
			// It waits for the endpoint to be enabled again.
			this.webhooks.attempted(delivery, result.attempt(), Delivery.Status.WAITING, now);
			this.webhooks.gone(id);
			return false;
		}
		List<Duration> retries = this.properties.retries();
		if (taken.tries() > retries.size()) {
			log.warn("webhook {} to {} was given up after {} attempts: {}", taken.event(), id, taken.tries(),
					result.outcome());
			this.webhooks.attempted(delivery, result.attempt(), Delivery.Status.FAILED, now);
			return true;
		}
		Duration pause = jittered(retries.get(taken.tries() - 1));
		Instant next = now.plus((result.retryAfter().compareTo(pause) > 0) ? result.retryAfter() : pause);
		this.webhooks.attempted(delivery, result.attempt(), Delivery.Status.WAITING, next);
		return true;
	}

	/** A fifth longer or shorter at most, so that not all come back at once. */
	private static Duration jittered(Duration pause) {
		return Duration.ofMillis(Math.round(pause.toMillis() * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
	}

	private Result post(Endpoint endpoint, Delivery delivery) {
		String payload = delivery.isTest() ? Webhooks.testEvent(delivery) : payload(delivery);
		Instant at = this.clock.instant();
		List<String> secrets = this.webhooks.secrets(endpoint, at);
		if (secrets.isEmpty()) {
			return new Result(new Attempt(at, null, 0, Webhooks.UNREADABLE), Duration.ZERO);
		}
		long timestamp = at.getEpochSecond();
		Map<String, String> headers = Map.of("Content-Type", CloudEvents.STRUCTURED + ";charset=UTF-8", "webhook-id",
				delivery.webhookId(), "webhook-timestamp", Long.toString(timestamp), "webhook-signature",
				signatures(secrets, delivery.webhookId(), timestamp, payload));
		long begun = System.nanoTime();
		try {
			Outside.Answer answer = this.outside.post(URI.create(endpoint.url()), headers, Webhooks.bytes(payload));
			return new Result(new Attempt(at, answer.status(), millisSince(begun), cause(answer.status())),
					retryAfter(answer.headers().get("retry-after"), at));
		}
		catch (OutsideProblem ex) {
			return new Result(new Attempt(at, null, millisSince(begun), ex.why()), Duration.ZERO);
		}
	}

	private String payload(Delivery delivery) {
		Envelope<String> event = this.feed.find(delivery.agency(), delivery.event())
			.flatMap(this.feed::event)
			.orElseThrow(() -> new IllegalStateException("the store lacks " + delivery.event()));
		String whole = CloudEvents.text(event);
		return (Webhooks.bytes(whole).length < this.properties.payloadBytes()) ? whole
				: CloudEvents.text(event, URI.create(this.properties.address().toString().replaceAll("/$", "")
						+ FeedController.PATH + "/" + event.id()));
	}

	private static String signatures(List<String> secrets, String id, long timestamp, String payload) {
		List<String> signatures = new ArrayList<>();
		for (String secret : secrets) {
			try {
				signatures.add(new Webhook(secret).sign(id, timestamp, payload));
			}
			catch (WebhookSigningException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return String.join(" ", signatures);
	}

	private static long millisSince(long begun) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
	}

	private static @Nullable String cause(int status) {
		if (status >= 200 && status < 300) {
			return null;
		}
		return (status >= 300 && status < 400) ? "Mottagaren hänvisade vidare, vilket inte följs."
				: "Mottagaren svarade " + status + ".";
	}

	/** Seconds or a date (RFC 9110, 10.2.3); nothing when it is neither. */
	private static Duration retryAfter(@Nullable String header, Instant now) {
		if (header == null) {
			return Duration.ZERO;
		}
		Duration asked;
		try {
			asked = header.strip().matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(header.strip())) : Duration
				.between(now, ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
		}
		catch (DateTimeException ex) {
			return Duration.ZERO;
		}
		return asked.isNegative() ? Duration.ZERO : (asked.compareTo(LONGEST_PAUSE) > 0) ? LONGEST_PAUSE : asked;
	}

	/** Ends: what is under way is cut off, and sent again at the next start. */
	@Override
	public void close() {
		this.sweeper.shutdown();
		this.lanes.shutdown();
		try {
			if (!this.lanes.awaitTermination(5, TimeUnit.SECONDS)) {
				this.outside.close();
				this.lanes.awaitTermination(5, TimeUnit.SECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
