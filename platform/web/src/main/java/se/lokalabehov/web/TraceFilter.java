package se.lokalabehov.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes up the caller's trace (W3C Trace Context), or begins one, so that the events of
 * an act and the log lines about it can be put together. It is the log field, and becomes
 * the CloudEvents extension, {@code traceparent}.
 */
final class TraceFilter extends OncePerRequestFilter {

	private static final String PARENT = "traceparent";

	private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try (MDC.MDCCloseable ignored = MDC.putCloseable(PARENT, parent(request.getHeader(PARENT)))) {
			chain.doFilter(request, response);
		}
	}

	private static String parent(@Nullable String given) {
		if (given != null && FORM.matcher(given).matches()) {
			return given;
		}
		byte[] chance = new byte[24];
		ThreadLocalRandom.current().nextBytes(chance);
		String digits = HexFormat.of().formatHex(chance);
		return "00-" + digits.substring(0, 32) + "-" + digits.substring(32) + "-01";
	}

}
