package se.lokalabehov.nationalhandoff.wire;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.nationalhandoff.wire.Delivery.Attempt;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.NoPersonalNumber;
import se.lokalabehov.web.Paging;

/**
 * An agency's administrator looks after the endpoints to which its events are sent, and
 * sees what has been sent.
 */
@RestController
@RequestMapping("/api/v1/webhook-endpoints")
@Tag(name = "Moment 6: överlämningar till myndigheters system")
class WebhookController {

	private static final String PATH = "/api/v1/webhook-endpoints/";

	private final Webhooks webhooks;

	private final Sending sending;

	WebhookController(Webhooks webhooks, Sending sending) {
		this.webhooks = webhooks;
		this.sending = sending;
	}

	/**
	 * An endpoint to register.
	 *
	 * @param name what the agency calls it
	 * @param url its address, https
	 * @param agency whose; the caller's own when not said
	 */
	record Registered(@NotBlank @Size(max = 100) @NoPersonalNumber String name, @NotNull URI url,
			@Nullable OrganisationId agency) {
	}

	/**
	 * An endpoint as its administrator sees it, without its secrets.
	 *
	 * @param secretsUntil how long secrets are valid besides the latest
	 * @param waiting how many deliveries wait to be sent
	 * @param failed how many have been given up
	 */
	record Shown(String id, OrganisationId agency, String name, String url, Endpoint.Status status,
			@Nullable String cause, List<Instant> secretsUntil, long waiting, long failed) {
	}

	/**
	 * The only answers that say a secret.
	 *
	 * @param secret the latest one, to keep
	 */
	record WithSecret(String id, long version, String href, String secret) {
	}

	/** Since when. */
	record Since(@NotNull Instant since) {
	}

	/** How many are sent again. */
	record Again(int deliveries) {
	}

	/**
	 * A delivery with its attempts.
	 *
	 * @param webhookId what the receiver knows it by
	 * @param next when it is sent next; none when it does not wait
	 */
	record DeliveryShown(String id, String webhookId, String event, String type, String about, Instant at,
			Delivery.Status status, @Nullable Instant next, List<Attempt> attempts) {

		static DeliveryShown of(Stored<Delivery> stored) {
			Delivery one = stored.state();
			return new DeliveryShown(stored.id(), one.webhookId(), one.event(), one.type(), one.about(), one.at(),
					one.status(), (one.status() == Delivery.Status.WAITING) ? one.next() : null, one.attempts());
		}

	}

	private Shown shown(Stored<Endpoint> stored) {
		Endpoint one = stored.state();
		return new Shown(stored.id(), one.agency(), one.name(), one.url(), one.status(), one.cause(),
				one.secrets().stream().skip(1).map(Endpoint.Secret::until).toList(),
				this.webhooks.count(stored.id(), Delivery.Status.WAITING),
				this.webhooks.count(stored.id(), Delivery.Status.FAILED));
	}

	@GetMapping
	@Operation(summary = "Myndighetens mottagare av webhooks")
	ResponseEntity<Object> list(Caller caller, Paging paging) {
		return Access.looksAfterSome(caller) ? Answers.page(this.webhooks.list(caller, paging), this::shown)
				: Answers.refused(Refusal.notFound());
	}

	@GetMapping("/{id}")
	@Operation(summary = "En mottagare")
	ResponseEntity<Object> read(Caller caller, @PathVariable String id) {
		return this.webhooks.find(caller, id)
			.<ResponseEntity<Object>>map((stored) -> ResponseEntity.ok(shown(stored)))
			.orElseGet(() -> Answers.refused(Refusal.notFound()));
	}

	@PostMapping
	@Operation(summary = "Registrera en mottagare av webhooks",
			description = "Svaret innehåller hemligheten som webhooks signeras med (Standard Webhooks). Den visas bara här.")
	ResponseEntity<Object> register(Caller caller, Act act, @RequestBody @Valid Registered body) {
		OrganisationId agency = (body.agency() != null) ? body.agency() : caller.organisation();
		return withSecret(this.webhooks.register(caller, act, agency, body.name().strip(), body.url()),
				(done) -> ResponseEntity.created(URI.create(PATH + done.id())).eTag("\"" + done.version() + "\""));
	}

