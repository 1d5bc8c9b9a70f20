package se.lokalabehov.portal;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.client.RestClientException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Coming in, and coming back in with what one had written.
 */
@Page
class LoginPages {

	private static final Logger log = LoggerFactory.getLogger(LoginPages.class);

	private final Logins logins;

	LoginPages(Logins logins) {
		this.logins = logins;
	}

	/** With one issuer there is nothing to choose. */
	@GetMapping(LoginConfiguration.LOGIN)
	ModelAndView logIn(@RequestParam Optional<String> fel, @RequestParam Optional<String> hos,
			HttpServletRequest request) {
		Optional<String> chosen = hos.filter(this.logins.all()::containsKey)
			.or(() -> this.logins.all().keySet().stream().findFirst().filter((only) -> this.logins.all().size() == 1));
		if (fel.isPresent() || chosen.isEmpty()) {
			return new ModelAndView("portal/logga-in").addObject("logins", this.logins.all())
				.addObject("failed", fel.isPresent())
				.addObject("kept", PendingForm.in(request.getSession(false)).isPresent());
		}
		try {
			this.logins.findByRegistrationId(chosen.get());
			return new ModelAndView("redirect:/oauth2/authorization/" + chosen.get());
		}
		catch (RestClientException ex) {
			log.warn("the issuer of {} does not answer: {}", chosen.get(), ex.getMessage());
			return PageProblems.later("later.login", HttpStatus.SERVICE_UNAVAILABLE);
		}
	}

	/**
	 * What was written before the session ended is sent once more, by the person itself.
	 */
	@GetMapping("/fortsatt")
	@For
	ModelAndView goOn(HttpServletRequest request, HttpServletResponse response) {
		// What was typed stands in the page.
		response.setHeader("Cache-Control", "no-store");
		return PendingForm.in(request.getSession(false))
			.map((form) -> new ModelAndView("portal/fortsatt").addObject("form", form).addObject("text", "goon.text"))
			.orElseGet(() -> new ModelAndView("redirect:/start"));
	}

}
