package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.NeedEvent.ClarificationAnswered;
import se.lokalabehov.contracts.NeedEvent.ClarificationAsked;
import se.lokalabehov.contracts.NeedEvent.NeedConfirmed;
import se.lokalabehov.contracts.NeedEvent.NeedRecorded;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;

/**
 * A clarification as the page of a need shows it.
 *
 * @param by who asks
 * @param reply none while it is waited for
 */
record Question(String id, String by, String question, LocalDate due, @Nullable String reply) {

	static List<Question> of(Node need) {
		return need.entries()
			.stream()
			.filter((entry) -> entry.event() instanceof ClarificationAsked)
			.map((entry) -> of(need, entry, (ClarificationAsked) entry.event()))
			.toList();
	}

	private static Question of(Node need, Entry entry, ClarificationAsked asked) {
		return new Question(asked.clarification().value(), Names.of(entry.by()), asked.question(), asked.due(),
				need.events(ClarificationAnswered.class)
					.filter((answered) -> answered.clarification().equals(asked.clarification()))
					.map(ClarificationAnswered::reply)
					.findFirst()
					.orElse(null));
	}

	static boolean waitsForConfirmation(Node need) {
		return need.has(NeedRecorded.class) && !need.has(NeedConfirmed.class) && !need.has(NeedWithdrawn.class);
	}

}
