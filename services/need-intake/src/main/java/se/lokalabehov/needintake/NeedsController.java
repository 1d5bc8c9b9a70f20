package se.lokalabehov.needintake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.ClarificationId;
import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.NeedEvent.NeedRecorded;
import se.lokalabehov.contracts.NeedEvent.NeedRedacted;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.needintake.Access.Sight;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.Paging;
import se.lokalabehov.web.Wanted;

/**
 * Moment 3, answer: needs from the first keystroke on.
 */
@RestController
@RequestMapping("/api/v1/needs")
@Tag(name = "needs", description = "Moment 3: kommunernas behov")
class NeedsController {

	static final String PATH = "/api/v1/needs/";

	private static final String AUTHORS = "Bara den som skriver för kommunen får göra detta.";

	private static final String APPROVER = "Bara den som godkänner för kommunen som skrev behovet får göra detta.";

	private static final String ASKER = "Bara kommunens RSS, eller SKR, får göra detta.";

	private final Aggregates<Need, OfNeed> needs;

	private final Aggregates<Draft, Draft> drafts;

	private final Aggregates<Asking, CollectionEvent> collections;

	private final Drafting drafting;

	private final Heard heard;

	private final Access access;

	NeedsController(Aggregates<Need, OfNeed> needs, Aggregates<Draft, Draft> drafts,
			Aggregates<Asking, CollectionEvent> collections, Drafting drafting, Heard heard, Access access) {
		this.needs = needs;
		this.drafts = drafts;
		this.collections = collections;
		this.drafting = drafting;
		this.heard = heard;
		this.access = access;
	}

	@PostMapping
	@Operation(summary = "Börja skriva ett behov (utkast)")
	ResponseEntity<Object> open(Act act, Caller caller, @Valid @RequestBody Bodies.Drafted body) {
		return this.access.isAuthor(caller, body.municipalities().getFirst())
				? Answers.created(this.drafting.open(act, body.content()), PATH) : forbidden(AUTHORS);
	}

