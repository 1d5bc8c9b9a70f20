package se.lokalabehov.portal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Questions heard in daily work: noted in ten seconds, and gathered until they are a
 * need.
 */
@Page
@For({ Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER, Role.SOCIAL_CHIEF, Role.RSS_COORDINATOR })
class NotePages {

	private final Services services;

	NotePages(Services services) {
		this.services = services;
	}

	@GetMapping("/fragor/ny")
	ModelAndView write(@RequestParam Optional<String> noterat) {
		return form("", null).addObject("done", noterat.map((ignored) -> "note.noted").orElse(null));
	}

	private static ModelAndView form(String text, @Nullable Trouble trouble) {
		ModelAndView page = new ModelAndView("portal/fraga-ny").addObject("text", text).addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	/** The area is guessed when the notes are gathered, so one field is enough. */
	@PostMapping("/fragor/ny")
	ModelAndView note(@RequestParam String text, @RequestParam String nyckel) {
		try {
			Services.Answer noted = this.services.post(nyckel, "question-notes", Map.of("text", text));
			return noted.ok() ? new ModelAndView("redirect:/fragor/ny?noterat") : form(text, Trouble.of(noted));
		}
		catch (Services.Away ex) {
			return form(text, Trouble.of(ex));
		}
	}

	/**
	 * Notes that ask the same.
	 *
	 * @param title what they ask
	 * @param texts the notes
	 * @param href where a draft is begun with them, none for who does not write needs
	 */
	record Cluster(String title, List<String> texts, @Nullable String href) {
	}

	@GetMapping("/fragor")
	@Menu(value = "notes", order = 30)
	ModelAndView list(@RequestParam Optional<String> q, @RequestParam Optional<String> sida, Caller caller) {
		List<JsonNode> notes = notes();
		boolean writes = caller.is(Role.MUNICIPALITY_AUTHOR) || caller.is(Role.MUNICIPALITY_APPROVER);
		return new ModelAndView("portal/fragor")
			.addObject("list", Listing.of(notes.size(), notes, q, sida, NotePages::text))
			.addObject("clusters", clusters(notes, writes));
	}

	@GetMapping("/fragor.csv")
	ResponseEntity<byte[]> csv() {
		CsvText csv = new CsvText("fraga");
		notes().forEach((one) -> csv.row(text(one)));
		return csv.file("fragor.csv");
	}

	/** The latest; what is older has become needs, or nobody asks any more. */
	private List<JsonNode> notes() {
		return this.services.all("question-notes?limit=100", Board.MOST);
	}

	private static String text(JsonNode note) {
		return note.path("text").asString("");
	}

	/**
	 * The catalogue, which compares them, may be away; the notes are read all the same.
	 */
	private List<Cluster> clusters(List<JsonNode> notes, boolean writes) {
		Map<String, String> texts = new HashMap<>();
		notes.forEach((note) -> texts.put(note.path("id").asString(""), note.path("text").asString("")));
		try {
			return this.services.get("suggestions/clusters?notes=true").items().stream().map((one) -> {
				List<String> ids = one.path("ids").valueStream().map(JsonNode::asString).toList();
				return new Cluster(one.path("title").asString(""),
						ids.stream().filter(texts::containsKey).map((id) -> String.valueOf(texts.get(id))).toList(),
						writes ? "/behov/nytt?noteringar=" + String.join(",", ids) : null);
			}).toList();
		}
		catch (Services.Away ex) {
			return List.of();
		}
	}

}
