package se.lokalabehov.prioritisation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.Criterion;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.Procedure;
import se.lokalabehov.contracts.RankingEvent.RoundCancelled;
import se.lokalabehov.contracts.RankingEvent.RoundCommented;
import se.lokalabehov.contracts.RankingEvent.RoundExtended;
import se.lokalabehov.contracts.RankingEvent.RoundRedacted;
import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.contracts.RankingEvent.SeatHolderChanged;
import se.lokalabehov.contracts.RankingEvent.SeatsReminded;
import se.lokalabehov.contracts.RankingEvent.Step;
import se.lokalabehov.contracts.RankingEvent.Unranked;
import se.lokalabehov.contracts.RankingEvent.Weight;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.prioritisation.Ballots.Cast;
import se.lokalabehov.prioritisation.model.Ballot;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.prioritisation.model.Scores;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.NoPersonalData;
import se.lokalabehov.web.Paging;
import se.lokalabehov.web.Wanted;

/**
 * Moment 5 over HTTP: rounds, their ballots and what comes out of them.
 */
@RestController
@RequestMapping(RoundsController.PATH)
@Tag(name = "prioritisation-rounds", description = "Moment 5: prioriteringsomgångar")
class RoundsController {

	static final String PATH = "/api/v1/prioritisation-rounds";

	private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

	private final Aggregates<Round, RankingEvent> rounds;

	private final OpeningRound opening;

	private final CastingBallot casting;

	private final ClosingRound closing;

	private final Ballots ballots;

	private final Analyses analyses;

	private final Surroundings surroundings;

	RoundsController(Aggregates<Round, RankingEvent> rounds, OpeningRound opening, CastingBallot casting,
			ClosingRound closing, Ballots ballots, Analyses analyses, Surroundings surroundings) {
		this.rounds = rounds;
		this.opening = opening;
		this.casting = casting;
		this.closing = closing;
		this.ballots = ballots;
		this.analyses = analyses;
		this.surroundings = surroundings;
	}

	record RoundBody(@NotNull Level level, @NotNull CycleId cycle,
			@NotBlank @Size(max = 200) @NoPersonalData String title,
			@NotEmpty @Size(max = 500) List<@NotBlank @Size(max = 80) String> items,
			@NotEmpty @Size(max = 1000) List<@NotNull @Valid SeatBody> panel, int quorum, @NotNull Instant deadline,
			@NotBlank @Size(max = 40) String method, @NotNull Unranked unranked, @Nullable RoundId corrects,
			@Nullable @Valid ProcedureBody procedure) {

		Procedure run() {
			return (this.procedure != null) ? this.procedure.toProcedure(this.items.size())
					: Procedure.plain(this.items.size());
		}

	}

	/** What is left out is as in {@link Procedure#plain}. */
	record ProcedureBody(@Nullable Step step, @Nullable RoundId interim, @Nullable Boolean balanced,
			@Nullable Integer shortlist, @Nullable @Size(max = 10) List<@NotNull @Valid WeightBody> criteria,
			@Nullable @Size(max = 100) List<@NotNull OrganisationId> observers) {

		Procedure toProcedure(int items) {
			Procedure plain = Procedure.plain(items);
			return new Procedure((this.step != null) ? this.step : plain.step(), this.interim,
					Boolean.TRUE.equals(this.balanced), (this.shortlist != null) ? this.shortlist : plain.shortlist(),
					(this.criteria != null)
							? this.criteria.stream().map((one) -> new Weight(one.criterion(), one.weight())).toList()
							: plain.criteria(),
					(this.observers != null) ? this.observers : plain.observers());
		}

	}

	record WeightBody(@NotNull Criterion criterion, int weight) {
	}

	record SeatBody(@NotBlank @Size(max = 40) String seat, @NotNull OrganisationId organisation,
			@NotBlank @Size(max = 200) @NoPersonalData String office, @Nullable OrganisationId deputy,
			@Nullable @Size(max = 80) @NoPersonalData String group) {

		Seat toSeat() {
			return new Seat(this.seat, this.organisation, this.office,
					this.organisation.equals(this.deputy) ? null : this.deputy, this.group);
		}

	}

