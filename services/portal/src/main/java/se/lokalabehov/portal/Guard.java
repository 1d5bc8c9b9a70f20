package se.lokalabehov.portal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import se.lokalabehov.web.Problem;

/**
 * Stands before one service: a limit to how long it may take, one more try where trying
 * again is harmless (GET and HEAD), and a circuit breaker, so that a service that is away
 * is told at once and nobody waits for it. Only being away counts: whatever the service
 * itself answers, also a refusal or a problem of its own, passes as it is.
 */
final class Guard implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private static final Logger log = LoggerFactory.getLogger(Guard.class);

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

	/** What a proxy in between says when the service is away. */
	private static final Set<HttpStatus> AWAY = Set.of(HttpStatus.BAD_GATEWAY, HttpStatus.SERVICE_UNAVAILABLE,
			HttpStatus.GATEWAY_TIMEOUT);

	private final Room room;

	private final Duration pause;

	private final TimeLimiter timeLimiter;

	/** For a body that itself may take long to come. */
	private final TimeLimiter uploads;

	private final CircuitBreaker breaker;

	private final Retry retry;

	private final ExecutorService threads;

	Guard(Room room, PortalProperties properties, ExecutorService threads) {
		this.room = room;
		this.pause = properties.pause();
		this.threads = threads;
		this.timeLimiter = TimeLimiter.of(room.service(),
				TimeLimiterConfig.custom().timeoutDuration(properties.timeLimit()).build());
		this.uploads = TimeLimiter.of(room.service() + "-uploads",
				TimeLimiterConfig.custom().timeoutDuration(properties.bodyLimit()).build());
		this.breaker = CircuitBreaker.of(room.service(),
				CircuitBreakerConfig.custom()
					.slidingWindowSize(20)
					.minimumNumberOfCalls(5)
					.failureRateThreshold(50)
					.waitDurationInOpenState(properties.pause())
					.permittedNumberOfCallsInHalfOpenState(2)
					.recordExceptions(Away.class)
					.ignoreException((ex) -> !(ex instanceof Away))
					.build());
		this.breaker.getEventPublisher()
			.onStateTransition((event) -> log.info("{}: {}", room.service(), event.getStateTransition()));
		this.retry = Retry.of(room.service(),
				RetryConfig.custom()
					.maxAttempts(2)
					.intervalFunction(IntervalFunction.of(Duration.ofMillis(50)))
					.retryOnException((ex) -> ex instanceof Away away && !away.late)
					.build());
	}

	@Override
	public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
		try {
			boolean upload = request.headers().contentType().filter(MediaType.APPLICATION_PDF::equals).isPresent();
			return call(SAFE.contains(request.method()), upload ? this.uploads : this.timeLimiter, () -> {
				ServerResponse response = next.handle(request);
				refuseWhatAProxySays(request, response);
				return response;
			});
		}
		catch (Away | CallNotPermittedException ex) {
			return away();
		}
		finally {
			CallerLimit.answered(request.servletRequest());
		}
	}

	/**
	 * Calls the service.
	 * @param safe whether the call may be made once more
	 * @param call the call
	 * @throws Away when it does not answer
	 * @throws CallNotPermittedException when it has been away just now
	 */
	<T> T call(boolean safe, Callable<T> call) throws Exception {
		return call(safe, this.timeLimiter, call);
	}

	/** An act whose body itself may take long to come, and to be read. */
	<T> T upload(Callable<T> call) throws Exception {
		return call(true, this.uploads, call);
	}

	private <T> T call(boolean safe, TimeLimiter limiter, Callable<T> call) throws Exception {
		Callable<T> broken = CircuitBreaker.decorateCallable(this.breaker, () -> limited(limiter, call));
		return (safe ? Retry.decorateCallable(this.retry, broken) : broken).call();
	}

	private <T> T limited(TimeLimiter limiter, Callable<T> call) throws Exception {
		try {
			return limiter.executeFutureSupplier(() -> this.threads.submit(call));
		}
		catch (TimeoutException ex) {
			throw new Away(true);
		}
		catch (ResourceAccessException | IOException ex) {
			throw new Away(false);
		}
	}

	private static void refuseWhatAProxySays(ServerRequest request, ServerResponse response) throws Away {
		boolean ownProblem = MediaType.APPLICATION_PROBLEM_JSON.isCompatibleWith(response.headers().getContentType());
		if (!ownProblem && AWAY.stream().anyMatch((status) -> status.isSameCodeAs(response.statusCode()))) {
			if (MvcUtils.getAttribute(request, MvcUtils.CLIENT_RESPONSE_ATTR) instanceof ClientHttpResponse open) {
				open.close();
			}
			throw new Away(false);
		}
	}

	private ServerResponse away() {
		Problem problem = new Problem(Problem.TYPES + "tjansten-svarar-inte", "Tjänsten svarar inte",
				HttpStatus.SERVICE_UNAVAILABLE.value(),
				this.room.label() + " är borta just nu. Inget har gått förlorat av det som redan är bekräftat. "
						+ "Försök igen om en stund; upprepa med samma Idempotency-Key, så görs inget två gånger.",
				null, List.of());
		return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, this.pause.toSeconds())))
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

	/**
	 * The service does not answer.
	 */
	static final class Away extends Exception {

		private static final long serialVersionUID = 1L;

		private final boolean late;

		Away(boolean late) {
			super(late ? "too late" : "no answer", null, false, false);
			this.late = late;
		}

	}

}
