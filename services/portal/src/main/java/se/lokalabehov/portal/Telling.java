package se.lokalabehov.portal;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.RankingEvent;

/**
 * Says in one Swedish sentence what an event tells. Each switch is exhaustive over a
 * topic's events, so a new event is told or does not compile.
 */
final class Telling {

	private Telling() {
	}

	/** The moment, 1 to 7, that an event of a node belongs to. */
	static int moment(Node node) {
		return switch (node.kind()) {
			case CYCLE -> 1;
			case COLLECTION -> 2;
			case QUESTION_NOTE, NEED, REGIONAL_NEED -> 3;
			case NATIONAL_NEED -> 4;
			case ROUND -> Gathered.isNational(node) ? 5 : 3;
			case HAND_OFF -> 6;
			case FEEDBACK, FOLLOW_UP, RECORD -> 7;
		};
	}

	/** What a step of a cycle is called. */
	static String step(AreaEvent.Step step) {
		return Sentence.of("step." + step.name());
	}

	/**
	 * What an event tells.
	 * @param event an event of any topic of the seven moments
	 * @param who who acted, as the reader may know it
	 * @return a sentence
	 */
	static String what(Object event, String who) {
		return switch (event) {
			case AreaEvent area -> area(area, who);
			case CollectionEvent collection -> collection(collection, who);
			case QuestionNoteEvent note -> note(note, who);
			case NeedEvent.OfNeed need -> need(need, who);
			case NeedEvent.OfRegionalNeed regional -> regionalNeed(regional, who);
			case CompilationEvent compilation -> compilation(compilation, who);
			case RankingEvent ranking -> ranking(ranking, who);
			case HandOffEvent handOff -> handOff(handOff, who);
			case FeedbackEvent.OfFeedback feedback -> feedback(feedback, who);
			case FeedbackEvent.OfFollowUp followUp -> followUp(followUp, who);
			case CatalogueEvent catalogue -> catalogue(catalogue, who);
			default -> throw new IllegalArgumentException("stands in no trace: " + event.getClass().getSimpleName());
		};
	}

