package se.lokalabehov.needintake;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BiFunction;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CollectionEvent.CollectionRedacted;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.needintake.Access.Sight;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.Paging;
import se.lokalabehov.web.Wanted;

/**
 * Moment 2, ask; and at the end of moment 3 the delivery of the region's list.
 */
@RestController
@RequestMapping("/api/v1/collections")
@Tag(name = "collections", description = "Moment 2: regionens kommuner tillfrågas")
class CollectionsController {

	static final String PATH = "/api/v1/collections/";

	private static final String ASKER = "Bara regionens RSS, eller SKR för kommuner utan RSS, får göra detta.";

	private final Aggregates<Asking, CollectionEvent> collections;

	private final Aggregates<Need, OfNeed> needs;

	private final RegionalLists lists;

	private final Heard heard;

	private final Access access;

	CollectionsController(Aggregates<Asking, CollectionEvent> collections, Aggregates<Need, OfNeed> needs,
			RegionalLists lists, Heard heard, Access access) {
		this.collections = collections;
		this.needs = needs;
		this.lists = lists;
		this.heard = heard;
		this.access = access;
	}

	@PostMapping
	@Operation(summary = "Fråga regionens kommuner")
	ResponseEntity<Object> ask(Act act, Caller caller, @Valid @RequestBody Bodies.Asked body) {
		Optional<OrganisationId> asker = this.access.asks(caller);
		if (asker.isEmpty()) {
			return NeedsController.forbidden(ASKER);
		}
		Optional<CycleView> cycle = this.heard.cycle(body.cycle());
		if (cycle.isEmpty()) {
			return Answers.refused(Refusal.notHereYet("Omgången"));
		}
		return Answers.created(this.collections.execute(Asking.id(body.cycle(), asker.get()).value(), act,
				(before) -> AskingDecider.ask(before, body.cycle(), cycle.get(), asker.get(), body.due(),
						body.message(), Drafting.day(act))),
				PATH);
	}

	@PostMapping("{id}/reminders")
	@Operation(summary = "Påminn dem som inte har svarat")
	ResponseEntity<Object> remind(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Message body) {
		return change(act, caller, id, this::isAsker, ASKER,
				(asking, cycle) -> AskingDecider.remind(cycle, replies(asking).silent(), body.message()));
	}

	@PostMapping("{id}/extension")
	@Operation(summary = "Flytta sista svarsdag")
	ResponseEntity<Object> extend(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Extended body) {
		return change(act, caller, id, this::isAsker, ASKER,
				(asking, cycle) -> AskingDecider.extend(asking, cycle, body.due(), body.reason(), Drafting.day(act)));
	}

	@PostMapping("{id}/no-needs")
	@Operation(summary = "Kommunen svarar att den inte har några behov")
	ResponseEntity<Object> noNeeds(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.NoNeeds body) {
		return change(act, caller, id, (who, asking) -> this.access.isApprover(who, body.municipality()),
				"Bara den som godkänner för kommunen får svara.",
				(asking, cycle) -> AskingDecider.noNeeds(asking, cycle, body.municipality(),
						Objects.requireNonNullElse(body.comment(), ""), replies(asking).needsOf(body.municipality())));
	}

	@PostMapping("{id}/deliveries")
	@Operation(summary = "Leverera regionens lista, eller komplettera den")
	ResponseEntity<Object> deliver(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Delivery body) {
		Optional<Stored<Asking>> found = find(id, caller);
		if (found.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		Asking asking = found.get().state();
		return isAsker(caller, asking) ? Answers
			.of(this.lists.deliver(asking.cycle(), asking.asker(), new Forming.Intent.Deliver(act, body.order())), PATH)
				: NeedsController.forbidden(ASKER);
	}

	@PostMapping("{id}/redaction")
	@Operation(summary = "Stryk texterna (personuppgifter)")
	ResponseEntity<Object> redact(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Reason body) {
		return change(act, caller, id, (who, asking) -> this.access.isCustodian(who),
				"Bara SKR:s administratör får stryka texter.",
				(asking, cycle) -> Decision.of(new CollectionRedacted(body.reason())));
	}

	@GetMapping
	@Operation(summary = "Insamlingarna som man får se, med vem som har svarat")
	ResponseEntity<Object> list(Caller caller, Paging paging, @RequestParam(required = false) @Nullable String cycle) {
		Criteria visible = Wanted.all(this.access.collections(caller), Wanted.where("state.cycle", cycle));
		return Answers.page(this.collections.page(visible, paging.cursor(), paging.limit()),
				(found) -> seen(caller, found));
	}

	@GetMapping("{id}")
	@Operation(summary = "En insamling, med vem som har svarat")
	ResponseEntity<Object> read(Caller caller, @PathVariable String id) {
		return Answers.read(find(id, caller), (found) -> seen(caller, found));
	}

	private Seen.CollectionSeen seen(Caller caller, Stored<Asking> found) {
		return Seen.CollectionSeen.of(found, this.access.of(caller, found.state()), replies(found.state()),
				caller.organisation());
	}

	private Replies replies(Asking asking) {
		Criteria naming = Criteria.where("state.cycle")
			.is(asking.cycle().value())
			.and("state.municipalities")
			.in(asking.municipalities().stream().map(OrganisationId::value).toList());
		return Replies.of(asking, this.needs.all(naming).stream().map(Stored::state).toList());
	}

	private ResponseEntity<Object> change(Act act, Caller caller, String id, BiPredicate<Caller, Asking> may,
			String whoMay, BiFunction<Asking, CycleView, Decision<CollectionEvent>> decide) {
		Optional<Stored<Asking>> found = find(id, caller);
		if (found.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		if (!may.test(caller, found.get().state())) {
			return NeedsController.forbidden(whoMay);
		}
		CycleView cycle = this.heard.cycle(found.get().state().cycle()).orElseThrow();
		return Answers.of(this.collections.execute(id, act,
				(asking) -> (asking != null) ? decide.apply(asking, cycle) : Decision.refuse(Refusal.notFound())),
				PATH);
	}

	private Optional<Stored<Asking>> find(String id, Caller caller) {
		return this.collections.find(id).filter((found) -> this.access.of(caller, found.state()) != Sight.NONE);
	}

	private boolean isAsker(Caller caller, Asking asking) {
		return this.access.isAsker(caller, asking.asker());
	}

}
