package se.lokalabehov.portal;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * How the installation is: which services and issuers answer, what is parked in each and
 * why, what its views are at, and what an administrator has done about it. Every act goes
 * to the service's own operator's window ({@code /actuator/eventing}) as the person, so
 * that the service decides who may.
 */
@Page
@For(Role.ADMINISTRATOR)
class OperationPages {

	private static final String WINDOW = "/actuator/eventing";

	private static final Set<String> ACTS = Set.of("replay", "discard", "rebuild");

	private final RestClient client;

	private final Windows windows;

	private final PortalProperties properties;

	private final Aggregates<Log, Log> logs;

	private final People people;

	private final Clock clock;

	/** What takes long, while it goes on. */
	private final Map<String, Running> running = new ConcurrentHashMap<>();

	OperationPages(RestClient gatewayRestClient, Windows windows, PortalProperties properties, Eventing eventing,
			People people, Clock clock) {
		this.client = gatewayRestClient;
		this.windows = windows;
		this.properties = properties;
		this.logs = eventing.aggregates(AggregateType.kept("operations", Log.class));
		this.people = people;
		this.clock = clock;
	}

	/**
	 * What administrators did in one month.
	 *
	 * @param acts in order
	 */
	record Log(List<Done> acts) {

		Log and(Done one) {
			List<Done> more = new ArrayList<>(this.acts);
			more.add(one);
			return new Log(List.copyOf(more));
		}

	}

	/**
	 * What an administrator did.
	 *
	 * @param at when
	 * @param by who, by their address or pseudonym
	 * @param service where
	 * @param act replay, discard or rebuild
	 * @param target of what
	 * @param reason why, of what was discarded
	 * @param result what became of it
	 */
	record Done(Instant at, String by, String service, String act, String target, String reason, String result) {
	}

	/**
	 * What goes on.
	 *
	 * @param service where
	 * @param act what is done
	 * @param target to what
	 * @param since when it was begun
	 */
	record Running(String service, String act, String target, Instant since) {
	}

	/**
	 * A service as it is now.
	 *
	 * @param name of the service
	 * @param status what its operator's window says, none when it does not answer
	 */
	record Window(String name, @Nullable JsonNode status) {

		public List<JsonNode> parked() {
			return (this.status != null) ? this.status.path("parked").valueStream().toList() : List.of();
		}

		public List<JsonNode> projections() {
			return (this.status != null) ? this.status.path("projections").valueStream().toList() : List.of();
		}

		public long pending() {
			return (this.status != null) ? this.status.path("pending").asLong(0) : 0;
		}

		/** Whether its store and its topics say different things. */
		public boolean diverges() {
			return this.status != null
					&& (!this.status.path("behind").isEmpty() || !this.status.path("lostTails").isEmpty());
		}

	}

	/**
	 * Where one logs in.
	 *
	 * @param name what people know it by
	 * @param issuer its address
	 * @param answers whether it answers now
	 */
	record Issuer(String name, String issuer, boolean answers) {
	}

	@GetMapping("/forvaltning")
	@Menu(value = "operation", order = 90)
	ModelAndView overview(@RequestParam Optional<String> klart, Caller caller) {
		Access.mustRunThePlatform(caller);
		return page(null).addObject("done",
				klart.filter(ACTS::contains).map((act) -> "operation.done." + act).orElse(null));
	}

	private ModelAndView page(@Nullable Trouble trouble) {
		List<Window> windows = this.windows.addresses()
			.keySet()
			.stream()
			.map((service) -> new Window(service, this.windows.read(service, WINDOW)))
			.toList();
		List<Done> acts = this.logs.find(YearMonth.now(this.clock.withZone(Memberships.SWEDEN)).toString())
			.map(Stored::state)
			.map(Log::acts)
			.orElse(List.of());
		ModelAndView page = new ModelAndView("portal/forvaltning").addObject("windows", windows)
			.addObject("issuers", issuers())
			.addObject("running", this.running.values().stream().sorted(Comparator.comparing(Running::since)).toList())
			.addObject("acts", acts.reversed())
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private List<Issuer> issuers() {
		return this.properties.logins().values().stream().map((login) -> {
			URI inside = (login.inside() != null) ? login.inside() : login.issuer();
			boolean answers;
			try {
				answers = this.client.get()
					.uri(inside + "/.well-known/openid-configuration")
					.retrieve()
					.toBodilessEntity()
					.getStatusCode()
					.is2xxSuccessful();
			}
			catch (RestClientException ex) {
				answers = false;
			}
			return new Issuer(login.name(), login.issuer().toString(), answers);
		}).toList();
	}

	/** Does one thing in one service's window. */
	@PostMapping("/forvaltning")
	ModelAndView act(@RequestParam String service, @RequestParam String act, @RequestParam String target,
			@RequestParam(defaultValue = "") String reason, Caller caller) {
		Access.mustRunThePlatform(caller);
		if (!this.windows.addresses().containsKey(service) || !ACTS.contains(act)) {
			return PageProblems.notFound();
		}
		if (act.equals("discard") && reason.isBlank()) {
			return page(Trouble.message("operation.reason.missing"));
		}
		String token = Windows.token();
		String by = this.people.find(caller.subject())
			.map((person) -> People.called(caller.subject(), person))
			.orElse(caller.subject());
		if (!act.equals("rebuild")) {
			JsonNode answer = told(service, token, act, target, reason);
			if (answer == null) {
				return page(Trouble.message("operation.away"));
			}
			note(caller, by, service, act, target, reason.strip(), answer.toString());
			return answer.has("error") ? page(new Trouble(answer.path("error").asString(""), null, List.of()))
					: new ModelAndView("redirect:/forvaltning?klart=" + act);
		}
		// It takes as long as the topic is: it goes on while the page shows it.
		String key = service + " " + target;
		if (this.running.putIfAbsent(key, new Running(service, act, target, this.clock.instant())) == null) {
			Thread.ofVirtual().name("rebuild " + key).start(() -> {
				try {
					JsonNode answer = told(service, token, act, target, reason);
					note(caller, by, service, act, target, "", (answer != null) ? answer.toString() : "");
				}
				finally {
					this.running.remove(key);
				}
			});
		}
		return new ModelAndView("redirect:/forvaltning?klart=" + act);
	}

	private @Nullable JsonNode told(String service, String token, String act, String target, String reason) {
		return this.windows.act(service, WINDOW, token,
				Map.of("action", act, "target", target, "reason", reason.strip()));
	}

	private void note(Caller caller, String by, String service, String act, String target, String reason,
			String result) {
		Instant now = this.clock.instant();
		this.logs.execute(YearMonth.from(now.atZone(Memberships.SWEDEN)).toString(),
				new Act(caller.organisation(), Role.ADMINISTRATOR.name(), caller.subject(), now, null, "", null),
				(before) -> Decision.of(((before != null) ? before : new Log(List.of()))
					.and(new Done(now, by, service, act, target, reason, result))))
			.orThrow();
	}

	@GetMapping("/forvaltning.csv")
	ResponseEntity<byte[]> csv(Caller caller) {
		Access.mustRunThePlatform(caller);
		CsvText csv = new CsvText("nar", "vem", "tjanst", "vad", "av_vad", "varfor", "utfall");
		this.logs.all(new Criteria())
			.stream()
			.flatMap((month) -> month.state().acts().stream())
			.forEach((done) -> csv.row(done.at().toString(), done.by(), done.service(), done.act(), done.target(),
					done.reason(), done.result()));
		return csv.file("forvaltning.csv");
	}

}
