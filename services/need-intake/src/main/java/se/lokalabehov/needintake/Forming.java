package se.lokalabehov.needintake;

import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Act;

/**
 * What is being done with one region's list in one cycle: written down before the first
 * of several writes, gone after the last. What a crash leaves is carried out to its end.
 *
 * @param intent what is being done, none when nothing is
 */
record Forming(@Nullable Intent intent) {

	static final Forming NOTHING = new Forming(null);

	/** Everything that is needed to carry it out, also by someone else. */
	sealed interface Intent {

		Act act();

		/** A regional need comes to be. */
		record Form(Act act, RegionalNeedId regionalNeed, CycleId cycle, OrganisationId rss, Wording wording,
				List<Member> members) implements Intent {
		}

		/** A regional need gets other words or members. */
		record Change(Act act, RegionalNeedId regionalNeed, Wording wording, List<Member> members) implements Intent {
		}

		/** A regional need is split again, by SKR when it is delivered. */
		record Dissolve(Act act, RegionalNeedId regionalNeed, String reason, boolean bySkr) implements Intent {
		}

		/** The list is delivered. */
		record Deliver(Act act, AskingDecider.Order order) implements Intent {
		}

	}

}
