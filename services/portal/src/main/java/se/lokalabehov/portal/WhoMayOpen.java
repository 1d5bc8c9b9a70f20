package se.lokalabehov.portal;

import java.util.Arrays;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

import se.lokalabehov.security.Caller;

/**
 * Lets nobody open a page that is for others: who has not logged in is asked to, who has
 * another role is told so.
 */
final class WhoMayOpen implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		if (handler instanceof HandlerMethod method) {
			audience(method).ifPresent((audience) -> {
				Caller caller = Caller.current();
				if (caller.isAnonymous()) {
					throw new NotLoggedIn();
				}
				if (!isFor(audience, caller)) {
					throw new NotForYou();
				}
			});
		}
		return true;
	}

	/** Whom a page is for; none when it is for anybody. */
	static Optional<For> audience(HandlerMethod method) {
		@Nullable For own = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), For.class);
		return Optional.ofNullable(own)
			.or(() -> Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), For.class)));
	}

	static boolean isFor(For audience, Caller caller) {
		return !caller.isAnonymous()
				&& (audience.value().length == 0 || Arrays.stream(audience.value()).anyMatch(caller::is));
	}

	/**
	 * One must log in first.
	 */
	static final class NotLoggedIn extends RuntimeException {

		private static final long serialVersionUID = 1L;

		NotLoggedIn() {
			super("not logged in", null, false, false);
		}

	}

	/**
	 * The page is for another role.
	 */
	static final class NotForYou extends RuntimeException {

		private static final long serialVersionUID = 1L;

		NotForYou() {
			super("for another role", null, false, false);
		}

	}

}
