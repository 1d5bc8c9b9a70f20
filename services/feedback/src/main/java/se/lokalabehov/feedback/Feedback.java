package se.lokalabehov.feedback;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackProgressed;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackRedacted;
import se.lokalabehov.contracts.FeedbackEvent.OfFeedback;
import se.lokalabehov.contracts.FeedbackEvent.SupportDelivered;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;

/**
 * The answer to one national need. It comes into being with the first decision (an
 * agency's own, or one that follows from screening or from the ranking by itself), goes
 * on through later decisions, which replace it and leave it to be seen, and through
 * progress until support is delivered. It never ends: an agency can always decide anew.
 *
 * @param cycle in which cycle
 * @param agency who gave the latest decision
 * @param decisions every decision, the latest last; at least one
 * @param progress what was told on the way
 * @param deliveries what came of it
 * @param behind the needs that the latest decision answers
 * @param municipalities the municipalities behind those needs, each once: who gets the
 * answer (domain rule 3)
 */
record Feedback(CycleId cycle, OrganisationId agency, List<FeedbackDecided> decisions,
		List<FeedbackProgressed> progress, List<SupportDelivered> deliveries, List<Behind> behind,
		List<OrganisationId> municipalities) {

	/**
	 * A municipality's need behind the answered national need.
	 *
	 * @param need the need
	 * @param rss who delivered it
	 * @param municipalities who stand behind it
	 */
	record Behind(NeedId need, OrganisationId rss, List<OrganisationId> municipalities) {

		boolean isOf(OrganisationId municipality) {
			return this.municipalities.contains(municipality);
		}

	}

	static Feedback after(@Nullable Feedback before, OfFeedback event) {
		return switch (event) {
			case FeedbackDecided decided -> decided(before, decided);
			case FeedbackProgressed progressed -> of(before).with(progressed);
			case SupportDelivered delivered -> of(before).with(delivered);
			case FeedbackRedacted redacted -> of(before).redacted();
		};
	}

	/** The decision that replaced all others. */
	FeedbackDecided latest() {
		return this.decisions.getLast();
	}

	/** Whether what is said of a need already follows from an event. */
	boolean holds(@Nullable String follows) {
		return this.decisions.stream().anyMatch((one) -> one.follows() != null && one.follows().equals(follows));
	}

	/** Whether an agency has decided by itself. */
	boolean isAgencysOwn() {
		return this.decisions.stream().anyMatch((one) -> one.follows() == null);
	}

	private static Feedback of(@Nullable Feedback before) {
		if (before == null) {
			throw new IllegalStateException("feedback begins with a decision");
		}
		return before;
	}

	private static Feedback decided(@Nullable Feedback before, FeedbackDecided decided) {
		List<Behind> behind = decided.sources()
			.stream()
			.flatMap((source) -> source.members()
				.stream()
				.map((member) -> new Behind(member.need(), source.rss(), member.municipalities())))
			// One need may come by several regional needs; it is answered once.
			.distinct()
			.toList();
		List<OrganisationId> municipalities = behind.stream()
			.flatMap((one) -> one.municipalities().stream())
			.distinct()
			.toList();
		return new Feedback(decided.cycle(), decided.agency(),
				plus((before != null) ? before.decisions : List.of(), decided),
				(before != null) ? before.progress : List.of(), (before != null) ? before.deliveries : List.of(),
				behind, municipalities);
	}

	private Feedback with(FeedbackProgressed progressed) {
		return new Feedback(this.cycle, this.agency, this.decisions, plus(this.progress, progressed), this.deliveries,
				this.behind, this.municipalities);
	}

	private Feedback with(SupportDelivered delivered) {
		return new Feedback(this.cycle, this.agency, this.decisions, this.progress, plus(this.deliveries, delivered),
				this.behind, this.municipalities);
	}

	private Feedback redacted() {
		return new Feedback(this.cycle, this.agency, this.decisions.stream().map(FeedbackDecided::redacted).toList(),
				this.progress.stream().map(FeedbackProgressed::redacted).toList(),
				this.deliveries.stream().map(SupportDelivered::redacted).toList(), this.behind, this.municipalities);
	}

	private static <T> List<T> plus(List<T> before, T one) {
		List<T> all = new ArrayList<>(before);
		all.add(one);
		return List.copyOf(all);
	}

}
