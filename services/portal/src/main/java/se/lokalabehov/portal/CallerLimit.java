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

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.hc.core5.net.InetAddressUtils;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import se.lokalabehov.security.Caller;

/**
 * So many requests in a while for each caller and no more, pages and API together:
 * whoever asks too often is told to wait (429 with {@code Retry-After}), and nobody else
 * has to. A caller is a person or a program that has logged in, wherever it asks from;
 * all who have not are told apart by their address. Stands behind security, which has
 * read the token, and before anything that costs more than that. Health and metrics are
 * not counted.
 */
final class CallerLimit extends OncePerRequestFilter {

	/** Whoever has not asked for longest is forgotten first. */
	private static final int MOST_KEPT = 50_000;

	/** What one customer of a network gets of IPv6 at least (RFC 6177). */
	private static final int SUBSCRIBERS_BYTES = 8;

	private final RateLimiterConfig limit;

	private final String wait;

	private final Map<String, RateLimiter> callers = Collections.synchronizedMap(new Recent());

	CallerLimit(Settings settings) {
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
	 */
	@ConfigurationProperties("lokala-behov.portal.limit")
	record Settings(@DefaultValue("1000") int requests, @DefaultValue("10s") Duration period) {
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
		if (this.callers.computeIfAbsent(who, (name) -> RateLimiter.of(name, this.limit)).acquirePermission()) {
			chain.doFilter(request, response);
		}
		else {
			response.setHeader(HttpHeaders.RETRY_AFTER, this.wait);
			response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
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

	/**
	 * Those who have asked most recently.
	 */
	private static final class Recent extends LinkedHashMap<String, RateLimiter> {

		private static final long serialVersionUID = 1L;

		Recent() {
			super(16, 0.75f, true);
		}

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, RateLimiter> eldest) {
			return size() > MOST_KEPT;
		}

	}

}
