package se.lokalabehov.prioritisation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.prioritisation.Claims.Claim;
import se.lokalabehov.prioritisation.model.Round;

/**
 * Opens a prioritisation round: everything that decides its result is fixed, and its
 * needs are claimed first so that none is in two open rounds of the same level.
 */
final class OpeningRound {

	/**
	 * So long a round that claimed needs may take to come to be; after that it never
	 * will.
	 */
	private static final Duration UNDER_WAY = Duration.ofMinutes(1);

	private final Aggregates<Round, RankingEvent> rounds;

	private final Aggregates<Claims, Claims> claims;

	private final Surroundings surroundings;

	OpeningRound(Aggregates<Round, RankingEvent> rounds, Aggregates<Claims, Claims> claims, Surroundings surroundings) {
		this.rounds = rounds;
		this.claims = claims;
		this.surroundings = surroundings;
	}

	Outcome<Round> open(Act act, RoundRules.Proposal proposal) {
		String id = act.newId("round");
		if (this.rounds.find(id).isPresent()) {
			return this.rounds.execute(id, act, (round) -> Decision
				.refuse(Refusal.conflict("prioriteringsomgangen-finns", "Prioriteringsomgången finns redan.")));
		}
		Decision<RankingEvent> decision = RoundRules.open(proposal, known(proposal), act.at());
		if (decision instanceof Decision.Refused<RankingEvent> refused) {
			return Outcome.refuse(refused.refusal());
		}
		return claim(id, act, proposal).then((claimed) -> this.rounds.execute(id, act, (round) -> decision));
	}

	private RoundRules.Known known(RoundRules.Proposal proposal) {
		Optional<Round> corrected = round(proposal.corrects());
		Optional<Round> interim = round(proposal.procedure().interim());
		return new RoundRules.Known(this.surroundings.cycle(proposal.cycle()),
				this.surroundings.candidates(proposal.items()), corrected, isCorrected(proposal.corrects()), interim,
				isCorrected(proposal.procedure().interim()), this.surroundings.directory());
	}

	private Optional<Round> round(@Nullable RoundId id) {
		return Optional.ofNullable(id).flatMap((round) -> this.rounds.find(round.value())).map(Stored::state);
	}

	private boolean isCorrected(@Nullable RoundId id) {
		return id != null && this.rounds
			.count(Criteria.where("state.terms.corrects").is(id.value()).and("state.kind").ne("Cancelled")) > 0;
	}

	private Outcome<Claims> claim(String round, Act act, RoundRules.Proposal proposal) {
		String id = proposal.cycle() + "." + proposal.owner() + "." + proposal.level();
		Claim claim = new Claim(round, act.at().toEpochMilli());
		Set<Claim> over = this.claims.find(id).map((found) -> over(found.state(), claim)).orElse(Set.of());
		Act claiming = new Act(act.by(), act.role(), act.subject(), act.at(), null, act.fingerprint(), null);
		return this.claims.execute(id, claiming, (before) -> claim(before, proposal.items(), claim, over));
	}

	private static Decision<Claims> claim(@Nullable Claims before, List<String> items, Claim claim, Set<Claim> over) {
		Claims claims = (before != null) ? before : new Claims(Map.of());
		boolean taken = items.stream()
			.map(claims.held()::get)
			.anyMatch((holder) -> holder != null && !holder.round().equals(claim.round()) && !over.contains(holder));
		return taken
				? Decision.refuse(Refusal.conflict("behovet-prioriteras",
						"Ett av behoven är redan med i en pågående prioriteringsomgång. Vänta tills den är stängd."))
				: Decision.of(claims.with(items, claim));
	}

	/** The claims whose round takes no ballots any more, or never came to be. */
	private Set<Claim> over(Claims claims, Claim mine) {
		Map<String, Round> holders = this.rounds
			.findAll(claims.held().values().stream().map(Claim::round).distinct().toList())
			.stream()
			.collect(Collectors.toMap(Stored::id, Stored::state));
		Function<Claim, Boolean> isOver = (claim) -> switch (holders.get(claim.round())) {
			case null -> claim.atMillis() + UNDER_WAY.toMillis() < mine.atMillis();
			case Round.Open open -> false;
			case Round.Closing closing -> false;
			case Round.Closed closed -> true;
			case Round.Cancelled cancelled -> true;
		};
		return claims.held().values().stream().filter(isOver::apply).collect(Collectors.toSet());
	}

}
