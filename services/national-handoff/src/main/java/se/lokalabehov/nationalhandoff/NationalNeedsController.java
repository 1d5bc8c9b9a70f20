package se.lokalabehov.nationalhandoff;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.Evidence;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.nationalhandoff.model.Compiling.Change;
import se.lokalabehov.nationalhandoff.model.Compiling.Form;
import se.lokalabehov.nationalhandoff.model.NationalNeed;
import se.lokalabehov.nationalhandoff.model.Screening.Judge;
import se.lokalabehov.nationalhandoff.model.ScreeningStatus;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.NoPersonalData;
import se.lokalabehov.web.NoPersonalNumber;
import se.lokalabehov.web.Paging;
import se.lokalabehov.web.Wanted;
import se.lokalabehov.web.WordingBody;

/**
 * National needs over HTTP: compiled by SKR, screened by agencies.
 */
@RestController
@RequestMapping("/api/v1/national-needs")
@Tag(name = "Moment 4: nationella behov")
class NationalNeedsController {

	static final String PATH = "/api/v1/national-needs/";

	private final Aggregates<NationalNeed, CompilationEvent> needs;

	private final CompilingNationalNeeds compiling;

	private final ScreeningNationalNeeds screening;

	private final HandingOverNeeds handingOver;

	private final Finding finding;

	private final Known known;

	NationalNeedsController(Aggregates<NationalNeed, CompilationEvent> needs, CompilingNationalNeeds compiling,
			ScreeningNationalNeeds screening, HandingOverNeeds handingOver, Finding finding, Known known) {
		this.needs = needs;
		this.compiling = compiling;
		this.screening = screening;
		this.handingOver = handingOver;
		this.finding = finding;
		this.known = known;
	}

	record Formed(@NotNull CycleId cycle, @NotNull @Valid WordingBody wording,
			@NotEmpty @Size(max = 200) List<@NotNull RegionalNeedId> sources) {
	}

	record Changed(@NotNull @Valid WordingBody wording,
			@NotEmpty @Size(max = 200) List<@NotNull RegionalNeedId> sources) {
	}

	record Reason(@NotBlank @Size(max = 2000) @NoPersonalData String reason) {
	}

	record ScreeningRequested(@NotEmpty @Size(max = 10) List<@NotNull OrganisationId> agencies,
			@NotNull LocalDate due) {
	}

	record Screened(@NotNull Verdict verdict, @NotBlank @Size(max = 4000) @NoPersonalData String reason,
			@Size(max = 10) @Nullable List<@NotNull @Valid EvidenceBody> evidence, @NotNull LocalDate searchedOn,
			@Size(max = 500) @NoPersonalData @Nullable String support) {

		Judge by(OrganisationId agency) {
			return new Judge(this.verdict, this.reason.strip(), agency,
					(this.evidence != null) ? this.evidence.stream().map(EvidenceBody::toEvidence).toList() : List.of(),
					this.searchedOn, (this.support != null && !this.support.isBlank()) ? this.support.strip() : null);
		}

	}

	/** A link or DOI has digits enough to look like a telephone number. */
	record EvidenceBody(@NotBlank @Size(max = 500) @NoPersonalData String title,
			@NotBlank @Size(max = 200) @NoPersonalData String publisher,
			@NotBlank @Size(max = 500) @NoPersonalNumber String reference, @Nullable Boolean overview) {

		Evidence toEvidence() {
			return new Evidence(this.title.strip(), this.publisher.strip(), this.reference.strip(),
					Boolean.TRUE.equals(this.overview));
		}

	}

	@GetMapping
	@Operation(summary = "Nationella behov, de äldsta först")
	ResponseEntity<Object> list(Caller caller, Paging paging, @RequestParam @Nullable CycleId cycle,
			@RequestParam @Nullable Verdict verdict, @RequestParam @Nullable OrganisationId agency) {
		Criteria criteria = Wanted.all(Access.nationalNeeds(caller, this.known.rounds(cycle)),
				Wanted.where("state.cycle", cycle), Wanted.where("state.screening.verdict", verdict),
				Wanted.where("state.asked.agencies", agency));
		return Answers.page(this.needs.page(criteria, paging.cursor(), paging.limit()), NationalNeedShown::listed);
	}

