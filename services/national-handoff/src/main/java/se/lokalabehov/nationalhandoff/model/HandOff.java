package se.lokalabehov.nationalhandoff.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Wording;

/**
 * The hand-off of one ranked national need: SKR hands it to a lead agency, which confirms
 * that it has received it or returns it with a reason, and then SKR hands it to another.
 * Or SKR leaves it below the line, which is an answer too.
 */
public sealed interface HandOff {

	/** The ranking that it rests on, and the provenance as ranked. */
	Basis basis();

	/** Who has returned it, oldest first. */
	List<Return> returns();

	/**
	 * What a hand-off rests on.
	 *
	 * @param cycle in which cycle
	 * @param round the round that ranked it
	 * @param rank its rank there
	 * @param sources whole provenance, as ranked
	 */
	record Basis(CycleId cycle, RoundId round, int rank, List<Source> sources) {

		public Basis {
			sources = List.copyOf(sources);
		}

	}

	/**
	 * To whom it was handed.
	 *
	 * @param wording the words, as ranked
	 * @param agency the lead agency
	 * @param contributors other agencies
	 * @param due last day to confirm
	 */
	record Assignment(Wording wording, OrganisationId agency, List<OrganisationId> contributors, LocalDate due) {

		public Assignment {
			contributors = List.copyOf(contributors);
		}

	}

	/**
	 * An agency gave it back.
	 *
	 * @param agency who
	 * @param reason why
	 */
	record Return(OrganisationId agency, String reason) {
	}

	/**
	 * Handed over, not yet confirmed.
	 *
	 * @param basis the ranking
	 * @param assignment to whom
	 * @param returns who returned it before
	 */
	record AwaitingReceipt(Basis basis, Assignment assignment, List<Return> returns) implements HandOff {
	}

	/**
	 * The lead agency has confirmed.
	 *
	 * @param basis the ranking
	 * @param assignment to whom
	 * @param registration the agency's registration number
	 * @param returns who returned it before
	 */
	record Received(Basis basis, Assignment assignment, @Nullable String registration,
			List<Return> returns) implements HandOff {
	}

	/**
	 * The lead agency gave it back; SKR hands it on.
	 *
	 * @param basis the ranking
	 * @param assignment to whom it had been handed
	 * @param returns who returned it, the last is the present one
	 */
	record Returned(Basis basis, Assignment assignment, List<Return> returns) implements HandOff {
	}

	/**
	 * Ranked, but not handed over.
	 *
	 * @param basis the ranking
	 * @param reason what the municipalities read
	 * @param returns who returned it before
	 */
	record BelowTheLine(Basis basis, String reason, List<Return> returns) implements HandOff {
	}

	/**
	 * To whom it is, or was last, handed.
	 * @return the assignment, none below the line
	 */
	default @Nullable Assignment handedTo() {
		return switch (this) {
			case AwaitingReceipt awaiting -> awaiting.assignment();
			case Received received -> received.assignment();
			case Returned returned -> returned.assignment();
			case BelowTheLine below -> null;
		};
	}

	/** Whether an agency is, or has been, its lead or a contributor. */
	default boolean concerns(OrganisationId agency) {
		Assignment handedTo = handedTo();
		return (handedTo != null && (handedTo.agency().equals(agency) || handedTo.contributors().contains(agency)))
				|| returns().stream().anyMatch((one) -> one.agency().equals(agency));
	}

	/**
	 * The hand-off after one more event.
	 * @param before the hand-off, none before the first event
	 * @param event the event
	 * @return the hand-off now
	 */
	static HandOff evolve(@Nullable HandOff before, HandOffEvent event) {
		return switch (event) {
			case HandOffEvent.NeedHandedOver over -> new AwaitingReceipt(
					new Basis(over.cycle(), over.round(), over.rank(), over.sources()),
					new Assignment(over.wording(), over.agency(), over.contributors(), over.due()), returns(before));
			case HandOffEvent.NeedNotHandedOver not -> new BelowTheLine(
					new Basis(not.cycle(), not.round(), not.rank(), not.sources()), not.reason(), returns(before));
			case HandOffEvent.NeedReceived received ->
				new Received(known(before).basis(), assignment(before), received.registration(), returns(before));
			case HandOffEvent.NeedReturned returned -> {
				List<Return> returns = new ArrayList<>(returns(before));
				returns.add(new Return(assignment(before).agency(), returned.reason()));
				yield new Returned(known(before).basis(), assignment(before), List.copyOf(returns));
			}
			case HandOffEvent.HandOffRedacted redacted -> redacted(known(before));
		};
	}

	private static HandOff redacted(HandOff before) {
		List<Return> returns = before.returns()
			.stream()
			.map((one) -> new Return(one.agency(), Wording.REDACTED))
			.toList();
		return switch (before) {
			case AwaitingReceipt awaiting ->
				new AwaitingReceipt(awaiting.basis(), redacted(awaiting.assignment()), returns);
			case Received received ->
				new Received(received.basis(), redacted(received.assignment()), received.registration(), returns);
			case Returned returned -> new Returned(returned.basis(), redacted(returned.assignment()), returns);
			case BelowTheLine below -> new BelowTheLine(below.basis(), Wording.REDACTED, returns);
		};
	}

	private static Assignment redacted(Assignment one) {
		return new Assignment(one.wording().redacted(), one.agency(), one.contributors(), one.due());
	}

	private static List<Return> returns(@Nullable HandOff before) {
		return (before != null) ? before.returns() : List.of();
	}

	private static Assignment assignment(@Nullable HandOff before) {
		return Objects.requireNonNull(known(before).handedTo(), "nothing below the line is received or returned");
	}

	private static HandOff known(@Nullable HandOff before) {
		return Objects.requireNonNull(before, "a hand-off begins with being handed over or left below the line");
	}

}
