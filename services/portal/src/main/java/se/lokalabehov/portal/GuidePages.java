package se.lokalabehov.portal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Help: a guide for each role, and the documents that an organisation which introduces
 * the platform begins with. They are Swedish.
 */
@Page
class GuidePages {

	/** By the last part of a message's key. */
	private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

	static {
		GROUPS.put("roles", List.of("kommun", "rss", "socialchef", "skr", "myndighet", "fou-redaktor"));
		GROUPS.put("administration", List.of("administrator-organisation", "administrator-plattform"));
		GROUPS.put("duties", List.of("registerforteckning", "personuppgiftsbitradesavtal", "konsekvensbedomning",
				"arkiv-och-gallring", "en-301-549"));
	}

	private final Guides guides;

	private final Ui ui;

	GuidePages(Guides guides, Ui ui) {
		this.guides = guides;
		this.ui = ui;
	}

	/** What there is, one's own first. */
	@GetMapping("/hjalp")
	ModelAndView all(Caller caller) {
		Map<String, List<Guides.Guide>> groups = new LinkedHashMap<>();
		List<Guides.Guide> own = Arrays.stream(Role.values())
			.filter(caller::is)
			.map(GuidePages::of)
			.distinct()
			.flatMap((name) -> this.guides.named(name).stream())
			.toList();
		if (!own.isEmpty()) {
			groups.put("own", own);
		}
		GROUPS.forEach((group, names) -> groups.put(group,
				names.stream().flatMap((name) -> this.guides.named(name).stream()).toList()));
		return new ModelAndView("portal/hjalp").addObject("groups", groups);
	}

	private static String of(Role role) {
		return switch (role) {
			case MUNICIPALITY_AUTHOR, MUNICIPALITY_APPROVER -> "kommun";
			case RSS_COORDINATOR -> "rss";
			case SOCIAL_CHIEF -> "socialchef";
			case SKR_COMPILER -> "skr";
			case AGENCY_OFFICER -> "myndighet";
			case FOU_EDITOR -> "fou-redaktor";
			case ADMINISTRATOR -> "administrator-organisation";
		};
	}

	@GetMapping("/hjalp/{namn}")
	ModelAndView one(@PathVariable String namn) {
		boolean listed = GROUPS.values().stream().anyMatch((names) -> names.contains(namn));
		return this.guides.named(namn)
			.filter((guide) -> listed)
			.map((guide) -> new ModelAndView("portal/hjalp-dokument").addObject("guide", guide))
			.orElseGet(PageProblems::notFound);
	}

	/** For those who write programs, in both languages. */
	@GetMapping("/utvecklare")
	ModelAndView developers() {
		boolean english = this.ui.language().equals("en");
		return new ModelAndView("portal/hjalp-dokument")
			.addObject("guide", this.guides.named(english ? "utvecklare_en" : "utvecklare").orElseThrow())
			.addObject("english", english);
	}

}
