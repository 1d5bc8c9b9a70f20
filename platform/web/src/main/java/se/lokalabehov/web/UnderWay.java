package se.lokalabehov.web;

import java.io.IOException;
import java.util.concurrent.Semaphore;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * So many requests under way at once and no more. Every request has a thread of its own
 * that costs nothing but what it holds, so nothing else bounds them: at a load that the
 * platform can not take they would wait, more and more of them, until there is no heap
 * left. Whoever finds no room is told so at once, before anything is done, and to come
 * back (503 with {@code Retry-After}). Stands behind those that read the body and know
 * the caller, so that nobody takes room by sending slowly, but for who may send a PDF,
 * which is streamed. An answer that goes on for long after its request has been handled,
 * such as a live page's, is not counted, nor are health and metrics.
 */
final class UnderWay extends OncePerRequestFilter {

	private static final String SECONDS = "2";

	private final Semaphore room;

	UnderWay(Settings settings) {
		this.room = new Semaphore(settings.atOnce());
	}

	/**
	 * How many requests a service takes at once.
	 *
	 * @param atOnce how many; each holds some hundred kB, and at 20 ms a request as many
	 * are answered in a second as fifty times those under way
	 */
	@ConfigurationProperties("lokala-behov.web.requests")
	record Settings(@DefaultValue("200") int atOnce) {
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getRequestURI().startsWith("/actuator/");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.room.tryAcquire()) {
			response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
			response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS);
			Problem problem = Problem.known(HttpStatus.SERVICE_UNAVAILABLE.value(), "for-manga-samtidigt");
			String text = ProblemValve.text(problem, request, response);
			response.getWriter().write(text);
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.room.release();
		}
	}

}
