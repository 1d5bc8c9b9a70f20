package se.lokalabehov.portal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;
import se.lokalabehov.web.Table;

/**
 * Many at once from a table that somebody has: needs of a municipality, records of the
 * catalogue. First it is told row by row what would happen, then it is done, all or
 * nothing.
 */
@Page
class ImportPages {

	/** As text, so that it can wait in the page between the two steps. */
	private static final int LIMIT = 1_000_000;

	private final Services services;

	private final Traces traces;

	private final CurrentDirectory directory;

	ImportPages(Services services, Traces traces, CurrentDirectory directory) {
		this.services = services;
		this.traces = traces;
		this.directory = directory;
	}

	/**
	 * What is imported.
	 *
	 * @param key first part of its messages
	 * @param page where
	 * @param api where the service takes it
	 */
	private record What(String key, String page, String api) {

		static final What NEEDS = new What("imp.needs", "/behov/import", "needs/imports");

		static final What RECORDS = new What("imp.records", "/katalog/import", "records/imports");

	}

	/**
	 * A row that was read.
	 *
	 * @param result last part of a message's key
	 * @param href where what it became is, none when it became nothing yet
	 * @param wrong what is wrong, and what to do
	 * @param missing what is still to be written
	 */
	record Row(int number, String title, String result, @Nullable String href, List<String> wrong,
			List<String> missing) {

		private static Row of(JsonNode row, boolean done) {
			String need = row.path("need").asString("");
			String record = row.path("record").asString("");
			String result = row.path("result").asString("");
			boolean there = done || result.equals("UNCHANGED");
			return new Row(row.path("row").asInt(0), row.path("title").asString(""), result,
					(!need.isEmpty() && there) ? "/behov/nytt?utkast=" + need
							: !record.isEmpty() ? "/katalog/" + record : null,
					told(row.path("faults")), told(row.path("missing")));
		}

		private static List<String> told(JsonNode faults) {
			return faults.valueStream().map((one) -> {
				String column = one.path("column").asString("");
				return (column.isEmpty() ? "" : column + ": ") + one.path("detail").asString("");
			}).toList();
		}

	}

	@GetMapping("/behov/import")
	@For({ Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER })
	ModelAndView needs(Caller caller) {
		return page(What.NEEDS, null, "", caller);
	}

	@PostMapping("/behov/import")
	@For({ Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER })
	ModelAndView readNeeds(@RequestParam Optional<MultipartFile> file, @RequestParam Optional<String> tabell,
			@RequestParam(defaultValue = "") String omgang, @RequestParam String nyckel, Caller caller)
			throws IOException {
		return taken(What.NEEDS, file, tabell, omgang, nyckel, caller);
	}

	@GetMapping("/katalog/import")
	@For({ Role.FOU_EDITOR, Role.AGENCY_OFFICER })
	ModelAndView records(Caller caller) {
		return page(What.RECORDS, null, "", caller);
	}

	@PostMapping("/katalog/import")
	@For({ Role.FOU_EDITOR, Role.AGENCY_OFFICER })
	ModelAndView readRecords(@RequestParam Optional<MultipartFile> file, @RequestParam Optional<String> tabell,
			@RequestParam String nyckel, Caller caller) throws IOException {
		return taken(What.RECORDS, file, tabell, "", nyckel, caller);
	}

	private ModelAndView page(What what, @Nullable Trouble trouble, String cycle, Caller caller) {
		ModelAndView page = new ModelAndView("portal/import").addObject("key", what.key())
			.addObject("action", what.page())
			.addObject("template", CataloguePages.API + what.api() + "/template")
			.addObject("forNeeds", what == What.NEEDS)
			.addObject("cycle", cycle)
			.addObject("rows", List.of())
			.addObject("trouble", trouble);
		if (what == What.NEEDS) {
			page.addObject("asked", Asked.running(this.traces, caller.organisation().value()))
				.addObject("schemes", List.of("area", "target-group", "need-type", "support-kind"))
				.addObject("words", this.directory.now());
		}
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	/** A file is only looked at; the table that was read from it is what takes effect. */
	private ModelAndView taken(What what, Optional<MultipartFile> file, Optional<String> table, String cycle,
			String key, Caller caller) throws IOException {
		try {
			return table.isPresent() ? done(what, table.get(), cycle, key, caller)
					: looked(what, text(file.orElse(null)), cycle, key, caller);
		}
		catch (Table.NoTable ex) {
			return page(what, new Trouble(null, null, List.of(new Trouble.Field("file", ex.why()))), cycle, caller);
		}
		catch (NoFile ex) {
			return page(what, Trouble.message(String.valueOf(ex.getMessage())), cycle, caller);
		}
		catch (Services.Away ex) {
			return page(what, Trouble.of(ex), cycle, caller);
		}
	}

	private static String text(@Nullable MultipartFile file) throws IOException, Table.NoTable, NoFile {
		if (file == null || file.isEmpty()) {
			throw new NoFile("imp.none");
		}
		String text = (file.getSize() > LIMIT) ? "" : Table.read(file.getBytes()).csv();
		if (text.isEmpty() || text.length() > LIMIT) {
			throw new NoFile("imp.large");
		}
		return text;
	}

	private ModelAndView looked(What what, String text, String cycle, String key, Caller caller) {
		Services.Answer answer = send(what, text, cycle, key, true);
		return answer.ok() ? report(what, answer.body(), text, cycle, false, caller)
				: refused(what, answer, cycle, caller);
	}

	private ModelAndView done(What what, String text, String cycle, String key, Caller caller) {
		Services.Answer answer = send(what, text, cycle, key, false);
		if (answer.body().has("report")) {
			return report(what, answer.body().path("report"), text, cycle, false, caller);
		}
		if (!answer.ok()) {
			return refused(what, answer, cycle, caller);
		}
		return (what == What.RECORDS) ? new ModelAndView("redirect:/katalog/mina?importerat=" + answer.id())
				: report(what, answer.body(), "", cycle, true, caller);
	}

	private Services.Answer send(What what, String text, String cycle, String key, boolean look) {
		return this.services.send(key, what.api() + "?dryRun={look}" + (cycle.isEmpty() ? "" : "&cycle={cycle}"),
				new MediaType("text", "csv", StandardCharsets.UTF_8),
				new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)), false, look, cycle);
	}

	private ModelAndView refused(What what, Services.Answer answer, String cycle, Caller caller) {
		Trouble trouble = Trouble.of(answer);
		return page(what, new Trouble(trouble.text(), trouble.message(), List.of()), cycle, caller);
	}

	private ModelAndView report(What what, JsonNode report, String text, String cycle, boolean done, Caller caller) {
		long changes = report.path("added").asLong(0) + report.path("revised").asLong(0);
		long refused = report.path("refused").asLong(0);
		return page(what, null, cycle, caller)
			.addObject("rows", report.path("rows").valueStream().map((row) -> Row.of(row, done)).toList())
			.addObject("changes", changes)
			.addObject("unchanged", report.path("unchanged").asLong(0))
			.addObject("refused", refused)
			.addObject("finished", done)
			.addObject("table", (!done && refused == 0 && changes > 0) ? text : null);
	}

	/**
	 * Nothing that can be read was chosen; the message is a key.
	 */
	private static final class NoFile extends Exception {

		private static final long serialVersionUID = 1L;

		NoFile(String key) {
			super(key, null, false, false);
		}

	}

}
