package se.lokalabehov.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * The organisation's register ({@code diarium}): its own matters with their registration
 * numbers, and extracts to hand out.
 */
@Page
@For({ Role.MUNICIPALITY_APPROVER, Role.RSS_COORDINATOR, Role.SKR_COMPILER, Role.AGENCY_OFFICER, Role.ADMINISTRATOR })
class RegisterPages {

	/** The fields of the form: one for each matter, named by it. */
	private static final String FIELD = "nr-";

	private final Matters matters;

	private final ArchivePackage stories;

	RegisterPages(Matters matters, ArchivePackage stories) {
		this.matters = matters;
		this.stories = stories;
	}

	/**
	 * One row.
	 *
	 * @param field its field's name
	 * @param value what stands in the field
	 */
	record Row(Matter matter, String field, String value) {
	}

	@GetMapping("/diarium")
	@Menu(value = "register", order = 70)
	ModelAndView list(@RequestParam Optional<String> q, @RequestParam(defaultValue = "") String visa,
			@RequestParam Optional<String> sida, @RequestParam Optional<String> klart, Caller caller) {
		return page(q, visa, sida, Map.of(), caller, null).addObject("done",
				klart.map((ignored) -> "register.saved").orElse(null));
	}

	private ModelAndView page(Optional<String> q, String visa, Optional<String> sida, Map<String, String> typed,
			Caller caller, @Nullable Trouble trouble) {
		List<Matter> chosen = chosen(caller, visa);
		Listing<Matter> found = Listing.of(chosen.size(), chosen, q, sida, RegisterPages::words);
		ModelAndView view = new ModelAndView("portal/diarium").addObject("list", found)
			.addObject("rows", found.rows().stream().map((matter) -> row(matter, typed)).toList())
			.addObject("visa", visa)
			.addObject("trouble", trouble);
		if (trouble != null) {
			view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return view;
	}

	private static Row row(Matter matter, Map<String, String> typed) {
		String field = FIELD + matter.key();
		return new Row(matter, field,
				Objects.requireNonNull(typed.getOrDefault(field, Objects.requireNonNullElse(matter.number(), ""))));
	}

	private static String words(Matter matter) {
		return matter.title() + " " + matter.label() + " " + Objects.requireNonNullElse(matter.number(), "");
	}

	private List<Matter> chosen(Caller caller, String visa) {
		return this.matters.of(caller.organisation())
			.stream()
			.filter((matter) -> !visa.equals("utan") || matter.number() == null)
			.toList();
	}

	@PostMapping("/diarium")
	ModelAndView save(@RequestParam Map<String, String> form, Caller caller) {
		String key = form.getOrDefault("nyckel", "");
		String q = form.getOrDefault("q", "");
		String visa = form.getOrDefault("visa", "");
		String sida = form.getOrDefault("sida", "1");
		List<Trouble.Field> wrong = new ArrayList<>();
		form.forEach((field, value) -> {
			String matter = field.startsWith(FIELD) ? field.substring(FIELD.length()) : "";
			if (this.matters.of(caller.organisation(), matter)
				.filter((one) -> !value.strip().equals(Objects.requireNonNullElse(one.number(), "")))
				.isPresent()) {
				Outcome<Registration> outcome = this.matters.number(caller, matter, value.strip(), key);
				if (outcome instanceof Outcome.Refused<Registration> refused) {
					wrong.add(new Trouble.Field(field, refused.refusal().detail()));
				}
			}
		});
		if (!wrong.isEmpty()) {
			return page(Optional.of(q), visa, Optional.of(sida), form, caller,
					new Trouble(null, "register.wrong", wrong));
		}
		return new ModelAndView(
				"redirect:/diarium?klart&q=" + encoded(q) + "&visa=" + encoded(visa) + "&sida=" + encoded(sida));
	}

	@GetMapping("/diarium.csv")
	ResponseEntity<byte[]> csv(@RequestParam(defaultValue = "") String visa, Caller caller) {
		CsvText csv = new CsvText("diarienummer", "typ", "rubrik", "inkom eller upprättades", "senast ändrad", "id");
		chosen(caller, visa).forEach((matter) -> csv.row(Objects.requireNonNullElse(matter.number(), ""),
				matter.node().kind().label(), matter.node().title(), matter.since().toString(),
				matter.node().latest().time().toString(), matter.node().id()));
		return csv.file("diarium.csv");
	}

	@GetMapping("/diarium/{key}")
	ModelAndView one(@PathVariable String key, Caller caller) {
		return one(key, caller, "", null);
	}

	private ModelAndView one(String key, Caller caller, String assessment, @Nullable Trouble trouble) {
		return this.matters.of(caller.organisation(), key).map((matter) -> {
			ModelAndView view = new ModelAndView("portal/arende").addObject("matter", matter)
				.addObject("registration", this.matters.registration(caller.organisation(), key).orElse(null))
				.addObject("assessment", assessment)
				.addObject("trouble", trouble);
			if (trouble != null) {
				view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			}
			return view;
		}).orElseGet(PageProblems::notFound);
	}

	@PostMapping("/diarium/{key}/utdrag")
	ModelAndView release(@PathVariable String key, @RequestParam String assessment, @RequestParam String nyckel,
			Caller caller) {
		if (this.matters.of(caller.organisation(), key).isEmpty()) {
			return PageProblems.notFound();
		}
		return switch (this.matters.release(caller, key, assessment.strip(), nyckel)) {
			case Outcome.Done<Registration> ignored ->
				new ModelAndView("redirect:/diarium/" + encoded(key) + "#utlamnat");
			case Outcome.Refused<Registration> refused -> one(key, caller, assessment, trouble(refused.refusal()));
		};
	}

	private static Trouble trouble(Refusal refusal) {
		return new Trouble(null, "trouble.refused",
				refusal.fields().stream().map((field) -> new Trouble.Field(field.name(), field.detail())).toList());
	}

	/** What was handed out: there is nothing to fetch before that was weighed. */
	@GetMapping("/diarium/{key}/utdrag.txt")
	ResponseEntity<byte[]> extract(@PathVariable String key, Caller caller) {
		return this.matters.of(caller.organisation(), key)
			.filter((matter) -> this.matters.registration(caller.organisation(), key)
				.filter((registration) -> !registration.releases().isEmpty())
				.isPresent())
			.map((matter) -> saved("utdrag.txt", new MediaType("text", "plain", StandardCharsets.UTF_8),
					StoryText
						.text(matter, Objects.requireNonNull(this.stories.stories(List.of(matter)).get(matter.key())))
						.getBytes(StandardCharsets.UTF_8)))
			.orElseGet(() -> ResponseEntity.notFound().build());
	}

	static ResponseEntity<byte[]> saved(String name, MediaType type, byte[] bytes) {
		return ResponseEntity.ok()
			.contentType(type)
			.header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name).build().toString())
			.body(bytes);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
