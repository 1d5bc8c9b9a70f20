package se.lokalabehov.nationalhandoff;

import java.time.LocalDate;
import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.nationalhandoff.NationalNeedsController.Reason;
import se.lokalabehov.nationalhandoff.model.HandOff;
import se.lokalabehov.nationalhandoff.model.HandingOver.HandOver;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.NoPersonalNumber;
import se.lokalabehov.web.Paging;
import se.lokalabehov.web.Wanted;

/**
 * Hand-offs over HTTP: from SKR to an agency, which confirms or returns.
 */
@RestController
@RequestMapping("/api/v1/hand-offs")
@Tag(name = "Moment 6: överlämningar")
class HandOffsController {

	static final String PATH = "/api/v1/hand-offs/";

	private final Aggregates<HandOff, HandOffEvent> handOffs;

	private final HandingOverNeeds handingOver;

	private final Finding finding;

	HandOffsController(Aggregates<HandOff, HandOffEvent> handOffs, HandingOverNeeds handingOver, Finding finding) {
		this.handOffs = handOffs;
		this.handingOver = handingOver;
		this.finding = finding;
	}

	record HandedOver(@NotNull NationalNeedId nationalNeed, @NotNull OrganisationId agency,
			@Size(max = 10) @Nullable List<@NotNull OrganisationId> contributors, @NotNull LocalDate due) {

		HandOver toCommand() {
			return new HandOver(this.agency, (this.contributors != null) ? this.contributors : List.of(), this.due);
		}

	}

	record Receipt(@Size(max = 100) @NoPersonalNumber @Nullable String registration) {
	}

	@GetMapping
	@Operation(summary = "Överlämningar, de äldsta först")
	ResponseEntity<Object> list(Caller caller, Paging paging, @RequestParam @Nullable OrganisationId agency,
			@RequestParam HandOffShown.@Nullable Status status, @RequestParam @Nullable CycleId cycle) {
		Criteria criteria = Wanted.all(Access.handOffs(caller),
				(agency != null) ? Access.handOffsOf(agency) : new Criteria(),
				Wanted.where("state.kind", (status != null) ? status.kind() : null),
				Wanted.where("state.basis.cycle", cycle));
		return Answers.page(this.handOffs.page(criteria, paging.cursor(), paging.limit()), HandOffShown::of);
	}

	@GetMapping("/{id}")
	@Operation(summary = "En överlämning")
	ResponseEntity<Object> read(Caller caller, @PathVariable String id) {
		return Answers.read(this.finding.handOff(caller, id), HandOffShown::of);
	}

	@PostMapping
	@Operation(summary = "SKR lämnar över ett rangordnat behov, första gången eller efter en retur")
	ResponseEntity<Object> handOver(Caller caller, Act act, @RequestBody @Valid HandedOver body) {
		return Answers.created(this.handingOver.handOver(caller, act, body.nationalNeed(), body.toCommand()), PATH);
	}

	@PostMapping("/{id}/receipt")
	@Operation(summary = "Den ansvariga myndigheten bekräftar mottagandet")
	ResponseEntity<Object> receive(Caller caller, Act act, @PathVariable String id, @RequestBody @Valid Receipt body) {
		String registration = body.registration();
		return Answers.of(this.handingOver.receive(caller, act, id,
				(registration != null && !registration.isBlank()) ? registration.strip() : null), PATH);
	}

	@PostMapping("/{id}/return")
	@Operation(summary = "Den ansvariga myndigheten lämnar tillbaka behovet, med skäl")
	ResponseEntity<Object> giveBack(Caller caller, Act act, @PathVariable String id, @RequestBody @Valid Reason body) {
		return Answers.of(this.handingOver.giveBack(caller, act, id, body.reason().strip()), PATH);
	}

	@PostMapping("/{id}/redaction")
	@Operation(summary = "SKR:s administratör tar bort texterna, med ett synligt märke")
	ResponseEntity<Object> redact(Caller caller, Act act, @PathVariable String id, @RequestBody @Valid Reason body) {
		return Answers.of(this.handingOver.redact(caller, act, id, body.reason().strip()), PATH);
	}

}
