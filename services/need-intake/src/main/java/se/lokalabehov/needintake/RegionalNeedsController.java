package se.lokalabehov.needintake;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedEvent.OfRegionalNeed;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedRedacted;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.needintake.Access.Sight;
import se.lokalabehov.needintake.Forming.Intent;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.Paging;
import se.lokalabehov.web.Wanted;

/**
 * Moment 3: the RSS merges what is the same.
 */
@RestController
@RequestMapping("/api/v1/regional-needs")
@Tag(name = "regional-needs", description = "Moment 3: regionala behov")
class RegionalNeedsController {

	static final String PATH = "/api/v1/regional-needs/";

	private static final String ASKER = "Bara regionens RSS, eller SKR för kommuner utan RSS, får göra detta.";

	private final Aggregates<RegionalNeed, OfRegionalNeed> regionalNeeds;

	private final Aggregates<Need, OfNeed> needs;

	private final RegionalLists lists;

	private final Heard heard;

	private final Access access;

	RegionalNeedsController(Aggregates<RegionalNeed, OfRegionalNeed> regionalNeeds, Aggregates<Need, OfNeed> needs,
			RegionalLists lists, Heard heard, Access access) {
		this.regionalNeeds = regionalNeeds;
		this.needs = needs;
		this.lists = lists;
		this.heard = heard;
		this.access = access;
	}

	@PostMapping
	@Operation(summary = "Bilda ett regionalt behov")
	ResponseEntity<Object> form(Act act, Caller caller, @Valid @RequestBody Bodies.Formed body) {
		Optional<OrganisationId> asker = this.access.asks(caller);
		if (asker.isEmpty()) {
			return NeedsController.forbidden(ASKER);
		}
		if (this.heard.cycle(body.cycle()).isEmpty()) {
			return Answers.refused(Refusal.notHereYet("Omgången"));
		}
		return twice(body.members())
			.orElseGet(
					() -> Answers.created(
							this.lists.form(new Intent.Form(act, new RegionalNeedId(act.newId("regional")),
									body.cycle(), asker.get(), body.wording().toWording(), members(body.members()))),
							PATH));
	}

	@PutMapping("{id}")
	@Operation(summary = "Ändra ord eller ingående behov, fram till leverans")
	ResponseEntity<Object> change(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Changed body) {
		Optional<RegionalNeed> found = find(id, caller).map(Stored::state);
		if (found.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		if (!this.access.isAsker(caller, found.get().rss())) {
			return NeedsController.forbidden(ASKER);
		}
		return twice(body.members()).orElseGet(() -> Answers.of(this.lists.change(found.get(),
				new Intent.Change(act, new RegionalNeedId(id), body.wording().toWording(), members(body.members()))),
				PATH));
	}

	@PostMapping("{id}/dissolution")
	@Operation(summary = "Lös upp: RSS före leverans, SKR efter")
	ResponseEntity<Object> dissolve(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Reason body) {
		Optional<RegionalNeed> found = find(id, caller).map(Stored::state);
		if (found.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		boolean bySkr = this.access.isSkr(caller) && found.get().deliveredVersion() > 0;
		return (bySkr || this.access.isAsker(caller, found.get().rss()))
				? Answers.of(this.lists.dissolve(found.get(),
						new Intent.Dissolve(act, new RegionalNeedId(id), body.reason(), bySkr)), PATH)
				: NeedsController.forbidden(ASKER);
	}

	@PostMapping("{id}/undoing-request")
	@Operation(summary = "Begär hos SKR att en levererad sammanslagning görs ogjord")
	ResponseEntity<Object> requestUndoing(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Reason body) {
		Optional<RegionalNeed> found = find(id, caller).map(Stored::state);
		if (found.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		return this.access.isAsker(caller,
				found.get().rss())
						? Answers.of(
								this.regionalNeeds
									.execute(id, act,
											(now) -> (now != null) ? this.lists.requestUndoing(new RegionalNeedId(id),
													now, body.reason()) : Decision.refuse(Refusal.notFound())),
								PATH)
						: NeedsController.forbidden(ASKER);
	}

	@PostMapping("{id}/redaction")
	@Operation(summary = "Stryk texterna (personuppgifter)")
	ResponseEntity<Object> redact(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Reason body) {
		if (find(id, caller).isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		return this.access.isCustodian(caller)
				? Answers.of(this.regionalNeeds.execute(id, act,
						(now) -> Decision.of(new RegionalNeedRedacted(body.reason()))), PATH)
				: NeedsController.forbidden("Bara SKR:s administratör får stryka texter.");
	}

	@GetMapping
	@Operation(summary = "De regionala behov som man får se")
	ResponseEntity<Object> list(Caller caller, Paging paging, @RequestParam(required = false) @Nullable String cycle,
			@RequestParam(required = false) @Nullable String rss,
			@RequestParam(required = false) @Nullable String status) {
		Criteria visible = Wanted.all(this.access.regionalNeeds(caller), Wanted.where("state.cycle", cycle),
				Wanted.where("state.rss", rss), Wanted.where("state.status", status));
		return Answers.page(this.regionalNeeds.page(visible, paging.cursor(), paging.limit()),
				(found) -> seen(caller, found));
	}

	@GetMapping("{id}")
	@Operation(summary = "Ett regionalt behov")
	ResponseEntity<Object> read(Caller caller, @PathVariable String id) {
		return Answers.read(find(id, caller), (found) -> seen(caller, found));
	}

	private Seen.RegionalNeedSeen seen(Caller caller, Stored<RegionalNeed> found) {
		return Seen.RegionalNeedSeen.of(found, this.access.of(caller, found.id(), found.state()),
				caller.organisation());
	}

	private Optional<Stored<RegionalNeed>> find(String id, Caller caller) {
		return this.regionalNeeds.find(id)
			.filter((found) -> this.access.of(caller, found.id(), found.state()) != Sight.NONE);
	}

	private static Optional<ResponseEntity<Object>> twice(List<Bodies.MemberNeed> members) {
		Set<NeedId> seen = new HashSet<>();
		return members.stream().allMatch((member) -> seen.add(member.need())) ? Optional.empty()
				: Optional.of(Answers.refused(Refusal.invalid("members", "Samma behov står två gånger.")));
	}

	/**
	 * Who stands behind each in that version; the claim refuses what is not so any more.
	 */
	private List<Member> members(List<Bodies.MemberNeed> members) {
		Map<String, Need> found = this.needs.findAll(members.stream().map((one) -> one.need().value()).toList())
			.stream()
			.collect(Collectors.toMap(Stored::id, Stored::state));
		return members.stream().map((one) -> {
			Need need = found.get(one.need().value());
			return (need != null && one.version() == need.version()) ? need.asMember(one.need())
					: new Member(one.need(), one.version(), List.of());
		}).toList();
	}

}
