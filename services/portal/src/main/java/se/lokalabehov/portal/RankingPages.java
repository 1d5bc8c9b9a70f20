package se.lokalabehov.portal;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/**
 * The page of a closed round: a national one is for everybody, a regional one for those
 * to whom the service that owns rounds shows it.
 */
@Page
class RankingPages {

	private final Services services;

	RankingPages(Services services) {
		this.services = services;
	}

	@GetMapping("/prioritering/{id}/resultat")
	ModelAndView result(@PathVariable String id) {
		if (!PagesController.ID.matcher(id).matches()) {
			return PageProblems.notFound();
		}
		Services.Answer round = this.services.get("prioritisation-rounds/{id}", id);
		if (!round.ok()) {
			return PageProblems.notFound();
		}
		if (!round.body().path("status").asString("").equals("CLOSED")) {
			return new ModelAndView("redirect:/prioritering/" + id);
		}
		Services.Answer explained = this.services.get("prioritisation-rounds/{id}/explanation", id);
		return explained.ok()
				? new ModelAndView("portal/resultat").addObject("page", RankingPage.of(round.body(), explained.body()))
					.addObject("dry", false)
				: PageProblems.later("later.counting", HttpStatus.CONFLICT);
	}

}
