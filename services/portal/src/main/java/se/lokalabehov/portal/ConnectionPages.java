package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Moment 6: where an agency's own system is reached, and everything that has been sent
 * there. For the agency's administrator, and SKR's. A secret is shown on the answer to
 * the form that made it and nowhere else.
 */
@Page
@For(Role.ADMINISTRATOR)
class ConnectionPages {

	private static final String PAGE = "/myndighet/anslutningar";

	private static final int MOST = 500;

	private static final int SHOWN = 50;

	private static final Set<String> ACTS = Set.of("test", "enabling", "disabling", "secret", "removal");

	private final Services services;

	ConnectionPages(Services services) {
		this.services = services;
	}

	/**
	 * An endpoint.
	 *
	 * @param state last part of a message's key
	 * @param until how long an earlier secret is valid, if one is
	 */
	record Endpoint(String id, String agency, String name, String url, String state, @Nullable String cause,
			@Nullable Instant until, int waiting, int failed) {

		private static Endpoint of(JsonNode one) {
			String cause = one.path("cause").asString("");
			return new Endpoint(one.path("id").asString(""), Names.of(one.path("agency").asString("")),
					one.path("name").asString(""), one.path("url").asString(""), one.path("status").asString(""),
					cause.isEmpty() ? null : cause,
					one.path("secretsUntil")
						.valueStream()
						.map((until) -> Instant.parse(until.asString("")))
						.max(Instant::compareTo)
						.orElse(null),
					one.path("waiting").asInt(0), one.path("failed").asInt(0));
		}

	}

	/**
	 * What was sent.
	 *
	 * @param about the national need, none of a test
	 */
	record Sent(String id, String type, @Nullable String about, Instant at, String state, @Nullable Instant next,
			List<Attempt> attempts) {

		private static Sent of(JsonNode one) {
			String next = one.path("next").asString("");
			String type = one.path("type").asString("");
			return new Sent(one.path("id").asString(""), type,
					type.startsWith("webhook-test") ? null : one.path("about").asString(""),
					Instant.parse(one.path("at").asString("")), one.path("status").asString(""),
					next.isEmpty() ? null : Instant.parse(next),
					one.path("attempts").valueStream().map(Attempt::of).toList());
		}

	}

	/** One attempt. */
	record Attempt(Instant at, @Nullable String status, long millis, @Nullable String cause) {

		private static Attempt of(JsonNode one) {
			String status = one.path("status").isMissingNode() ? null : String.valueOf(one.path("status").asInt(0));
			String cause = one.path("cause").asString("");
			return new Attempt(Instant.parse(one.path("at").asString("")), status, one.path("millis").asLong(0),
					cause.isEmpty() ? null : cause);
		}

	}

	@GetMapping(PAGE)
	ModelAndView list(@RequestParam Optional<String> klart, Caller caller) {
		return page(Map.of(), null, null, caller).addObject("done",
				klart.filter("borttagen"::equals).map((what) -> "connections.done.removed").orElse(null));
	}

	private ModelAndView page(Map<String, String> typed, @Nullable Trouble trouble, @Nullable String secret,
			Caller caller) {
		letIn(caller);
		ModelAndView page = new ModelAndView("portal/anslutningar")
			.addObject("endpoints",
					this.services.all("webhook-endpoints?limit=100", MOST).stream().map(Endpoint::of).toList())
			.addObject("ofSkr", Access.runsThePlatform(caller))
			.addObject("secret", secret)
			.addObject("typed", typed)
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private static void letIn(Caller caller) {
		if (!Access.mayConnect(caller)) {
			throw new WhoMayOpen.NotForYou();
		}
	}

	@PostMapping(PAGE)
	ModelAndView add(@RequestParam Map<String, String> form, Caller caller) {
		letIn(caller);
		Map<String, String> body = new HashMap<>(
				Map.of("name", form.getOrDefault("name", ""), "url", form.getOrDefault("url", "").strip()));
		String agency = form.getOrDefault("agency", "").strip();
		if (!agency.isEmpty()) {
			body.put("agency", agency);
		}
		try {
			Services.Answer answer = this.services.post(form.getOrDefault("nyckel", ""), "webhook-endpoints", body);
			return answer.ok() ? page(Map.of(), null, answer.body().path("secret").asString(""), caller)
				.addObject("done", "connections.done.added") : page(form, Trouble.of(answer), null, caller);
		}
		catch (Services.Away ex) {
			return page(form, Trouble.of(ex), null, caller);
		}
	}

	@GetMapping(PAGE + "/{id}")
	ModelAndView one(@PathVariable String id, @RequestParam Optional<String> klart, Caller caller) {
		return one(id, null, null, caller).addObject("done", klart.map((what) -> "connections.done.act").orElse(null));
	}

	private ModelAndView one(String id, @Nullable Trouble trouble, @Nullable String secret, Caller caller) {
		letIn(caller);
		return this.services.find("webhook-endpoints/{id}", id).map((found) -> {
			ModelAndView page = new ModelAndView("portal/anslutning").addObject("endpoint", Endpoint.of(found.body()))
				.addObject("sent",
						this.services.get("webhook-endpoints/{id}/deliveries?limit={limit}", id, SHOWN)
							.items()
							.stream()
							.map(Sent::of)
							.toList())
				.addObject("secret", secret)
				.addObject("trouble", trouble);
			if (trouble != null) {
				page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			}
			return page;
		}).orElseGet(PageProblems::notFound);
	}

	@PostMapping(PAGE + "/{id}")
	ModelAndView act(@PathVariable String id, @RequestParam String nyckel, @RequestParam String gor, Caller caller) {
		letIn(caller);
		if (!ACTS.contains(gor)) {
			return PageProblems.notFound();
		}
		return done(id, caller, () -> this.services.post(nyckel, "webhook-endpoints/{id}/{act}", Map.of(), id, gor),
				gor);
	}

	@PostMapping(PAGE + "/{id}/igen")
	ModelAndView since(@PathVariable String id, @RequestParam String nyckel,
			@RequestParam(defaultValue = "") String since, Caller caller) {
		letIn(caller);
		Instant from;
		try {
			from = LocalDate.parse(since.strip()).atStartOfDay(Memberships.SWEDEN).toInstant();
		}
		catch (DateTimeParseException ex) {
			return one(id, Trouble.message("connections.since.wrong"), null, caller);
		}
		return done(id, caller, () -> this.services.post(nyckel, "webhook-endpoints/{id}/redelivery",
				Map.of("since", from.toString()), id), "");
	}

	@PostMapping(PAGE + "/{id}/igen/{delivery}")
	ModelAndView again(@PathVariable String id, @PathVariable String delivery, @RequestParam String nyckel,
			Caller caller) {
		letIn(caller);
		return done(id, caller, () -> this.services.post(nyckel,
				"webhook-endpoints/{id}/deliveries/{delivery}/redelivery", Map.of(), id, delivery), "");
	}

	private ModelAndView done(String id, Caller caller, Supplier<Services.Answer> act, String what) {
		try {
			Services.Answer answer = act.get();
			if (!answer.ok()) {
				return one(id, Trouble.of(answer), null, caller);
			}
			return switch (what) {
				case "secret" -> one(id, null, answer.body().path("secret").asString(""), caller);
				case "removal" -> new ModelAndView("redirect:" + PAGE + "?klart=borttagen");
				default -> new ModelAndView("redirect:" + PAGE + "/" + Words.encoded(id) + "?klart=ja");
			};
		}
		catch (Services.Away ex) {
			return one(id, Trouble.of(ex), null, caller);
		}
	}

}
