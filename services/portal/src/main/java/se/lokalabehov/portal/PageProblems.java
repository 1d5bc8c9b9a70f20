package se.lokalabehov.portal;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * An address that leads nowhere gets a page, unless a machine asks.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageProblems {

	@ExceptionHandler
	ModelAndView notFound(NoResourceFoundException ex, HttpServletRequest request) throws NoResourceFoundException {
		String accept = request.getHeader("Accept");
		if (request.getRequestURI().startsWith("/api/") || accept == null
				|| !accept.contains(MediaType.TEXT_HTML_VALUE)) {
			throw ex;
		}
		return PagesController.notFound();
	}

}
