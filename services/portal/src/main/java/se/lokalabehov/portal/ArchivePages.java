package se.lokalabehov.portal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.portal.RetentionRules.Change;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * An organisation's archive package, taking one in, and how long what is kept.
 */
@Page
@For({ Role.MUNICIPALITY_APPROVER, Role.RSS_COORDINATOR, Role.SKR_COMPILER, Role.AGENCY_OFFICER, Role.ADMINISTRATOR })
class ArchivePages {

	private static final int SHOWN = 100;

	/** Where a service has the act of blanking its texts. */
	private static final Map<Kind, String> REDACTIONS = new EnumMap<>(Map.of(Kind.QUESTION_NOTE, "question-notes",
			Kind.NEED, "needs", Kind.FOLLOW_UP, "follow-ups", Kind.REGIONAL_NEED, "regional-needs", Kind.COLLECTION,
			"collections", Kind.FEEDBACK, "feedback", Kind.HAND_OFF, "hand-offs", Kind.NATIONAL_NEED, "national-needs",
			Kind.ROUND, "prioritisation-rounds", Kind.CYCLE, "cycles"));

	private final ArchivePackage packages;

	private final ArchiveImport imports;

	private final Matters matters;

	private final Aggregates<RetentionRules, RetentionRules> rules;

	private final Services services;

	private final Clock clock;

	ArchivePages(ArchivePackage packages, ArchiveImport imports, Matters matters,
			Aggregates<RetentionRules, RetentionRules> rules, Services services, Clock clock) {
		this.packages = packages;
		this.imports = imports;
		this.matters = matters;
		this.rules = rules;
		this.services = services;
		this.clock = clock;
	}

	/**
	 * How many matters of a kind there are.
	 */
	record Count(String label, long count) {
	}

	@GetMapping("/forvaltning/arkiv")
	ModelAndView archive(Caller caller) {
		return archive(caller, null, false);
	}

	private ModelAndView archive(Caller caller, ArchiveImport.@Nullable Result result, boolean dry) {
		Map<Kind, Long> counts = this.matters.of(caller.organisation())
			.stream()
			.collect(Collectors.groupingBy((matter) -> matter.node().kind(), () -> new EnumMap<>(Kind.class),
					Collectors.counting()));
		return new ModelAndView("portal/arkiv")
			.addObject("counts",
					counts.entrySet().stream().map((one) -> new Count(one.getKey().label(), one.getValue())).toList())
			.addObject("mayTakeIn", Access.mayTakeIn(caller))
			.addObject("result", result)
			.addObject("dry", dry)
			.addObject("fates", ArchiveImport.Fate.values());
	}