	/** Nothing that is refused here quotes it. */
	record BallotBody(@NotNull String seat, @Nullable List<@NotNull List<@NotNull String>> ranking,
			@Nullable Map<@NotNull String, @NotNull Map<@NotNull Criterion, @NotNull Integer>> scores,
			@NotNull List<@NotNull String> conflicts) {

		@Nullable Scores given() {
			return (this.scores != null) ? new Scores(this.scores) : null;
		}

		/** The ballot, which follows from the scores where the round has criteria. */
		Ballot ballot(Round.Terms terms) {
			List<List<String>> order = (this.ranking != null) ? this.ranking : List.of();
			return new Ballot((this.scores != null) ? new Scores(this.scores).order(terms.procedure().criteria())
				.stream()
				.map((tied) -> tied.stream().filter((item) -> !this.conflicts.contains(item)).toList())
				.filter((tied) -> !tied.isEmpty())
				.toList() : order, this.conflicts);
		}

		@Override
		public String toString() {
			return "BallotBody[secret]";
		}

	}

	record DeadlineBody(@NotNull Instant deadline, @NotBlank @Size(max = 2000) @NoPersonalData String reason) {
	}

	record MessageBody(@NotBlank @Size(max = 2000) @NoPersonalData String message) {
	}

	record CommentBody(@Nullable String item, @NotBlank @Size(max = 2000) @NoPersonalData String text) {
	}

	record DryRunBody(@NotNull @Size(max = 1000) List<@NotNull @Valid BallotBody> ballots) {

		@Override
		public String toString() {
			return "DryRunBody[secret]";
		}

	}

	record NoteBody(@NotBlank @Size(max = 500) @NoPersonalData String note) {
	}

	@PostMapping
	@Operation(summary = "Öppna en prioriteringsomgång")
	ResponseEntity<Object> open(Caller caller, Act act, @Valid @RequestBody RoundBody body) {
		if (!Access.mayOpenRound(caller, body.level())) {
			return Answers.refused(Refusal
				.forbidden("En nationell prioriteringsomgång öppnas av SKR, en regional av den RSS som äger behoven."));
		}
		RoundRules.Proposal proposal = new RoundRules.Proposal(body.level(), body.cycle(), caller.organisation(),
				body.title(), body.items(), body.panel().stream().map(SeatBody::toSeat).toList(), body.quorum(),
				body.deadline().truncatedTo(ChronoUnit.MILLIS), body.method(), body.unranked(), body.corrects(),
				body.run());
		return Answers.created(this.opening.open(act, proposal), PATH + "/");
	}