	@PutMapping("{id}")
	@Operation(summary = "Ändra ett utkast")
	ResponseEntity<Object> edit(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Drafted body) {
		Optional<Draft> draft = draft(id, caller);
		if (draft.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		if (!draft.get().owner().equals(body.municipalities().getFirst())) {
			return Answers.refused(Refusal.invalid("municipalities", "Kommunen som utkastet tillhör ska stå först."));
		}
		return Answers.of(this.drafting.edit(id, act, body.content()), PATH);
	}

	@PostMapping("{id}/submission")
	@Operation(summary = "Skicka in behovet")
	ResponseEntity<Object> submit(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Nothing body) {
		Optional<OrganisationId> owner = find(id, caller).map((found) -> found.state().owner())
			.or(() -> draft(id, caller).map(Draft::owner));
		if (owner.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		return this.access.isApprover(caller, owner.get()) ? Answers.of(this.drafting.submit(id, act), PATH)
				: forbidden(APPROVER);
	}

	@PostMapping("recordings")
	@Operation(summary = "RSS antecknar ett behov för en kommun")
	ResponseEntity<Object> record(Act act, Caller caller, @Valid @RequestBody Bodies.Recorded body) {
		Optional<OrganisationId> asker = this.access.asks(caller);
		if (asker.isEmpty()) {
			return forbidden(ASKER);
		}
		Optional<CycleView> cycle = this.heard.cycle(body.cycle());
		if (cycle.isEmpty()) {
			return Answers.refused(Refusal.notHereYet("Omgången"));
		}
		NeedRecorded said = new NeedRecorded(body.cycle(), body.area(), body.municipalities(), asker.get(),
				body.wording().toWording(), body.occasion().strip());
		return Answers.created(this.needs.execute(act.newId("need"), act,
				(before) -> (before != null) ? Decision.of() : NeedDecider.record(said, cycle.get())), PATH);
	}

	@PostMapping("{id}/confirmation")
	@Operation(summary = "Kommunen gör ett antecknat behov till sitt")
	ResponseEntity<Object> confirm(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Confirmed body) {
		return change(act, caller, id, this::isApprover, APPROVER,
				(need) -> Optional.ofNullable(need.cycle())
					.flatMap(this.heard::cycle)
					.map((cycle) -> NeedDecider.confirm(need, Boolean.TRUE.equals(body.namesMunicipalities()), cycle))
					.orElseGet(() -> Decision.refuse(Refusal.notHereYet("Omgången"))));
	}

	@PutMapping("{id}/wording")
	@Operation(summary = "Revidera behovet, fram till leverans")
	ResponseEntity<Object> revise(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Revised body) {
		return change(act, caller, id, this::isApprover, APPROVER, (need) -> NeedDecider.revise(need,
				body.wording().toWording(), body.municipalities(), isListed(new NeedId(id), need)));
	}

	@PostMapping("{id}/withdrawal")
	@Operation(summary = "Dra tillbaka behovet (en markering)")
	ResponseEntity<Object> withdraw(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Reason body) {
		return change(act, caller, id, this::isApprover, APPROVER, (need) -> NeedDecider.withdraw(need, body.reason()));
	}

	@PostMapping("{id}/supplements")
	@Operation(summary = "Lägg till något efter leverans")
	ResponseEntity<Object> supplement(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Supplement body) {
		return change(act, caller, id, this::isApprover, APPROVER, (need) -> NeedDecider.supplement(need, body.text()));
	}

	@PostMapping("{id}/clarifications")
	@Operation(summary = "Be kommunen om en komplettering")
	ResponseEntity<Object> ask(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Question body) {
		return change(act, caller, id, (who, need) -> this.access.asksAuthor(who, id, need),
				"Bara RSS, SKR och den myndighet som sållar behovet får fråga.",
				(need) -> NeedDecider.ask(need, new ClarificationId(act.newId("clarification")), body.question(),
						body.due(), Drafting.day(act)));
	}

	@PostMapping("{id}/clarifications/{clarification}/reply")
	@Operation(summary = "Svara på en komplettering")
	ResponseEntity<Object> reply(Act act, Caller caller, @PathVariable String id,
			@PathVariable ClarificationId clarification, @Valid @RequestBody Bodies.Reply body) {
		return change(act, caller, id, (who, need) -> this.access.isAuthor(who, need.owner()), AUTHORS,
				(need) -> NeedDecider.reply(need, clarification, body.reply()));
	}

	@PostMapping("{id}/turning-back")
	@Operation(summary = "Lämna tillbaka behovet med svaret")
	ResponseEntity<Object> turnBack(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.TurnedBack body) {
		return change(act, caller, id, this.access::isIntake, ASKER,
				(need) -> NeedDecider.turnBack(need, body.because(), body.answer(), body.support()));
	}

	@PostMapping("{id}/waitlisting")
	@Operation(summary = "Ställ behovet på ett områdes väntelista")
	ResponseEntity<Object> waitlist(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Waitlisted body) {
		return change(act, caller, id, this.access::isIntake, ASKER,
				(need) -> NeedDecider.waitlist(need, body.area(), body.answer()));
	}

	@PostMapping("{id}/take-up")
	@Operation(summary = "Ta upp behovet från väntelistan i en omgång")
	ResponseEntity<Object> takeUp(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.TakenUp body) {
		return change(act, caller, id, this.access::isIntake, ASKER,
				(need) -> this.heard.cycle(body.cycle())
					.map((cycle) -> NeedDecider.takeUp(need, body.cycle(), cycle))
					.orElseGet(() -> Decision.refuse(Refusal.notHereYet("Omgången"))));
	}

	@PostMapping("{id}/redaction")
	@Operation(summary = "Stryk texterna (personuppgifter)")
	ResponseEntity<Object> redact(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Reason body) {
		return change(act, caller, id, (who, need) -> this.access.isCustodian(who),
				"Bara SKR:s administratör får stryka texter.", (need) -> Decision.of(new NeedRedacted(body.reason())));
	}

	@GetMapping
	@Operation(summary = "Behoven som man får se; status=DRAFT ger den egna kommunens utkast")
	ResponseEntity<Object> list(Caller caller, Paging paging, @RequestParam(required = false) @Nullable String cycle,
			@RequestParam(required = false) @Nullable String status,
			@RequestParam(required = false) @Nullable String municipality,
			@RequestParam(required = false) @Nullable String area) {
		if ("DRAFT".equals(status)) {
			boolean writes = this.access.isAuthor(caller, caller.organisation());
			Criteria own = Criteria.where("state.owner")
				.is(writes ? caller.organisation().value() : "-")
				.and("state.phase")
				.ne(Draft.Phase.SUBMITTED.name());
			return Answers.page(this.drafts.page(own, paging.cursor(), paging.limit()), Seen.DraftSeen::of);
		}
		Criteria visible = Wanted.all(this.access.needs(caller, municipality != null),
				Wanted.where("state.cycle", cycle), Wanted.where("state.status", status),
				Wanted.where("state.municipalities", municipality), Wanted.where("state.area", area));
		return Answers.page(seen(caller, visible, paging), Function.identity());
	}

	/** A page of what is seen of those that may be. */
	private Page<Seen.NeedSeen> seen(Caller caller, Criteria visible, Paging paging) {
		List<Seen.NeedSeen> seen = new ArrayList<>();
		String cursor = paging.cursor();
		do {
			Page<Stored<Need>> page = this.needs.page(visible, cursor, paging.limit() - seen.size());
			Function<Stored<Need>, Sight> sight = this.access.of(caller, page.items());
			page.items()
				.stream()
				.filter((found) -> sight.apply(found) != Sight.NONE)
				.map((found) -> Seen.NeedSeen.of(found, sight.apply(found)))
				.forEach(seen::add);
			cursor = page.next();
		}
		while (cursor != null && seen.size() < paging.limit());
		return new Page<>(seen, cursor);
	}

	@GetMapping("not-merged")
	@Operation(summary = "Den egna regionens inskickade behov som inte är sammanförda, alla på en gång")
	ResponseEntity<Object> notMerged(Caller caller, @RequestParam String cycle) {
		Optional<OrganisationId> asker = this.access.asks(caller);
		if (asker.isEmpty()) {
			return forbidden(ASKER);
		}
		Criteria free = Criteria.where("state.cycle")
			.is(cycle)
			.and("state.rss")
			.is(asker.get().value())
			.and("state.status")
			.is(Need.Status.SUBMITTED.name())
			.and("state.merges")
			.size(0);
		return ResponseEntity.ok(Seen.NotMerged.of(this.needs.all(free)));
	}

	@GetMapping("{id}")
	@Operation(summary = "Ett behov, eller ett utkast av den egna kommunen")
	ResponseEntity<Object> read(Caller caller, @PathVariable String id) {
		Optional<Stored<Need>> need = this.needs.find(id);
		if (need.isEmpty()) {
			return Answers.read(this.drafts.find(id).filter((found) -> this.access.sees(caller, found.state())),
					Seen.DraftSeen::of);
		}
		Sight sight = this.access.of(caller, need.get());
		return Answers.read(need.filter((found) -> sight != Sight.NONE), (found) -> Seen.NeedSeen.of(found, sight));
	}

	/** An act on a need: seen, else not there; allowed, else forbidden; then decided. */
	private ResponseEntity<Object> change(Act act, Caller caller, String id, BiPredicate<Caller, Need> may,
			String whoMay, Function<Need, Decision<OfNeed>> decide) {
		Optional<Stored<Need>> found = find(id, caller);
		if (found.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		if (!may.test(caller, found.get().state())) {
			return forbidden(whoMay);
		}
		return Answers.of(this.needs.execute(id, act,
				(need) -> (need != null) ? decide.apply(need) : Decision.refuse(Refusal.notFound())), PATH);
	}

	private Optional<Stored<Need>> find(String id, Caller caller) {
		return this.needs.find(id).filter((found) -> this.access.of(caller, found) != Sight.NONE);
	}

	private Optional<Draft> draft(String id, Caller caller) {
		return this.drafts.find(id).map(Stored::state).filter((draft) -> this.access.sees(caller, draft));
	}

	private boolean isApprover(Caller caller, Need need) {
		return this.access.isApprover(caller, need.owner());
	}

	/** The collection is asked as it is stored: the mark on the need comes after. */
	private boolean isListed(NeedId id, Need need) {
		return Optional.ofNullable(need.cycle())
			.flatMap((cycle) -> this.collections.find(Asking.id(cycle, need.rss()).value()))
			.filter((found) -> found.state().isAboutToMark(id, need))
			.isPresent();
	}

	static ResponseEntity<Object> forbidden(String detail) {
		return Answers.refused(Refusal.forbidden(detail));
	}

}
