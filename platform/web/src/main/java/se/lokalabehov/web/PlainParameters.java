package se.lokalabehov.web;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

import se.lokalabehov.eventing.Refusal;

/**
 * Refuses in the address what is refused in a body: characters that hide something.
 */
final class PlainParameters implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		boolean plain = request.getParameterMap()
			.values()
			.stream()
			.flatMap(Arrays::stream)
			.filter(Objects::nonNull)
			.allMatch(Json::isPlain);
		if (!plain) {
			throw new Refused(new Refusal(Refusal.Kind.INVALID, "felaktig-begaran", Messages.text("field.characters"),
					List.of()));
		}
		return true;
	}

}
