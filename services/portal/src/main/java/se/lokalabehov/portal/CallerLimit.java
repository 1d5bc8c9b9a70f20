package se.lokalabehov.portal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.hc.core5.net.InetAddressUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import se.lokalabehov.security.Caller;

/**
 * So many requests in a while for each caller and no more, pages and API together:
 * whoever asks too often is told to wait (429 with {@code Retry-After}), and nobody else
 * has to. What a caller takes is bounded as well, as one question can cost a thousand
 * times another: few of its requests are under way at once, and in the long run only for
 * a share of the time. The others wait for their turn. A caller is a person or a program
 * that has logged in, wherever it asks from; all who have not are told apart by their
 * address. Stands behind security, which has read the token, and before anything that
 * costs more than that. Health and metrics are not counted.
 */
final class CallerLimit extends OncePerRequestFilter {

	/** Whoever has not asked for longest is forgotten first. */
	private static final int MOST_KEPT = 50_000;

	/** What one customer of a network gets of IPv6 at least (RFC 6177). */
	private static final int SUBSCRIBERS_BYTES = 8;

	/** How long a request waits for its turn, in nanoseconds. */
	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

	/** So far ahead of its share a caller may be, in nanoseconds. */
	private static final long AHEAD = TimeUnit.SECONDS.toNanos(10);

	/** What one request counts at most: it has waited for something else. */
	private static final long MOST = TimeUnit.SECONDS.toNanos(1);

	private static final String TURN = Turn.class.getName();

	private final RateLimiterConfig limit;

	private final int atOnce;

	private final double share;

	private final String wait;

	private final Map<String, Known> callers = Collections.synchronizedMap(new Recent());

	CallerLimit(Settings settings) {
		this.atOnce = settings.atOnce();
		this.share = settings.share();
		this.limit = RateLimiterConfig.custom()
			.limitForPeriod(settings.requests())
			.limitRefreshPeriod(settings.period())
			.timeoutDuration(Duration.ZERO)
			.build();
		this.wait = String.valueOf(Math.max(1, settings.period().toSeconds()));
	}

	/**
	 * How often a caller may ask.
	 *
	 * @param requests how many in a period; one caller at a time asks some ten in a
	 * second
	 * @param period after which they count from nought again
	 * @param atOnce how many are under way at once, until they begin to be answered
	 * @param share of the time that they are under way in the long run, one or many
	 */
	@ConfigurationProperties("lokala-behov.portal.limit")
	record Settings(@DefaultValue("1000") int requests, @DefaultValue("10s") Duration period,
			@DefaultValue("4") int atOnce, @DefaultValue("0.5") double share) {
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getRequestURI().startsWith("/actuator/");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Caller caller = Caller.current();
		String who = caller.isAnonymous() ? placeOf(request.getRemoteAddr()) : caller.subject();
		Known known = this.callers.computeIfAbsent(who,
				(name) -> new Known(RateLimiter.of(name, this.limit), this.atOnce, this.share));
		Turn turn = known.often.acquirePermission() ? known.turn() : null;
		if (turn == null) {
			response.setHeader(HttpHeaders.RETRY_AFTER, this.wait);
			response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
			return;
		}
		request.setAttribute(TURN, turn);
		try {
			chain.doFilter(request, response);
		}
		finally {
			turn.end();
		}
	}

	/**
	 * A service has begun to answer: what is left is passed on as fast as the caller
	 * takes it, which may be slowly, and costs nobody anything.
	 */
	static void answered(HttpServletRequest request) {
		if (request.getAttribute(TURN) instanceof Turn turn) {
			turn.end();
		}
	}

	/** An address, or the network in which one customer can have any number of them. */
	static String placeOf(String address) {
		if (!InetAddressUtils.isIPv6(address)) {
			return address;
		}
		try {
			byte[] bytes = InetAddress.getByName(address).getAddress();
			return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, SUBSCRIBERS_BYTES)));
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

	private static final class Known {

		private final RateLimiter often;

		private final Semaphore turns;

		private final double share;

		/** When what it has used up will have come to its share of the time. */
		private long even = System.nanoTime();

		Known(RateLimiter often, int atOnce, double share) {
			this.often = often;
			this.turns = new Semaphore(atOnce);
			this.share = share;
		}

		/** None when it does not come in time. */
		@Nullable Turn turn() {
			boolean mine = false;
			long early = 0;
			try {
				mine = this.turns.tryAcquire(PATIENCE, TimeUnit.NANOSECONDS);
				early = mine ? early() : 0;
				TimeUnit.NANOSECONDS.sleep(Math.min(early, PATIENCE));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (mine && early > PATIENCE) {
				this.turns.release();
			}
			return (mine && early <= PATIENCE) ? new Turn(this) : null;
		}

		private synchronized long early() {
			return this.even - AHEAD - System.nanoTime();
		}

		private synchronized void used(long nanos) {
			this.even = Math.max(this.even, System.nanoTime()) + Math.round(Math.min(nanos, MOST) / this.share);
		}

		void over(long nanos) {
			used(nanos);
			this.turns.release();
		}

	}

	/**
	 * To be under way. It ends once, whoever ends it first.
	 */
	private static final class Turn {

		private final Known caller;

		private final long began = System.nanoTime();

		private final AtomicBoolean over = new AtomicBoolean();

		Turn(Known caller) {
			this.caller = caller;
		}

		void end() {
			if (this.over.compareAndSet(false, true)) {
				this.caller.over(System.nanoTime() - this.began);
			}
		}

	}

	/**
	 * Those who have asked most recently.
	 */
	private static final class Recent extends LinkedHashMap<String, Known> {

		private static final long serialVersionUID = 1L;

		Recent() {
			super(16, 0.75f, true);
		}

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
			return size() > MOST_KEPT;
		}

	}

}