	@PostMapping("/{id}/secret")
	@Operation(summary = "Byt hemlighet",
			description = "Den gamla gäller ett dygn till: under tiden har varje webhook en signatur per hemlighet.")
	ResponseEntity<Object> rotate(Caller caller, Act act, @PathVariable String id) {
		return withSecret(this.webhooks.rotate(caller, act, id), (done) -> ResponseEntity.ok());
	}

	private ResponseEntity<Object> withSecret(Outcome<Endpoint> outcome,
			Function<Outcome.Done<Endpoint>, ResponseEntity.BodyBuilder> answer) {
		return switch (outcome) {
			case Outcome.Done<Endpoint> done -> this.webhooks.latestSecret(done.state())
				.<ResponseEntity<Object>>map((secret) -> answer.apply(done)
					.body(new WithSecret(done.id(), done.version(), PATH + done.id(), secret)))
				.orElseGet(
						() -> Answers.refused(Refusal.conflict("hemligheten-gar-inte-att-lasa", Webhooks.UNREADABLE)));
			case Outcome.Refused<Endpoint> refused -> Answers.refused(refused.refusal());
		};
	}

	@PostMapping("/{id}/test")
	@Operation(summary = "Skicka en provhändelse (webhook-test.v1)")
	ResponseEntity<Object> test(Caller caller, Act act, @PathVariable String id) {
		return sent(this.webhooks.test(caller, act, id), id);
	}

	@PostMapping("/{id}/disabling")
	@Operation(summary = "Stäng av en mottagare; det som händer under tiden väntar")
	ResponseEntity<Object> disable(Caller caller, Act act, @PathVariable String id) {
		return Answers.of(this.webhooks.disable(caller, act, id), PATH);
	}

	@PostMapping("/{id}/enabling")
	@Operation(summary = "Sätt på en mottagare; det som har väntat skickas")
	ResponseEntity<Object> enable(Caller caller, Act act, @PathVariable String id) {
		return sent(this.webhooks.enable(caller, act, id), null);
	}

	@PostMapping("/{id}/removal")
	@Operation(summary = "Ta bort en mottagare och dess hemligheter")
	ResponseEntity<Object> remove(Caller caller, Act act, @PathVariable String id) {
		return Answers.of(this.webhooks.remove(caller, act, id), PATH);
	}

	@GetMapping("/{id}/deliveries")
	@Operation(summary = "Leveranslogg, det senaste först", description = "Varje försök: när, svar, hur länge, orsak.")
	ResponseEntity<Object> deliveries(Caller caller, @PathVariable String id, Paging paging,
			@RequestParam Delivery.@Nullable Status status) {
		return this.webhooks.find(caller, id).isPresent()
				? Answers.page(this.webhooks.log(id, status, paging), DeliveryShown::of)
				: Answers.refused(Refusal.notFound());
	}

	@PostMapping("/{id}/deliveries/{delivery}/redelivery")
	@Operation(summary = "Skicka en händelse igen")
	ResponseEntity<Object> redeliver(Caller caller, Act act, @PathVariable String id, @PathVariable String delivery) {
		return sent(this.webhooks.redeliver(caller, act, id, delivery), id);
	}

	@PostMapping("/{id}/redelivery")
	@Operation(summary = "Skicka allt som har hänt sedan en tidpunkt igen",
			description = "Också det som hände innan mottagaren registrerades.")
	ResponseEntity<Object> redeliverSince(Caller caller, Act act, @PathVariable String id,
			@RequestBody @Valid Since body) {
		return this.webhooks.find(caller, id).<ResponseEntity<Object>>map((stored) -> {
			int deliveries = this.webhooks.redeliverSince(stored, act, body.since());
			this.sending.soon();
			return ResponseEntity.ok(new Again(deliveries));
		}).orElseGet(() -> Answers.refused(Refusal.notFound()));
	}

	/** There is something to send now. */
	private ResponseEntity<Object> sent(Outcome<?> outcome, @Nullable String endpoint) {
		this.sending.soon();
		return Answers.of(outcome, (endpoint != null) ? PATH + endpoint + "/deliveries" : PATH);
	}

}
