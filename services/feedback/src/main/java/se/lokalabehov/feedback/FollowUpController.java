package se.lokalabehov.feedback;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
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

import se.lokalabehov.contracts.FeedbackEvent.AnswerFollowedUp;
import se.lokalabehov.contracts.FeedbackEvent.FollowUpRedacted;
import se.lokalabehov.contracts.FeedbackEvent.OfFeedback;
import se.lokalabehov.contracts.FeedbackEvent.OfFollowUp;
import se.lokalabehov.contracts.FeedbackEvent.Question;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.feedback.Feedback.Behind;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.NoPersonalData;
import se.lokalabehov.web.Paging;

/**
 * The follow-ups over HTTP: was the answer of use?
 */
@RestController
@RequestMapping("/api/v1/follow-ups")
@Tag(name = "follow-ups")
class FollowUpController {

	private static final String PATH = "/api/v1/follow-ups/";

	private final Aggregates<FollowUp, OfFollowUp> followUps;

	private final Aggregates<Feedback, OfFeedback> feedback;

	private final Views<HandOffSeen> handOffs;

	private final Views<NationalNeedSeen> nationalNeeds;

	FollowUpController(Aggregates<FollowUp, OfFollowUp> followUps, Aggregates<Feedback, OfFeedback> feedback,
			Views<HandOffSeen> handOffs, Views<NationalNeedSeen> nationalNeeds) {
		this.followUps = followUps;
		this.feedback = feedback;
		this.handOffs = handOffs;
		this.nationalNeeds = nationalNeeds;
	}

	/** What a municipality says. */
	record FollowUpBody(@NotNull NationalNeedId nationalNeed, @NotNull NeedId need,
			@NotNull Map<@NotNull Question, @NotNull @Min(1) @Max(4) Integer> grades,
			@Size(max = 2000) @NoPersonalData @Nullable String comment) {
	}

	/** Why the comment is blanked. */
	record RedactionBody(@NotBlank @Size(max = 1000) @NoPersonalData String reason) {
	}

	/** A follow-up as it is shown. */
	record ShownFollowUp(String id, NationalNeedId nationalNeed, NeedId need, OrganisationId municipality,
			Map<Question, Integer> grades, String comment, Instant at) {

		static ShownFollowUp of(Stored<FollowUp> stored) {
			FollowUp said = stored.state();
			return new ShownFollowUp(stored.id(), said.nationalNeed(), said.need(), said.municipality(), said.grades(),
					said.comment(), stored.created());
		}

	}

	/**
	 * A page of the follow-ups that the caller may see, with what all of them say
	 * together.
	 */
	record ShownFollowUps(List<ShownFollowUp> items, @Nullable String next, int municipalities,
			Map<Question, Double> means) {
	}

	@PostMapping
	@Operation(summary = "Följer upp om ett svar var till nytta (en kommun bakom behovet)")
	ResponseEntity<Object> followUp(@Valid @RequestBody FollowUpBody body, Act act, Caller caller) {
		if (!Access.writesForMunicipality(caller)) {
			return Answers.refused(Refusal.forbidden("Bara en kommun som står bakom behovet får följa upp svaret."));
		}
		String id = body.nationalNeed().value();
		Optional<Feedback> answer = this.feedback.find(id).map(Stored::state);
		if (answer.isEmpty()) {
			return Answers
				.refused(Refusal.conflict("inget-svar-an", "Det finns inget svar på behovet att följa upp än."));
		}
		if (behind(answer.get(), body.need()).stream().noneMatch((one) -> Access.mayFollowUp(caller, one))) {
			return Answers.refused(Refusal.forbidden("Bara en kommun som står bakom behovet får följa upp svaret."));
		}
		Standing standing = Standing.of(id, answer.get().latest(), nationalNeed(id), handOff(id));
		AnswerFollowedUp said = new AnswerFollowedUp(body.nationalNeed(), body.need(), caller.organisation(),
				body.grades(), (body.comment() != null) ? body.comment().strip() : "");
		return Answers
			.created(this.followUps.execute(FollowingUp.id(body.nationalNeed(), body.need(), caller.organisation()),
					act, (before) -> FollowingUp.decide(before, said, standing)), PATH);
	}

	@PostMapping("/{id}/redaction")
	@Operation(summary = "Tar bort kommentaren i en uppföljning (administratör)")
	ResponseEntity<Object> redact(@PathVariable String id, @Valid @RequestBody RedactionBody body, Act act,
			Caller caller) {
		if (visible(id, caller).isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		if (!Access.mayRedact(caller)) {
			return Answers.refused(Refusal.forbidden("Bara en administratör hos SKR får ta bort texter."));
		}
		return Answers.of(
				this.followUps.execute(id, act, (before) -> Decision.of(new FollowUpRedacted(body.reason().strip()))),
				PATH);
	}

	@GetMapping
	@Operation(summary = "Visar uppföljningarna av ett svar och medelbetygen")
	ResponseEntity<Object> list(@RequestParam NationalNeedId nationalNeed, Paging paging, Caller caller) {
		String id = nationalNeed.value();
		Optional<Feedback> answer = this.feedback.find(id).map(Stored::state);
		if (answer.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		Criteria ofAnswer = Criteria.where("state.nationalNeed").is(id);
		Page<Stored<FollowUp>> page = this.followUps.page(
				Access.followUps(caller, answer.get(), ofAnswer,
						Access.isConcerned(caller, answer.get(), nationalNeed(id), handOff(id))),
				paging.cursor(), paging.limit());
		Means means = Means.of(this.followUps.all(ofAnswer).stream().map(Stored::state).toList());
		return ResponseEntity.ok()
			.headers(Answers.page(page).getHeaders())
			.body(new ShownFollowUps(page.items().stream().map(ShownFollowUp::of).toList(), page.next(),
					means.municipalities(), means.means()));
	}

	@GetMapping("/{id}")
	@Operation(summary = "Visar en uppföljning")
	ResponseEntity<Object> read(@PathVariable String id, Caller caller) {
		return Answers.read(visible(id, caller), ShownFollowUp::of);
	}

	private Optional<Stored<FollowUp>> visible(String id, Caller caller) {
		return this.followUps.find(id).filter((stored) -> {
			FollowUp said = stored.state();
			String answered = said.nationalNeed().value();
			Feedback answer = this.feedback.find(answered).orElseThrow().state();
			return Access.seesFollowUp(caller, said, behind(answer, said.need()),
					Access.isConcerned(caller, answer, nationalNeed(answered), handOff(answered)));
		});
	}

	private static List<Behind> behind(Feedback answer, NeedId need) {
		return answer.behind().stream().filter((one) -> one.need().equals(need)).toList();
	}

	private @Nullable NationalNeedSeen nationalNeed(String id) {
		return this.nationalNeeds.find(id).map(Stored::state).orElse(null);
	}

	private @Nullable HandOffSeen handOff(String id) {
		return this.handOffs.find(id).map(Stored::state).orElse(null);
	}

}