	@PostMapping("/{id}/ballots")
	@Operation(summary = "Lägg eller ersätt platsens röstsedel")
	ResponseEntity<Object> cast(@PathVariable String id, Caller caller, Act act, @Valid @RequestBody BallotBody body) {
		Optional<Round> round = seen(id, caller).map(Stored::state);
		if (round.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		Optional<Seat> seat = round.get().terms().seat(body.seat());
		if (seat.filter((one) -> Access.speaksFor(caller, one)).isEmpty()) {
			return Answers.refused(Refusal.forbidden("Du kan bara rösta för din egen plats i panelen."));
		}
		Optional<Refusal> refusal = RoundRules.scoresAreWhole(body.given(), body.ranking() != null, round.get());
		if (refusal.isPresent()) {
			return Answers.refused(refusal.get());
		}
		Outcome<Cast> outcome = this.casting.cast(id, round.get(), body.seat(), body.ballot(round.get().terms()),
				(body.given() != null) ? body.given() : Scores.NONE, act);
		return Answers.of(outcome, PATH + "/" + id + "/ballots/");
	}

	@GetMapping("/{id}/ballots/{seat}")
	@Operation(summary = "Den egna platsens röstsedel")
	ResponseEntity<Object> readBallot(@PathVariable String id, @PathVariable String seat, Caller caller) {
		return Answers.read(this.rounds.find(id)
			.filter((round) -> round.state()
				.terms()
				.seat(seat)
				.filter((one) -> Access.speaksFor(caller, one))
				.isPresent())
			.flatMap((round) -> {
				Cast cast = this.ballots.of(id, seat);
				return (cast.version() == 0) ? Optional.<Stored<OwnBallot>>empty() : Optional.of(new Stored<>(seat,
						cast.version(), 0, round.created(), OwnBallot.of(seat, cast, round.state().terms())));
			}), Stored::state);
	}

	@PostMapping("/{id}/extensions")
	@Operation(summary = "Ge mer tid")
	ResponseEntity<Object> extend(@PathVariable String id, Caller caller, Act act,
			@Valid @RequestBody DeadlineBody body) {
		RoundExtended extension = new RoundExtended(body.deadline().truncatedTo(ChronoUnit.MILLIS), body.reason());
		return run(id, caller, act, (round) -> RoundRules.extend(round, extension, act.at()));
	}

	@PostMapping("/{id}/reminders")
	@Operation(summary = "Påminn de platser som inte har röstat")
	ResponseEntity<Object> remind(@PathVariable String id, Caller caller, Act act,
			@Valid @RequestBody MessageBody body) {
		return run(id, caller, act, (round) -> RoundRules.remind(round, new SeatsReminded(body.message()), act.at()));
	}

	@PostMapping("/{id}/seats/{seat}/holder-change")
	@Operation(summary = "En plats har fått en ny innehavare")
	ResponseEntity<Object> changeHolder(@PathVariable String id, @PathVariable String seat, Caller caller, Act act,
			@Valid @RequestBody NoteBody body) {
		return run(id, caller, act,
				(round) -> RoundRules.changeHolder(round, new SeatHolderChanged(seat, body.note())));
	}

	@PostMapping("/{id}/closing")
	@Operation(summary = "Stäng prioriteringsomgången")
	ResponseEntity<Object> close(@PathVariable String id, Caller caller, Act act, @RequestBody Nothing body) {
		return running(id, caller, () -> this.closing.close(id, act));
	}

	@PostMapping("/{id}/cancellation")
	@Operation(summary = "Avbryt prioriteringsomgången")
	ResponseEntity<Object> cancel(@PathVariable String id, Caller caller, Act act, @Valid @RequestBody Reason body) {
		return run(id, caller, act, (round) -> RoundRules.cancel(round, new RoundCancelled(body.reason())));
	}

	@PostMapping("/{id}/redaction")
	@Operation(summary = "Ta bort texterna")
	ResponseEntity<Object> redact(@PathVariable String id, Caller caller, Act act, @Valid @RequestBody Reason body) {
		if (!Access.mayRedact(caller)) {
			return notAllowed(id, caller);
		}
		this.closing.finish(id);
		Outcome<Round> outcome = this.rounds.execute(id, act,
				(round) -> RoundRules.redact(round, new RoundRedacted(body.reason())));
		this.analyses.forget(id);
		return Answers.of(outcome, PATH + "/");
	}

	@GetMapping
	@Operation(summary = "Prioriteringsomgångar")
	ResponseEntity<Object> list(Caller caller, Paging paging, @RequestParam @Nullable String cycle,
			@RequestParam @Nullable Level level, @RequestParam RoundSights.@Nullable Status status,
			@RequestParam @Nullable String owner) {
		Criteria criteria = Wanted.all(Access.visibleRounds(caller, this.surroundings.askersOf(caller.organisation())),
				Wanted.where("state.terms.cycle", cycle), Wanted.where("state.terms.level", level),
				Wanted.where("state.kind", (status != null) ? status.kind() : null),
				Wanted.where("state.terms.owner", owner));
		return Answers.page(this.rounds.page(criteria, paging.cursor(), paging.limit()), RoundSights.Brief::of);
	}

	@GetMapping("/{id}")
	@Operation(summary = "En prioriteringsomgång; medan den är öppen sägs vilka platser som röstat, aldrig hur")
	ResponseEntity<Object> read(@PathVariable String id, Caller caller) {
		return Answers.read(seen(id, caller),
				(round) -> RoundSights.Full.of(round, titles(round.state()), correctedBy(id, caller),
						Access.takesPart(caller, round.state()) ? this.ballots.voted(id, round.state().terms()) : null,
						Access.takesPart(caller, round.state()) || Access.observes(caller, round.state())),
				RoundSights.Full::turnout);
	}

	@GetMapping("/{id}/ranking")
	@Operation(summary = "Prioriteringsordningen, när omgången är stängd")
	ResponseEntity<Object> ranking(@PathVariable String id, Caller caller) {
		return closed(id, caller, (closed) -> RoundSights.Ranking.of(id, closed, titles(closed)));
	}

	@GetMapping("/{id}/explanation")
	@Operation(summary = "Varför prioriteringsordningen blev som den blev, i ord och siffror, när omgången är stängd")
	@ApiResponse(responseCode = "200",
			content = @Content(schema = @Schema(implementation = RoundSights.Explained.class)))
	ResponseEntity<Object> explanation(@PathVariable String id, Caller caller) {
		return analysed(id, caller, MediaType.APPLICATION_JSON, Analyses.Kept::explanation);
	}

	@GetMapping("/{id}/package")
	@Operation(summary = "Allt som behövs för att räkna om prioriteringsordningen (zip), när omgången är stängd")
	@ApiResponse(responseCode = "200", content = @Content(mediaType = "application/zip"))
	ResponseEntity<Object> published(@PathVariable String id, Caller caller) {
		return analysed(id, caller, ZIP, Analyses.Kept::zip);
	}

	@PostMapping("/{id}/comments")
	@Operation(summary = "Lämna en synpunkt utan att rösta")
	ResponseEntity<Object> comment(@PathVariable String id, Caller caller, Act act,
			@Valid @RequestBody CommentBody body) {
		Optional<Stored<Round>> found = this.rounds.find(id);
		if (found.filter((round) -> Access.observes(caller, round.state())).isEmpty()) {
			return Answers.refused(seen(id, caller).isPresent()
					? Refusal.forbidden("Bara åhörare utan röst lämnar synpunkter.") : Refusal.notFound());
		}
		RoundCommented comment = new RoundCommented(caller.organisation(), body.item(), body.text());
		return Answers.of(this.rounds.execute(id, act, (round) -> RoundRules.comment(round, comment)), PATH + "/");
	}

	@PostMapping("/{id}/dry-runs")
	@Operation(summary = "Provkör räkningen med påhittade röstsedlar; inget av det sparas",
			description = "Utan röstsedlar hittas en slumpvis på för varje plats.")
	@ApiResponse(responseCode = "200",
			content = @Content(schema = @Schema(implementation = RoundSights.Explained.class)))
	ResponseEntity<Object> dryRun(@PathVariable String id, Caller caller, @Valid @RequestBody DryRunBody body) {
		Optional<Stored<Round>> found = this.rounds.find(id);
		if (found.filter((round) -> Access.runs(caller, round.state())).isEmpty()) {
			return notAllowed(id, caller);
		}
		Round round = found.get().state();
		if (round.terms().items().size() > DryRun.MOST_ITEMS) {
			return Answers.refused(Refusal.conflict("for-stor-provkorning",
					"En provkörning går med högst " + DryRun.MOST_ITEMS + " behov."));
		}
		Map<String, Ballot> made = new HashMap<>();
		for (BallotBody one : body.ballots()) {
			Optional<Refusal> refusal = RoundRules
				.when(round.terms().seat(one.seat()).isEmpty() || made.containsKey(one.seat()),
						Refusal.invalid("ballots", "Varje röstsedel ska ha en egen plats i panelen."))
				.or(() -> RoundRules.scoresAreWhole(one.given(), one.ranking() != null, round))
				.or(() -> RoundRules.ballotIsWhole(one.ballot(round.terms()), round));
			if (refusal.isPresent()) {
				return Answers.refused(refusal.get());
			}
			made.put(one.seat(), one.ballot(round.terms()));
		}
		return ResponseEntity.ok(DryRun.of(new RoundId(id), round.terms(), made, titles(round)::apply));
	}

	private Function<String, String> titles(Round round) {
		return RoundSights.titles(round.terms(), this.surroundings::candidates);
	}

	private List<String> correctedBy(String id, Caller caller) {
		return this.rounds.all(Criteria.where("state.terms.corrects").is(id))
			.stream()
			.filter((round) -> !(round.state() instanceof Round.Cancelled))
			.filter((round) -> maySee(caller, round.state()))
			.map(Stored::id)
			.toList();
	}

	/** One version of it for everybody: what is published does not depend on who asks. */
	private ResponseEntity<Object> analysed(String id, Caller caller, MediaType type,
			Function<Analyses.Kept, byte[]> part) {
		Optional<Stored<Round>> found = seen(id, caller);
		if (found.isEmpty() || !(found.get().state() instanceof Round.Closed closed)) {
			return closed(id, caller, (round) -> round);
		}
		return this.analyses.of(found.get())
			.map((kept) -> ResponseEntity.ok()
				.contentType(type)
				.eTag("\"" + found.get().version() + "\"")
				.<Object>body(part.apply(kept)))
			.orElseGet(() -> Answers.refused(Refusal.notHereYet("Förklaringen")));
	}

	private ResponseEntity<Object> closed(String id, Caller caller, Function<Round.Closed, Object> mapper) {
		Optional<Stored<Round>> found = seen(id, caller);
		if (found.isPresent() && !(found.get().state() instanceof Round.Closed)) {
			return Answers.refused(Refusal.conflict("prioriteringsomgangen-inte-stangd",
					"Ingenting visas förrän prioriteringsomgången är stängd."));
		}
		return Answers.read(found, (round) -> mapper.apply((Round.Closed) round.state()));
	}

	private Optional<Stored<Round>> seen(String id, Caller caller) {
		return this.rounds.find(id).filter((round) -> maySee(caller, round.state()));
	}

	private boolean maySee(Caller caller, Round round) {
		return Access.maySee(caller, round, this.surroundings.cycle(round.terms().cycle()));
	}

	private ResponseEntity<Object> run(String id, Caller caller, Act act,
			Function<@Nullable Round, Decision<RankingEvent>> decide) {
		return running(id, caller, () -> this.rounds.execute(id, act, decide));
	}

	private ResponseEntity<Object> running(String id, Caller caller, Supplier<Outcome<Round>> what) {
		return this.rounds.find(id).filter((round) -> Access.runs(caller, round.state())).isPresent()
				? Answers.of(what.get(), PATH + "/") : notAllowed(id, caller);
	}

	private ResponseEntity<Object> notAllowed(String id, Caller caller) {
		return Answers.refused(seen(id, caller).isPresent()
				? Refusal.forbidden("Bara den som äger prioriteringsomgången kan göra det.") : Refusal.notFound());
	}

	/** The ballot that a seat sees of itself. */
	record OwnBallot(String seat, List<List<String>> ranking, @Nullable Map<String, Map<Criterion, Integer>> scores,
			List<String> conflicts) {

		static OwnBallot of(String seat, Cast cast, Round.Terms terms) {
			Ballot ballot = cast.ballot(terms.itemIds());
			return new OwnBallot(seat, ballot.ranking(),
					terms.procedure().criteria().isEmpty() ? null : Scores.read(terms.itemIds(), cast.scores()).items(),
					ballot.conflicts());
		}

		@Override
		public String toString() {
			return "OwnBallot[secret]";
		}

	}

}