	private static String area(AreaEvent event, String who) {
		return switch (event) {
			case AreaEvent.AreaChosen chosen ->
				Sentence.of("area-chosen", Names.area(chosen.area()), Names.ofAll(chosen.choosers()));
			case AreaEvent.CycleOpened opened -> Sentence.of("cycle-opened", who, Names.area(opened.area()));
			case AreaEvent.CycleExtended extended ->
				Sentence.of("cycle-extended", step(extended.step()), Names.day(extended.until()), extended.reason());
			case AreaEvent.CompilingClosed ignored -> Sentence.of("compiling-closed", who);
			case AreaEvent.CycleCancelled cancelled -> Sentence.of("cycle-cancelled", cancelled.reason());
			case AreaEvent.CycleFinished finished -> sentence(Sentence.of("cycle-finished"), finished.summary());
			case AreaEvent.CycleRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String collection(CollectionEvent event, String who) {
		return switch (event) {
			case CollectionEvent.RegionAsked asked ->
				Sentence.of("region-asked", who, asked.municipalities().size(), Names.day(asked.due()));
			case CollectionEvent.MunicipalitiesReminded ignored -> Sentence.of("reminded", who);
			case CollectionEvent.CollectionExtended extended ->
				Sentence.of("collection-extended", Names.day(extended.due()), extended.reason());
			case CollectionEvent.NoNeedsAnswered none ->
				sentence(Sentence.of("no-needs", Names.of(none.municipality())), none.comment());
			case CollectionEvent.RegionalListDelivered list ->
				Sentence.of("list-delivered", who, regionalNeeds(list.delivered().size()), list.delivery() - 1);
			case CollectionEvent.CollectionRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String note(QuestionNoteEvent event, String who) {
		return switch (event) {
			case QuestionNoteEvent.QuestionNoted ignored -> Sentence.of("question-noted", who);
			case QuestionNoteEvent.NoteClustered clustered -> Sentence.of("note-clustered", clustered.cluster());
			case QuestionNoteEvent.NoteTakenUp ignored -> Sentence.of("note-taken-up");
			case QuestionNoteEvent.NoteRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String need(NeedEvent.OfNeed event, String who) {
		return switch (event) {
			case NeedEvent.NeedSubmitted submitted -> Sentence.of("need-submitted", who, submitted.late() ? 1 : 0);
			case NeedEvent.NeedRecorded ignored -> Sentence.of("need-recorded", who);
			case NeedEvent.NeedConfirmed ignored -> Sentence.of("need-confirmed", who);
			case NeedEvent.NeedRevised revised -> Sentence.of("need-revised", who, revised.version());
			case NeedEvent.NeedWithdrawn withdrawn -> Sentence.of("need-withdrawn", who, withdrawn.reason());
			case NeedEvent.NeedSupplemented supplemented -> Sentence.of("need-supplemented", who, supplemented.text());
			case NeedEvent.NeedTurnedBack back -> Sentence.of("need-turned-back", who, back.answer());
			case NeedEvent.NeedWaitlisted waits ->
				Sentence.of("need-waitlisted", Names.area(waits.area()), waits.answer());
			case NeedEvent.NeedTakenUp ignored -> Sentence.of("need-taken-up", who);
			case NeedEvent.ClarificationAsked asked -> Sentence.of("clarification-asked", who, asked.question());
			case NeedEvent.ClarificationAnswered answered ->
				Sentence.of("clarification-answered", who, answered.reply());
			case NeedEvent.NeedMerged ignored -> Sentence.of("need-merged", who);
			case NeedEvent.NeedSplit split -> Sentence.of("need-split", who, split.reason());
			case NeedEvent.NeedDelivered ignored -> Sentence.of("need-delivered", who);
			case NeedEvent.NeedNotDelivered left -> Sentence.of("need-not-delivered", who, left.reason());
			case NeedEvent.NeedRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String regionalNeed(NeedEvent.OfRegionalNeed event, String who) {
		return switch (event) {
			case NeedEvent.RegionalNeedFormed formed ->
				Sentence.of("regional-formed", who, Names.needs(formed.members().size()));
			case NeedEvent.RegionalNeedChanged changed ->
				Sentence.of("regional-changed", who, Names.needs(changed.members().size()));
			case NeedEvent.RegionalNeedDissolved dissolved ->
				Sentence.of("regional-dissolved", who, dissolved.reason());
			case NeedEvent.RegionalNeedDelivered ignored -> Sentence.of("regional-delivered", who);
			case NeedEvent.UndoingRequested asked -> Sentence.of("undoing-requested", who, asked.reason());
			case NeedEvent.RegionalNeedRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String compilation(CompilationEvent event, String who) {
		return switch (event) {
			case CompilationEvent.NationalNeedFormed formed ->
				Sentence.of("national-formed", who, regionalNeeds(formed.sources().size()));
			case CompilationEvent.NationalNeedChanged changed ->
				Sentence.of("national-changed", who, regionalNeeds(changed.sources().size()));
			case CompilationEvent.NationalNeedDissolved dissolved ->
				Sentence.of("national-dissolved", who, dissolved.reason());
			case CompilationEvent.ScreeningAsked asked ->
				Sentence.of("screening-asked", who, Names.ofAll(asked.agencies()), Names.day(asked.due()));
			case CompilationEvent.NationalNeedScreened screened ->
				Sentence.of("screened", Names.of(screened.judgedBy()), verdict(screened), screened.reason());
			case CompilationEvent.NationalNeedRedacted redacted -> redacted(redacted.reason());
		};
	}

	/** What a verdict means, as a sentence. */
	static String verdict(CompilationEvent.NationalNeedScreened screened) {
		String named = (screened.support() != null) ? " (" + screened.support() + ")" : "";
		return switch (screened.verdict()) {
			case NEW -> Sentence.of("verdict.new");
			case ADAPT -> Sentence.of("verdict.adapt", named);
			case EXISTS -> Sentence.of("verdict.exists", named);
			case LOCAL -> Sentence.of("verdict.local");
		};
	}

	private static String ranking(RankingEvent event, String who) {
		return switch (event) {
			case RankingEvent.RoundOpened opened -> Sentence.of("round-opened", who, Names.needs(opened.items().size()),
					opened.panel().size(), (opened.corrects() != null) ? 1 : 0);
			case RankingEvent.RoundExtended extended -> Sentence.of("round-extended", extended.reason());
			case RankingEvent.SeatsReminded ignored -> Sentence.of("seats-reminded", who);
			case RankingEvent.SeatHolderChanged changed ->
				sentence(Sentence.of("seat-holder-changed", changed.seat()), changed.note());
			case RankingEvent.RoundCommented commented ->
				sentence(Sentence.of("round-commented", who), commented.text());
			case RankingEvent.RoundCancelled cancelled -> Sentence.of("round-cancelled", cancelled.reason());
			case RankingEvent.RoundClosed closed ->
				Sentence.of("round-closed", closed.ballots(), closed.provisional() ? 1 : 0);
			case RankingEvent.RoundRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String further(Node round, int rank) {
		RankingEvent.Procedure run = round.last(RankingEvent.RoundOpened.class)
			.map(RankingEvent.RoundOpened::run)
			.orElseThrow();
		return (run.step() != RankingEvent.Step.INTERIM) ? ""
				: run.goesOn(rank) ? Sentence.of("further.on") : Sentence.of("further.not");
	}

	/** What the closing of a round means for one of its items. */
	static String ranked(Node round, int rank) {
		boolean provisional = round.last(RankingEvent.RoundClosed.class)
			.filter(RankingEvent.RoundClosed::provisional)
			.isPresent();
		String panel = Gathered.isNational(round) ? Sentence.of("panel.national") : Sentence.of("panel.regional");
		return Sentence.of("ranked", panel, rank, round.items().size(), further(round, rank), provisional ? 1 : 0);
	}

	private static String handOff(HandOffEvent event, String who) {
		return switch (event) {
			case HandOffEvent.NeedHandedOver handed -> Sentence.of("handed-over", who, Names.of(handed.agency()),
					handed.contributors().size(), Names.ofAll(handed.contributors()));
			case HandOffEvent.NeedReceived ignored -> Sentence.of("need-received", who);
			case HandOffEvent.NeedReturned returned -> Sentence.of("need-returned", who, returned.reason());
			case HandOffEvent.NeedNotHandedOver left -> Sentence.of("not-handed-over", left.rank(), left.reason());
			case HandOffEvent.HandOffRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String feedback(FeedbackEvent.OfFeedback event, String who) {
		return switch (event) {
			case FeedbackEvent.FeedbackDecided decided ->
				Sentence.of("decided", Names.of(decided.agency()), decision(decided), decided.why());
			case FeedbackEvent.FeedbackProgressed progressed -> Sentence.of("progressed", who, progressed.text());
			case FeedbackEvent.SupportDelivered delivered -> Sentence.of("support-delivered", who, delivered.title());
			case FeedbackEvent.FeedbackRedacted redacted -> redacted(redacted.reason());
		};
	}

	/** What a decision means, as a sentence. */
	static String decision(FeedbackEvent.FeedbackDecided decided) {
		String named = (decided.support() != null) ? " (" + decided.support() + ")" : "";
		return switch (decided.decision()) {
			case NEW_SUPPORT -> Sentence.of("decision.new", named);
			case ADAPT_EXISTING -> Sentence.of("decision.adapt", named);
			case EXISTING_SUFFICES -> Sentence.of("decision.suffices", named);
			case RESEARCH_GAP -> Sentence.of("decision.gap", named);
			case DECLINED -> Sentence.of("decision.declined");
		};
	}

	private static String followUp(FeedbackEvent.OfFollowUp event, String who) {
		return switch (event) {
			case FeedbackEvent.AnswerFollowedUp followed -> Sentence.of("followed-up", who) + followed.grades()
				.entrySet()
				.stream()
				.sorted(Comparator.comparing(Map.Entry::getKey))
				.map((grade) -> Sentence.of("grade", question(grade.getKey()), grade.getValue()))
				.collect(Collectors.joining(", ")) + ".";
			case FeedbackEvent.FollowUpRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String question(FeedbackEvent.Question question) {
		return switch (question) {
			case RELEVANCE -> Sentence.of("question.relevance");
			case TIMELINESS -> Sentence.of("question.timeliness");
			case USE -> Sentence.of("question.use");
			case DIFFERENCE -> Sentence.of("question.difference");
		};
	}

	private static String catalogue(CatalogueEvent event, String who) {
		return switch (event) {
			case CatalogueEvent.RecordPublished ignored -> Sentence.of("record-published", who);
			case CatalogueEvent.RecordRevised revised ->
				sentence(Sentence.of("record-revised", who, revised.version()), revised.change());
			case CatalogueEvent.RecordWithdrawn withdrawn -> Sentence.of("record-withdrawn", who, withdrawn.reason());
			case CatalogueEvent.CustodyTransferred transferred ->
				Sentence.of("custody", Names.of(transferred.custodian()), transferred.reason());
			case CatalogueEvent.ProjectConfirmed ignored -> Sentence.of("project-confirmed", who);
			case CatalogueEvent.ConfirmationAsked asked ->
				Sentence.of("confirmation-asked", asked.lastConfirmed().toString());
			case CatalogueEvent.DeliverableOverdue overdue ->
				Sentence.of("overdue", overdue.due().toString(), overdue.number());
			case CatalogueEvent.DeliverableDelivered delivered ->
				Sentence.of("deliverable-delivered", who, delivered.number());
			case CatalogueEvent.FileAttached attached -> Sentence.of("file-attached", who, attached.name());
			case CatalogueEvent.FileRemoved removed -> Sentence.of("file-removed", who, removed.reason());
			case CatalogueEvent.RecordRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String redacted(String reason) {
		return Sentence.of("redacted", reason);
	}

	/** A sentence that goes on with what somebody wrote, if anything. */
	private static String sentence(String begins, String goesOn) {
		return goesOn.isBlank() ? begins + "." : begins + ": " + goesOn;
	}

	private static String regionalNeeds(int count) {
		return Sentence.of("regional-needs", count);
	}

}