	@GetMapping("/forvaltning/arkiv/paket.zip")
	ResponseEntity<StreamingResponseBody> fetch(Caller caller) throws IOException {
		// Written whole before anything is sent: what fails half way is no package.
		Path file = Files.createTempFile("archive", ".zip");
		try {
			try (var out = Files.newOutputStream(file)) {
				this.packages.write(caller.organisation(), out);
			}
		}
		catch (IOException | RuntimeException ex) {
			Files.deleteIfExists(file);
			throw ex;
		}
		return ResponseEntity.ok()
			.contentType(new MediaType("application", "zip"))
			.contentLength(Files.size(file))
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment()
						.filename(this.packages.name(caller.organisation()) + ".zip")
						.build()
						.toString())
			.body((out) -> {
				try {
					Files.copy(file, out);
				}
				finally {
					Files.deleteIfExists(file);
				}
			});
	}

	@PostMapping("/forvaltning/arkiv")
	@For(Role.ADMINISTRATOR)
	ModelAndView takeIn(@RequestParam MultipartFile paket, @RequestParam Optional<String> las,
			@RequestParam String nyckel, Caller caller) throws IOException {
		if (!Access.mayTakeIn(caller)) {
			return PageProblems.notFound();
		}
		Path file = Files.createTempFile("archive", ".zip");
		try {
			paket.transferTo(file);
			return archive(caller, this.imports.take(file, las.isEmpty(), caller, nyckel), las.isEmpty());
		}
		catch (Services.Away ex) {
			ModelAndView view = archive(caller, null, false).addObject("trouble", Trouble.of(ex));
			view.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
			return view;
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

	// Retention

	@GetMapping("/forvaltning/gallring")
	ModelAndView retention(@RequestParam(defaultValue = "") String organisation, @RequestParam Optional<String> klart,
			Caller caller) {
		return retention(whose(organisation, caller), caller, Map.of(), null).addObject("done",
				klart.map((what) -> "retention." + (what.equals("gallrat") ? "destroyed" : "saved")).orElse(null));
	}

	/** Everybody their own; who may blank texts looks at anybody's. */
	private static OrganisationId whose(String organisation, Caller caller) {
		return (Access.mayDestroy(caller) && Directory.standard()
			.organisation(new OrganisationId(organisation.isBlank() ? "-" : organisation))
			.isPresent()) ? new OrganisationId(organisation) : caller.organisation();
	}

	/**
	 * A row of the rules.
	 *
	 * @param years none: preserved
	 */
	record Rule(Kind kind, String label, String years) {
	}

	private ModelAndView retention(OrganisationId whose, Caller caller, Map<String, String> typed,
			@Nullable Trouble trouble) {
		RetentionRules rules = rules(whose);
		List<Matter> due = due(whose);
		ModelAndView view = new ModelAndView("portal/gallring")
			.addObject("rules",
					RetentionRules.KINDS.stream()
						.map((kind) -> new Rule(kind, kind.label(),
								typed.getOrDefault(kind.name(), Objects.toString(rules.years().get(kind), ""))))
						.toList())
			.addObject("changes", rules.changes().reversed().stream().map(ArchivePages::changed).toList())
			.addObject("due", due.stream().limit(SHOWN).toList())
			.addObject("count", due.size())
			.addObject("organisation", whose.value())
			.addObject("name", Names.of(whose))
			.addObject("own", whose.equals(caller.organisation()))
			.addObject("mayDestroy", Access.mayDestroy(caller))
			.addObject("trouble", trouble);
		if (trouble != null) {
			view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return view;
	}

	/**
	 * A change of the rules.
	 */
	record Changed(Instant at, List<Rule> rules) {
	}

	private static Changed changed(Change change) {
		return new Changed(change.at(),
				RetentionRules.KINDS.stream()
					.filter(change.years()::containsKey)
					.map((kind) -> new Rule(kind, kind.label(), Objects.toString(change.years().get(kind))))
					.toList());
	}

	private RetentionRules rules(OrganisationId whose) {
		return this.rules.find(whose.value()).map(Stored::state).orElseGet(() -> RetentionRules.standard(whose));
	}

	private List<Matter> due(OrganisationId whose) {
		RetentionRules rules = rules(whose);
		return this.matters.of(whose)
			.stream()
			.filter((matter) -> rules.isDue(matter.node(), this.clock.instant()))
			.toList();
	}

	@PostMapping("/forvaltning/gallring")
	ModelAndView setRules(@RequestParam Map<String, String> form, Caller caller) {
		Map<Kind, Integer> years = new EnumMap<>(Kind.class);
		List<Trouble.Field> wrong = RetentionRules.KINDS.stream().<Trouble.Field>mapMulti((kind, out) -> {
			String text = form.getOrDefault(kind.name(), "").strip();
			if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1
					&& Integer.parseInt(text) <= RetentionRules.MOST_YEARS) {
				years.put(kind, Integer.valueOf(text));
			}
			else if (!text.isEmpty()) {
				out.accept(new Trouble.Field(kind.name(),
						"Skriv ett helt antal år, 1 till 100, eller lämna tomt för att bevara (" + kind.label()
								+ ")."));
			}
		}).toList();
		if (!wrong.isEmpty()) {
			return retention(caller.organisation(), caller, form, new Trouble(null, "trouble.refused", wrong));
		}
		Act act = act(caller, form.getOrDefault("nyckel", ""), years.toString());
		this.rules.execute(caller.organisation().value(), act, (before) -> {
			RetentionRules now = (before != null) ? before : RetentionRules.standard(caller.organisation());
			return Decision.of(new RetentionRules(caller.organisation(), years,
					Stream.concat(now.changes().stream(), Stream.of(new Change(act.at(), act.role(), years)))
						.toList()));
		});
		return new ModelAndView("redirect:/forvaltning/gallring?klart=sparat");
	}

	private Act act(Caller caller, String key, String what) {
		String roles = caller.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(","));
		return new Act(caller.organisation(), roles, caller.subject(), this.clock.instant(),
				Act.sha256(caller.subject() + "|" + key), Act.sha256(what), null);
	}

	@GetMapping("/forvaltning/gallring.csv")
	ResponseEntity<byte[]> csv(@RequestParam(defaultValue = "") String organisation, Caller caller) {
		CsvText csv = new CsvText("typ", "rubrik", "diarienummer", "senast ändrad", "id");
		due(whose(organisation, caller)).forEach((matter) -> csv.row(matter.node().kind().label(),
				matter.node().title(), Objects.requireNonNullElse(matter.number(), ""),
				matter.node().latest().time().toString(), matter.node().id()));
		return csv.file("gallring.csv");
	}

	@PostMapping("/forvaltning/gallring/verkstall")
	@For(Role.ADMINISTRATOR)
	ModelAndView destroy(@RequestParam String organisation, @RequestParam String reason, @RequestParam String nyckel,
			Caller caller) {
		if (!Access.mayDestroy(caller)) {
			return PageProblems.notFound();
		}
		OrganisationId whose = whose(organisation, caller);
		Map<String, Matter> due = new HashMap<>();
		due(whose).forEach((matter) -> due.put(matter.key(), matter));
		Map<String, String> titles = due.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (one) -> one.getValue().node().title()));
		Collection<String> keys = due.keySet().stream().sorted().toList();
		Trouble trouble = Bulk.each(keys, titles, nyckel, (key, matter) -> {
			Node node = Objects.requireNonNull(due.get(matter)).node();
			return this.services.post(key, REDACTIONS.get(node.kind()) + "/{id}/redaction", Map.of("reason", reason),
					node.id());
		});
		return (trouble != null) ? retention(whose, caller, Map.of(), trouble).addObject("reason", reason)
				: new ModelAndView("redirect:/forvaltning/gallring?klart=gallrat&organisation=" + whose.value());
	}

}
