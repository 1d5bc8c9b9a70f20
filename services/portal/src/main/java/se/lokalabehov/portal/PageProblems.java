package se.lokalabehov.portal;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

import se.lokalabehov.web.Refused;

/**
 * What goes wrong is told on a page, unless a machine asks.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageProblems {

	private final RequestCache requestCache;

	PageProblems(RequestCache requestCache) {
		this.requestCache = requestCache;
	}

	@ExceptionHandler({ NoHandlerFoundException.class, NoResourceFoundException.class })
	ModelAndView notFound(ServletException ex, HttpServletRequest request) throws ServletException {
		String accept = request.getHeader("Accept");
		if (request.getRequestURI().startsWith("/api/") || accept == null
				|| !accept.contains(MediaType.TEXT_HTML_VALUE)) {
			throw ex;
		}
		return notFound();
	}

	/** To where one wanted, after login; with what one sent, if anything. */
	@ExceptionHandler
	@Nullable ModelAndView notLoggedIn(WhoMayOpen.NotLoggedIn ex, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (MediaType.TEXT_EVENT_STREAM_VALUE.equals(request.getHeader("Accept"))) {
			// It is no page to come back to, and 204 tells the browser to ask no more.
			response.setStatus(HttpStatus.NO_CONTENT.value());
			return null;
		}
		if (request.getMethod().equals("GET")) {
			this.requestCache.saveRequest(request, response);
		}
		else if (PendingForm.keep(request, response, false)) {
			return null;
		}
		return new ModelAndView("redirect:" + LoginConfiguration.LOGIN);
	}

	@ExceptionHandler
	ModelAndView notForYou(WhoMayOpen.NotForYou ex) {
		return page("portal/ej-behorig", HttpStatus.FORBIDDEN);
	}

	/** What was sent can be sent again from the page that says so. */
	@ExceptionHandler
	ModelAndView away(Services.Away ex, HttpServletRequest request) {
		ModelAndView page = later(ex.room().message(), HttpStatus.SERVICE_UNAVAILABLE);
		// Its key goes along, so that what was done after all is not done twice.
		return PendingForm.isForm(request) ? page.addObject("form", PendingForm.of(request)) : page;
	}

	static ModelAndView notFound() {
		return page("portal/finns-inte", HttpStatus.NOT_FOUND);
	}

	/**
	 * Not now.
	 * @param why the message that says it
	 */
	static ModelAndView later(String why, HttpStatus status) {
		return page("portal/senare", status).addObject("why", why);
	}

	private static ModelAndView page(String view, HttpStatus status) {
		ModelAndView page = new ModelAndView(view);
		page.setStatus(status);
		return page;
	}

	/**
	 * What nobody thought of, in a page for people.
	 */
	@ControllerAdvice(annotations = Page.class)
	@Order(Ordered.HIGHEST_PRECEDENCE + 1)
	static class Unexpected {

		private static final Logger log = LoggerFactory.getLogger(Unexpected.class);

		/** Copied along by mistake as a rule, and nobody sees them to take them away. */
		@ExceptionHandler
		ModelAndView hiddenCharacters(Refused ex, HttpServletRequest request) {
			return PendingForm.isForm(request) ? page("portal/fortsatt", HttpStatus.UNPROCESSABLE_CONTENT)
				.addObject("form", PendingForm.of(request).withoutHiddenCharacters())
				.addObject("text", "goon.hidden") : notFound();
		}

		@ExceptionHandler
		@Nullable ModelAndView unexpected(Exception ex) {
			if (DisconnectedClientHelper.isClientDisconnectedException(ex)) {
				// Whoever asked has gone, as from a stream: there is nobody to answer.
				return null;
			}
			log.error("a page failed", ex);
			return later("later.broken", HttpStatus.INTERNAL_SERVER_ERROR);
		}

	}

}
