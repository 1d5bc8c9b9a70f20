package se.lokalabehov.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.security.Caller;

/**
 * Makes the parameters that only the platform can make.
 */
final class ArgumentResolvers {

	static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

	/** A strong entity tag (RFC 9110, 8.8.3) as this platform writes it: the version. */
	/** Of an ETag with more than the version, the version. */
	private static final Pattern VERSION = Pattern.compile("\"([1-9][0-9]{0,17})(?:\\.[0-9]{1,18})?\"");

	private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}");

	private static final Pattern CURSOR = Pattern.compile("[\\x21-\\x7e]{1," + Paging.MAX_CURSOR + "}");

	private static final Set<String> KEYED = Set.of("POST");

	private static final Set<String> VERSIONED = Set.of("PUT", "PATCH", "DELETE");

	private ArgumentResolvers() {
	}

	static List<HandlerMethodArgumentResolver> all(Clock clock) {
		return List.of(new OfAct(clock), new OfPaging());
	}

	private static HttpServletRequest servletRequest(NativeWebRequest request) {
		return Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
	}

	private static Refusal refusal(Refusal.Kind kind, String code, String field) {
		String detail = Messages.text("problem." + code + ".detail");
		return new Refusal(kind, code, detail, List.of(new Refusal.Field(field, detail)));
	}

	/**
	 * Who does what, from the security context, the headers, the body and the clock.
	 */
	private record OfAct(Clock clock) implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Act.class;
		}

		@Override
		public Act resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
				NativeWebRequest webRequest, @Nullable WebDataBinderFactory binders) {
			HttpServletRequest request = servletRequest(webRequest);
			Caller caller = Caller.current();
			String roles = caller.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(","));
			String key = key(request);
			return new Act(caller.organisation(), roles, caller.subject(), this.clock.instant(),
					(key != null) ? Act.sha256(caller.subject() + "|" + key) : null, fingerprint(request),
					expectedVersion(request));
		}

		private static @Nullable String key(HttpServletRequest request) {
			List<String> keys = Collections.list(request.getHeaders(IDEMPOTENCY_KEY));
			if (keys.isEmpty() && !KEYED.contains(request.getMethod())) {
				return null;
			}
			if (keys.size() != 1 || !KEY.matcher(keys.getFirst()).matches()) {
				throw new Refused(refusal(Refusal.Kind.INVALID,
						keys.isEmpty() ? "idempotensnyckel-saknas" : "felaktig-idempotensnyckel", IDEMPOTENCY_KEY));
			}
			return keys.getFirst();
		}

		private static String fingerprint(HttpServletRequest request) {
			String query = (request.getQueryString() != null) ? "?" + request.getQueryString() : "";
			// Latin-1 maps every byte to a character of its own, so no two bodies meet.
			String body = new String(BodyFilter.body(request), StandardCharsets.ISO_8859_1);
			return Act.sha256(request.getMethod() + " " + request.getRequestURI() + query + "\n" + body);
		}

		private static @Nullable Long expectedVersion(HttpServletRequest request) {
			List<String> tags = Collections.list(request.getHeaders(HttpHeaders.IF_MATCH));
			if (tags.isEmpty()) {
				if (VERSIONED.contains(request.getMethod())) {
					throw new Refused(refusal(Refusal.Kind.VERSION_REQUIRED, "version-kravs", HttpHeaders.IF_MATCH));
				}
				return null;
			}
			var version = VERSION.matcher(tags.getFirst().strip());
			if (tags.size() != 1 || !version.matches()) {
				throw new Refused(refusal(Refusal.Kind.INVALID, "felaktig-version", HttpHeaders.IF_MATCH));
			}
			return Long.valueOf(version.group(1));
		}

	}

	/**
	 * Which part of a list.
	 */
	private record OfPaging() implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Paging.class;
		}

		@Override
		public Paging resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
				NativeWebRequest webRequest, @Nullable WebDataBinderFactory binders) {
			HttpServletRequest request = servletRequest(webRequest);
			String limit = one(request, "limit", LIMIT);
			if (limit != null && Integer.parseInt(limit) > Paging.MAX_LIMIT) {
				throw wrong("limit");
			}
			return new Paging((limit != null) ? Integer.parseInt(limit) : Paging.DEFAULT_LIMIT,
					one(request, "cursor", CURSOR));
		}

		private static @Nullable String one(HttpServletRequest request, String name, Pattern form) {
			String[] values = request.getParameterValues(name);
			if (values == null) {
				return null;
			}
			if (values.length != 1 || !form.matcher(values[0]).matches()) {
				throw wrong(name);
			}
			return values[0];
		}

		private static Refused wrong(String name) {
			return new Refused(new Refusal(Refusal.Kind.INVALID, "felaktig-uppgift",
					Messages.text("problem.felaktig-uppgift.detail"),
					List.of(new Refusal.Field(name, Messages.text("field." + name.toLowerCase(Locale.ROOT))))));
		}

	}

}
