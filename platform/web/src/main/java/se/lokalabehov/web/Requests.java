package se.lokalabehov.web;

import java.util.regex.Pattern;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The request that this thread serves.
 */
final class Requests {

	private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9/._-]{0,200}");

	private Requests() {
	}

	static @Nullable HttpServletRequest current() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? attributes.getRequest() : null;
	}

	/** The path, unless it holds what should not be repeated. */
	static @Nullable String instance() {
		HttpServletRequest request = current();
		return (request != null) ? instance(request) : null;
	}

	static @Nullable String instance(HttpServletRequest request) {
		Object forwarded = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
		String path = (forwarded instanceof String text) ? text : request.getRequestURI();
		return (PLAIN.matcher(path).matches() && PersonalData.find(path).isEmpty()) ? path : null;
	}

}
