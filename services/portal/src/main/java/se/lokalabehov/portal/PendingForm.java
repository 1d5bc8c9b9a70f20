package se.lokalabehov.portal;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * A form that was sent when its session had ended, kept on the server until the one who
 * wrote it has logged in again and sends it once more. It is kept only when the browser
 * says that one of our own pages sent it, so nobody else's page can leave one here.
 *
 * @param path where it was sent
 * @param fields what it held, but for the proof that belonged to the old session
 */
record PendingForm(String path, List<Field> fields) {

	private static final String KEY = PendingForm.class.getName();

	private static final Pattern HIDDEN = Pattern
		.compile("[\\x00\\x{D800}-\\x{DFFF}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");

	private static final int LIMIT = 100_000;

	private static final int HALF_AN_HOUR = 30 * 60;

	/**
	 * One value of a field.
	 */
	record Field(String name, String value) {
	}

	/**
	 * Keeps a form if there is one to keep.
	 * @return false when there is none; nothing has been answered then
	 */
	static boolean keep(HttpServletRequest request, HttpServletResponse response, boolean loggedIn) throws IOException {
		if (!isForm(request) || !isOurs(request)) {
			return false;
		}
		if (request.getHeader("HX-Request") != null) {
			// What was typed still stands on the page: its own words say how to go on.
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
			return true;
		}
		PendingForm form = of(request);
		if (form.fields().stream().mapToInt((field) -> field.value().length()).sum() > LIMIT) {
			return false;
		}
		HttpSession session = request.getSession();
		session.setAttribute(KEY, form);
		if (!loggedIn) {
			session.setMaxInactiveInterval(HALF_AN_HOUR);
		}
		response.sendRedirect(request.getContextPath() + (loggedIn ? "/fortsatt" : "/logga-in"));
		return true;
	}

	/** The form that was sent. */
	static PendingForm of(HttpServletRequest request) {
		List<Field> fields = new ArrayList<>();
		request.getParameterMap().forEach((name, values) -> {
			if (!name.equals("_csrf")) {
				List.of(values).forEach((value) -> fields.add(new Field(name, value)));
			}
		});
		return new PendingForm(request.getRequestURI(), List.copyOf(fields));
	}

	/** The same, but for the characters that the door does not take. */
	PendingForm withoutHiddenCharacters() {
		return new PendingForm(this.path,
				this.fields.stream()
					.map((field) -> new Field(field.name(), HIDDEN.matcher(field.value()).replaceAll("")))
					.toList());
	}

	static boolean isForm(HttpServletRequest request) {
		@Nullable String type = request.getContentType();
		return request.getMethod().equals("POST") && type != null
				&& type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
	}

	/** Every browser of today says who sends a form (Fetch Standard, Origin). */
	private static boolean isOurs(HttpServletRequest request) {
		@Nullable String origin = request.getHeader(HttpHeaders.ORIGIN);
		return origin != null && origin.equals(originOf(URI.create(request.getRequestURL().toString())));
	}

	private static String originOf(URI uri) {
		return uri.getScheme() + "://" + uri.getAuthority();
	}

	/** The form that waits in a session. */
	static Optional<PendingForm> in(@Nullable HttpSession session) {
		return (session != null && session.getAttribute(KEY) instanceof PendingForm form) ? Optional.of(form)
				: Optional.empty();
	}

	static void forget(HttpSession session) {
		session.removeAttribute(KEY);
	}

}
