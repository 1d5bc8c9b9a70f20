package se.lokalabehov.web;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

import se.lokalabehov.eventing.Audit;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.CallerPrincipal;
import se.lokalabehov.security.Role;

/**
 * Notes at the door what the aggregates do not remember themselves: commands that were
 * refused, readings by those who may not, those that leave no memory, what operators do
 * (before and after), and what administrators read. Stands outside security, so that whom
 * that turns away is noted too; {@link Inside} stands behind it and says who it was.
 * Nothing that was typed is noted: an address by its pattern, an identifier only when it
 * has the form of one.
 */
final class AuditFilter extends OncePerRequestFilter {

	private static final String CALLER = AuditFilter.class.getName() + ".caller";

	private static final Set<String> COMMANDS = Set.of("POST", "PUT", "PATCH", "DELETE");

	private static final Pattern ID = Pattern.compile("[a-z-]{1,20}-[0-9a-f]{24}(\\.[A-Z0-9-]{2,12})?|[A-Z0-9-]{2,12}");

	private static final Pattern RESOURCE = Pattern.compile("(/api/v1/[a-z-]{1,40}|/actuator/[a-z]{1,20}).*");

	/** Where an administrator reads what is not for everybody. */
	private static final Pattern READ = Pattern
		.compile("/api/.*|/actuator/(eventing|audit).*|/forvaltning.*|/aviseringar/utkorg.*|/diarium.*");

	private final Audit audit;

	AuditFilter(Audit audit) {
		this.audit = audit;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		this.audit.begin();
		try {
			chain.doFilter(request, response);
		}
		finally {
			note(request, response.getStatus());
		}
	}

	private void note(HttpServletRequest request, int status) {
		boolean command = COMMANDS.contains(request.getMethod());
		boolean operation = request.getRequestURI().startsWith("/actuator");
		Caller caller = caller(request);
		// Who may not is noted whatever they wanted.
		boolean shutOut = status == 401 || status == 403;
		if ((command || shutOut) && !isPassedOn(request)
				&& (operation || request.getRequestURI().startsWith("/api/"))) {
			if (status >= 400) {
				note(this.audit, "REFUSED", caller, request, Integer.toString(status));
			}
			else if (operation || !this.audit.tookEffect()) {
				note(this.audit, operation ? "OPERATED" : "ACCEPTED", caller, request, Integer.toString(status));
			}
		}
		else if (request.getMethod().equals("GET") && status == 200 && caller.is(Role.ADMINISTRATOR)
				&& !isPassedOn(request) && READ.matcher(request.getRequestURI()).matches()) {
			note(this.audit, "READ", caller, request, "200");
		}
	}

	/** What the portal hands to a service is noted there. */
	private static boolean isPassedOn(HttpServletRequest request) {
		Object handler = request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
		return handler != null && !(handler instanceof HandlerMethod);
	}

	private static Caller caller(HttpServletRequest request) {
		if (request.getAttribute(CALLER) instanceof Caller caller) {
			return caller;
		}
		// Whom security has known and turned away.
		return (request.getAttribute(
				RequestAttributeSecurityContextRepository.DEFAULT_REQUEST_ATTR_NAME) instanceof SecurityContext context
				&& context.getAuthentication() != null
				&& context.getAuthentication().getPrincipal() instanceof CallerPrincipal principal) ? principal.caller()
						: Caller.anonymous();
	}

	private static void note(Audit audit, String kind, Caller caller, HttpServletRequest request, String result) {
		audit.note(kind, caller.organisation().value(),
				caller.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(",")), caller.subject(),
				request.getMethod() + " " + address(request), about(request), result);
	}

	private static String address(HttpServletRequest request) {
		Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		if (pattern != null && !pattern.toString().equals("/**")) {
			return pattern.toString();
		}
		var resource = RESOURCE.matcher(request.getRequestURI());
		return resource.matches() ? resource.group(1) : "-";
	}

	private static String about(HttpServletRequest request) {
		@Nullable Object places = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return (places instanceof Map<?, ?> named && named.get("id") instanceof String id && ID.matcher(id).matches())
				? id : "";
	}

	/**
	 * Behind security: knows who it is, and has an operator's act in the log before it is
	 * begun.
	 */
	static final class Inside extends OncePerRequestFilter {

		private final Audit audit;

		Inside(Audit audit) {
			this.audit = audit;
		}

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			Caller caller = Caller.current();
			request.setAttribute(CALLER, caller);
			if (COMMANDS.contains(request.getMethod()) && request.getRequestURI().startsWith("/actuator")) {
				note(this.audit, "ASKED", caller, request, "");
				this.audit.flush();
			}
			chain.doFilter(request, response);
		}

	}

}
