package se.lokalabehov.needintake;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.OfRegionalNeed;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedChanged;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDelivered;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDissolved;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.NeedEvent.UndoingRequested;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.needintake.RegionalNeed.Status;

/**
 * What may happen to a regional need. Its claims on needs are {@link RegionalLists}'
 * business.
 */
final class RegionalNeedDecider {

	private RegionalNeedDecider() {
	}

	/** What others have made of a regional need, by now. */
	record Surroundings(CycleView cycle, boolean delivered, boolean ranked, boolean compiled) {
	}

	static Decision<OfRegionalNeed> form(@Nullable RegionalNeed before, CycleId id, CycleView cycle, OrganisationId rss,
			Wording wording, List<Member> members) {
		if (before != null) {
			return Decision.of();
		}
		return cycle.closedBecause()
			.map(Decision::<OfRegionalNeed>refuse)
			.orElseGet(() -> Decision.of(new RegionalNeedFormed(id, rss, wording, members)));
	}

	/** Other words or members, until delivered or being ranked. */
	static Decision<OfRegionalNeed> change(RegionalNeed regionalNeed, Surroundings now, Wording wording,
			List<Member> members) {
		Optional<Refusal> fixed = fixed(regionalNeed, now);
		if (fixed.isPresent()) {
			return Decision.refuse(fixed.get());
		}
		if (regionalNeed.current().equals(new RegionalNeed.Version(wording, members))) {
			return Decision.of();
		}
		return Decision.of(new RegionalNeedChanged(regionalNeed.version() + 1, wording, members));
	}

	/** Split again by the RSS, until delivered or being ranked (domain rule 12). */
	static Decision<OfRegionalNeed> dissolve(RegionalNeed regionalNeed, Surroundings now, String reason) {
		if (regionalNeed.status() == Status.DISSOLVED) {
			return Decision.of();
		}
		return fixed(regionalNeed, now).map(Decision::<OfRegionalNeed>refuse)
			.orElseGet(() -> Decision.of(new RegionalNeedDissolved(reason)));
	}

	private static Optional<Refusal> fixed(RegionalNeed regionalNeed, Surroundings now) {
		if (regionalNeed.status() == Status.DISSOLVED) {
			return Optional.of(Refusal.conflict("upplost", "Det regionala behovet är upplöst. Bilda ett nytt."));
		}
		if (now.delivered()) {
			return Optional.of(Refusal.conflict("redan-levererat",
					"Det regionala behovet är levererat till SKR. Begär hos SKR att sammanslagningen görs ogjord."));
		}
		return now.ranked() ? Optional.of(ranked()) : now.cycle().closedBecause();
	}

	/** Undone by SKR after delivery, until ranking has opened. */
	static Decision<OfRegionalNeed> undo(RegionalNeed regionalNeed, Surroundings now, String reason) {
		if (regionalNeed.status() == Status.DISSOLVED) {
			return Decision.of();
		}
		// The mark, not the delivery: it comes last, when all its needs bear theirs.
		if (regionalNeed.status() != Status.DELIVERED) {
			return conflict("ej-levererat", "Det regionala behovet är inte levererat. RSS löser upp det själv.");
		}
		if (now.ranked()) {
			return Decision.refuse(ranked());
		}
		if (now.compiled()) {
			return conflict("sammanstallt",
					"Det regionala behovet ingår i ett nationellt behov. Ta ut det därifrån först.");
		}
		return Decision.of(new RegionalNeedDissolved(reason));
	}

	/** The RSS asks SKR to undo what is delivered. */
	static Decision<OfRegionalNeed> requestUndoing(RegionalNeed regionalNeed, Surroundings now, String reason) {
		if (regionalNeed.status() == Status.DISSOLVED || !now.delivered()) {
			return conflict("ej-levererat",
					"Begäran gäller regionala behov som är levererade. Lös upp eller ändra det själva.");
		}
		return now.ranked() ? Decision.refuse(ranked()) : Decision.of(new UndoingRequested(reason));
	}

	/** No list takes it with it any more: the cycle has closed or was stopped. */
	static Decision<OfRegionalNeed> leaveBehind(RegionalNeed regionalNeed, String reason) {
		return (regionalNeed.status() == Status.FORMED) ? Decision.of(new RegionalNeedDissolved(reason))
				: Decision.of();
	}

	/** The mark that follows from a delivery. */
	static Decision<OfRegionalNeed> deliver(RegionalNeed regionalNeed, int version, int delivery) {
		return (regionalNeed.status() == Status.FORMED) ? Decision.of(new RegionalNeedDelivered(version, delivery))
				: Decision.of();
	}

	private static Refusal ranked() {
		return Refusal.conflict("prioritering-oppnad",
				"En prioriteringsomgång med behovet har öppnat. Sammanslagningen kan inte ändras efter det.");
	}

	private static Decision<OfRegionalNeed> conflict(String code, String detail) {
		return Decision.refuse(Refusal.conflict(code, detail));
	}

}
