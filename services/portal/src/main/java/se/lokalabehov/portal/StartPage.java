package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

import se.lokalabehov.security.Caller;

/**
 * The first page after login: what waits, what has happened, where one can go.
 */
@Page
class StartPage {

	private static final int NEWS = 8;

	private final ObjectProvider<Desk> desks;

	StartPage(ObjectProvider<Desk> desks) {
		this.desks = desks;
	}

	@GetMapping("/start")
	@For
	@Menu(value = "start", order = 0)
	ModelAndView start(Caller caller) {
		List<Desk.Task> tasks = new ArrayList<>();
		List<Desk.News> news = new ArrayList<>();
		Set<String> away = new LinkedHashSet<>();
		this.desks.orderedStream().forEach((desk) -> {
			try {
				Desk.Lying lying = desk.of(caller);
				tasks.addAll(lying.tasks());
				news.addAll(lying.news());
			}
			catch (Services.Away ex) {
				away.add(ex.room().message());
			}
		});
		tasks.sort(Comparator.comparing((task) -> (task.due() != null) ? task.due() : LocalDate.MAX));
		return new ModelAndView("portal/start-inloggad").addObject("tasks", tasks)
			.addObject("away", away)
			.addObject("news",
					news.stream().sorted(Comparator.comparing(Desk.News::at).reversed()).limit(NEWS).toList());
	}

}