	@GetMapping("/screening-status")
	@Operation(summary = "Hur långt sållningen har kommit i en omgång")
	ResponseEntity<Object> screeningStatus(Caller caller, @RequestParam CycleId cycle) {
		if (!Access.seesScreeningStatus(caller)) {
			return Answers.refused(Refusal.notFound());
		}
		ScreeningStatus status = this.screening.status(cycle);
		return ResponseEntity.ok(new ScreeningStatusShown(cycle, status.inWords(NationalNeedsController::nameOf),
				status.nationalNeeds(), status.screened(), status.notAsked(), status.agencies(),
				Access.seesWhatIsNotCompiled(caller) ? status.notCompiled() : null));
	}

	record ScreeningStatusShown(CycleId cycle, String summary, int nationalNeeds, int screened, int notAsked,
			List<ScreeningStatus.OfAgency> agencies, @Nullable List<RegionalNeedId> notCompiled) {
	}

	private static String nameOf(OrganisationId agency) {
		return Directory.standard().organisation(agency).map(Organisation::name).orElse(agency.value());
	}

	@GetMapping("/{id}")
	@Operation(summary = "Ett nationellt behov med sin härkomst")
	ResponseEntity<Object> read(Caller caller, @PathVariable String id) {
		return this.finding.nationalNeed(caller, id)
			.map((seen) -> Answers.read(Optional.of(seen.stored()),
					(stored) -> NationalNeedShown.whole(caller, seen, this.known)))
			.orElseGet(() -> Answers.refused(Refusal.notFound()));
	}

	@PostMapping
	@Operation(summary = "SKR bildar ett nationellt behov av levererade regionala behov")
	ResponseEntity<Object> form(Caller caller, Act act, @RequestBody @Valid Formed body) {
		return Answers.created(
				this.compiling.form(caller, act, new Form(body.cycle(), body.wording().toWording(), body.sources())),
				PATH);
	}

	@PutMapping("/{id}")
	@Operation(summary = "SKR ändrar ord eller härkomst, tills en prioriteringsomgång har öppnat")
	ResponseEntity<Object> change(Caller caller, Act act, @PathVariable String id, @RequestBody @Valid Changed body) {
		return Answers
			.of(this.compiling.change(caller, act, id, new Change(body.wording().toWording(), body.sources())), PATH);
	}

	@PostMapping("/{id}/dissolution")
	@Operation(summary = "SKR löser upp det, tills en prioriteringsomgång har öppnat")
	ResponseEntity<Object> dissolve(Caller caller, Act act, @PathVariable String id, @RequestBody @Valid Reason body) {
		return Answers.of(this.compiling.dissolve(caller, act, id, body.reason().strip()), PATH);
	}

	@PostMapping("/{id}/screening-request")
	@Operation(summary = "SKR ber myndigheter att bedöma det")
	ResponseEntity<Object> askForScreening(Caller caller, Act act, @PathVariable String id,
			@RequestBody @Valid ScreeningRequested body) {
		return Answers.of(this.screening.ask(caller, act, id, new ScreeningAsked(body.agencies(), body.due())), PATH);
	}

	@PostMapping("/{id}/screening")
	@Operation(summary = "En tillfrågad myndighet bedömer det, med källor")
	ResponseEntity<Object> screen(Caller caller, Act act, @PathVariable String id, @RequestBody @Valid Screened body) {
		return Answers.of(this.screening.judge(caller, act, id, body.by(caller.organisation())), PATH);
	}

	@PostMapping("/{id}/below-the-line")
	@Operation(summary = "SKR lämnar inte över det rangordnade behovet, med skäl")
	ResponseEntity<Object> leaveBelowTheLine(Caller caller, Act act, @PathVariable String id,
			@RequestBody @Valid Reason body) {
		return Answers.created(this.handingOver.leaveBelowTheLine(caller, act, id, body.reason().strip()),
				HandOffsController.PATH);
	}

	@PostMapping("/{id}/redaction")
	@Operation(summary = "SKR:s administratör tar bort texterna, med ett synligt märke")
	ResponseEntity<Object> redact(Caller caller, Act act, @PathVariable String id, @RequestBody @Valid Reason body) {
		return Answers.of(this.compiling.redact(caller, act, id, body.reason().strip()), PATH);
	}

}
