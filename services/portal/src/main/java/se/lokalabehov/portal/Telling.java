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

	private static final Map<AreaEvent.Step, String> STEPS = Map.of(AreaEvent.Step.ANSWER, "kommunernas svar",
			AreaEvent.Step.DELIVER, "leverans från RSS", AreaEvent.Step.SCREEN, "sållning", AreaEvent.Step.RANK,
			"prioritering", AreaEvent.Step.FEED_BACK, "återkoppling");

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
		return STEPS.getOrDefault(step, step.name());
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
			case AreaEvent.AreaChosen chosen -> "Verksamhetsområdet " + Names.area(chosen.area())
					+ " valdes av socialcheferna i " + Names.ofAll(chosen.choosers()) + ".";
			case AreaEvent.CycleOpened opened -> who + " öppnade omgången för " + Names.area(opened.area()) + ".";
			case AreaEvent.CycleExtended extended -> "Sista dag för " + step(extended.step()) + " flyttades till "
					+ Names.day(extended.until()) + ": " + extended.reason();
			case AreaEvent.CompilingClosed ignored -> who + " stängde sammanställningen för sena leveranser.";
			case AreaEvent.CycleCancelled cancelled -> "Omgången avbröts: " + cancelled.reason();
			case AreaEvent.CycleFinished finished -> sentence("Omgången avslutades", finished.summary());
			case AreaEvent.CycleRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String collection(CollectionEvent event, String who) {
		return switch (event) {
			case CollectionEvent.RegionAsked asked -> who + " frågade " + municipalities(asked.municipalities().size())
					+ " efter behov, med svar senast " + Names.day(asked.due()) + ".";
			case CollectionEvent.MunicipalitiesReminded ignored -> who + " påminde om svaret.";
			case CollectionEvent.CollectionExtended extended ->
				"Sista dag för svar flyttades till " + Names.day(extended.due()) + ": " + extended.reason();
			case CollectionEvent.NoNeedsAnswered none ->
				sentence(Names.of(none.municipality()) + " svarade att inga behov finns", none.comment());
			case CollectionEvent.RegionalListDelivered list ->
				who + " levererade " + regionalNeeds(list.delivered().size()) + " till SKR"
						+ ((list.delivery() > 1) ? " (komplettering nr " + (list.delivery() - 1) + ")." : ".");
			case CollectionEvent.CollectionRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String note(QuestionNoteEvent event, String who) {
		return switch (event) {
			case QuestionNoteEvent.QuestionNoted ignored -> who + " noterade en fråga.";
			case QuestionNoteEvent.NoteClustered clustered ->
				"Frågan lades samman med liknande under ”" + clustered.cluster() + "”.";
			case QuestionNoteEvent.NoteTakenUp ignored -> "Frågan togs upp i ett behov.";
			case QuestionNoteEvent.NoteRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String need(NeedEvent.OfNeed event, String who) {
		return switch (event) {
			case NeedEvent.NeedSubmitted submitted ->
				who + " lämnade in behovet" + (submitted.late() ? ", efter sista dagen." : ".");
			case NeedEvent.NeedRecorded ignored -> who + " antecknade behovet åt kommunen.";
			case NeedEvent.NeedConfirmed ignored -> who + " bekräftade behovet som sitt eget.";
			case NeedEvent.NeedRevised revised -> who + " skrev om behovet (version " + revised.version() + ").";
			case NeedEvent.NeedWithdrawn withdrawn -> who + " drog tillbaka behovet: " + withdrawn.reason();
			case NeedEvent.NeedSupplemented supplemented -> who + " kompletterade behovet: " + supplemented.text();
			case NeedEvent.NeedTurnedBack back -> who + " lämnade tillbaka behovet med svar: " + back.answer();
			case NeedEvent.NeedWaitlisted waits ->
				"Behovet ställdes på väntelistan för " + Names.area(waits.area()) + ": " + waits.answer();
			case NeedEvent.NeedTakenUp ignored -> who + " tog upp behovet från väntelistan i omgången.";
			case NeedEvent.ClarificationAsked asked -> who + " bad om ett förtydligande: " + asked.question();
			case NeedEvent.ClarificationAnswered answered -> who + " förtydligade: " + answered.reply();
			case NeedEvent.NeedMerged ignored -> who + " förde in behovet i ett regionalt behov.";
			case NeedEvent.NeedSplit split -> who + " lyfte ut behovet ur ett regionalt behov: " + split.reason();
			case NeedEvent.NeedDelivered ignored ->
				who + " levererade behovet till SKR som del av ett regionalt behov.";
			case NeedEvent.NeedNotDelivered left -> who + " levererade inte behovet vidare: " + left.reason();
			case NeedEvent.NeedRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String regionalNeed(NeedEvent.OfRegionalNeed event, String who) {
		return switch (event) {
			case NeedEvent.RegionalNeedFormed formed ->
				who + " bildade ett regionalt behov av " + Names.needs(formed.members().size()) + ".";
			case NeedEvent.RegionalNeedChanged changed ->
				who + " ändrade det regionala behovet, som nu samlar " + Names.needs(changed.members().size()) + ".";
			case NeedEvent.RegionalNeedDissolved dissolved ->
				who + " löste upp det regionala behovet: " + dissolved.reason();
			case NeedEvent.RegionalNeedDelivered ignored -> who + " levererade det regionala behovet till SKR.";
			case NeedEvent.UndoingRequested asked ->
				who + " bad SKR att lösa upp det levererade behovet: " + asked.reason();
			case NeedEvent.RegionalNeedRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String compilation(CompilationEvent event, String who) {
		return switch (event) {
			case CompilationEvent.NationalNeedFormed formed ->
				who + " bildade ett nationellt behov av " + regionalNeeds(formed.sources().size()) + ".";
			case CompilationEvent.NationalNeedChanged changed ->
				who + " ändrade det nationella behovet, som nu samlar " + regionalNeeds(changed.sources().size()) + ".";
			case CompilationEvent.NationalNeedDissolved dissolved ->
				who + " löste upp det nationella behovet: " + dissolved.reason();
			case CompilationEvent.ScreeningAsked asked ->
				who + " bad " + Names.ofAll(asked.agencies()) + " om sållning senast " + Names.day(asked.due()) + ".";
			case CompilationEvent.NationalNeedScreened screened ->
				Names.of(screened.judgedBy()) + " bedömde: " + verdict(screened) + " " + screened.reason();
			case CompilationEvent.NationalNeedRedacted redacted -> redacted(redacted.reason());
		};
	}

	/** What a verdict means, as a sentence. */
	static String verdict(CompilationEvent.NationalNeedScreened screened) {
		String named = (screened.support() != null) ? " (" + screened.support() + ")" : "";
		return switch (screened.verdict()) {
			case NEW -> "Nytt kunskapsstöd behövs.";
			case ADAPT -> "Befintligt kunskapsstöd" + named + " behöver anpassas.";
			case EXISTS -> "Kunskapsstöd finns redan" + named + ".";
			case LOCAL -> "Behovet löses lokalt.";
		};
	}

	private static String ranking(RankingEvent event, String who) {
		return switch (event) {
			case RankingEvent.RoundOpened opened -> who + " öppnade en prioriteringsomgång med "
					+ Names.needs(opened.items().size()) + " och " + seats(opened.panel().size())
					+ ((opened.corrects() != null) ? ", som rättar en tidigare." : ".");
			case RankingEvent.RoundExtended extended -> "Röstningstiden förlängdes: " + extended.reason();
			case RankingEvent.SeatsReminded ignored -> who + " påminde dem som inte hade röstat.";
			case RankingEvent.SeatHolderChanged changed ->
				sentence("Platsen " + changed.seat() + " fick en ny innehavare", changed.note());
			case RankingEvent.RoundCommented commented -> sentence(who + " lämnade en synpunkt", commented.text());
			case RankingEvent.RoundCancelled cancelled -> "Prioriteringsomgången avbröts: " + cancelled.reason();
			case RankingEvent.RoundClosed closed -> "Prioriteringsomgången stängdes med " + closed.ballots()
					+ " röstsedlar" + (closed.provisional() ? "; resultatet är preliminärt." : ".");
			case RankingEvent.RoundRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String further(Node round, int rank) {
		RankingEvent.Procedure run = round.last(RankingEvent.RoundOpened.class)
			.map(RankingEvent.RoundOpened::run)
			.orElseThrow();
		return (run.step() != RankingEvent.Step.INTERIM) ? ""
				: run.goesOn(rank) ? " i det första steget, och det gick vidare till slutsteget"
						: " i det första steget, och det gick inte vidare";
	}

	/** What the closing of a round means for one of its items. */
	static String ranked(Node round, int rank) {
		boolean provisional = round.last(RankingEvent.RoundClosed.class)
			.filter(RankingEvent.RoundClosed::provisional)
			.isPresent();
		String panel = Gathered.isNational(round) ? "Socialcheferna" : "Regionens socialchefer";
		return panel + " rangordnade behovet som nummer " + rank + " av " + round.items().size() + further(round, rank)
				+ (provisional ? " (preliminärt)." : ".");
	}

	private static String handOff(HandOffEvent event, String who) {
		return switch (event) {
			case HandOffEvent.NeedHandedOver handed ->
				who + " överlämnade behovet till " + Names.of(handed.agency()) + (handed.contributors().isEmpty() ? "."
						: ", med bidrag från " + Names.ofAll(handed.contributors()) + ".");
			case HandOffEvent.NeedReceived ignored -> who + " bekräftade att behovet är mottaget.";
			case HandOffEvent.NeedReturned returned -> who + " lämnade tillbaka behovet till SKR: " + returned.reason();
			case HandOffEvent.NeedNotHandedOver left ->
				"Behovet rangordnades som nummer " + left.rank() + " och lämnas inte vidare: " + left.reason();
			case HandOffEvent.HandOffRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String feedback(FeedbackEvent.OfFeedback event, String who) {
		return switch (event) {
			case FeedbackEvent.FeedbackDecided decided ->
				Names.of(decided.agency()) + " beslutade: " + decision(decided) + " " + decided.why();
			case FeedbackEvent.FeedbackProgressed progressed -> who + " berättade hur det går: " + progressed.text();
			case FeedbackEvent.SupportDelivered delivered ->
				who + " levererade kunskapsstödet ”" + delivered.title() + "”.";
			case FeedbackEvent.FeedbackRedacted redacted -> redacted(redacted.reason());
		};
	}

	/** What a decision means, as a sentence. */
	static String decision(FeedbackEvent.FeedbackDecided decided) {
		String named = (decided.support() != null) ? " (" + decided.support() + ")" : "";
		return switch (decided.decision()) {
			case NEW_SUPPORT -> "Ett nytt kunskapsstöd" + named + " tas fram.";
			case ADAPT_EXISTING -> "Ett befintligt kunskapsstöd" + named + " anpassas.";
			case EXISTING_SUFFICES -> "Det kunskapsstöd som finns" + named + " svarar mot behovet.";
			case RESEARCH_GAP -> "Forskning saknas" + named + ".";
			case DECLINED -> "Behovet tas inte om hand.";
		};
	}

	private static String followUp(FeedbackEvent.OfFollowUp event, String who) {
		return switch (event) {
			case FeedbackEvent.AnswerFollowedUp followed -> who + " följde upp svaret: "
					+ followed.grades()
						.entrySet()
						.stream()
						.sorted(Comparator.comparing(Map.Entry::getKey))
						.map((grade) -> question(grade.getKey()) + " " + grade.getValue() + " av 4")
						.collect(Collectors.joining(", "))
					+ ".";
			case FeedbackEvent.FollowUpRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String question(FeedbackEvent.Question question) {
		return switch (question) {
			case RELEVANCE -> "relevans";
			case TIMELINESS -> "i rätt tid";
			case USE -> "användning";
			case DIFFERENCE -> "skillnad för dem det gäller";
		};
	}

	private static String catalogue(CatalogueEvent event, String who) {
		return switch (event) {
			case CatalogueEvent.RecordPublished ignored -> who + " publicerade posten i katalogen.";
			case CatalogueEvent.RecordRevised revised ->
				sentence(who + " reviderade posten (version " + revised.version() + ")", revised.change());
			case CatalogueEvent.RecordWithdrawn withdrawn -> who + " drog tillbaka posten: " + withdrawn.reason();
			case CatalogueEvent.CustodyTransferred transferred ->
				Names.of(transferred.custodian()) + " tog över ansvaret för posten: " + transferred.reason();
			case CatalogueEvent.ProjectConfirmed ignored -> who + " bekräftade att projektet är aktuellt.";
			case CatalogueEvent.ConfirmationAsked asked -> "Projektet har inte bekräftats sedan "
					+ asked.lastConfirmed() + ". Den som svarar för det tillfrågades.";
			case CatalogueEvent.DeliverableOverdue overdue ->
				"Det som projektet skulle leverera senast " + overdue.due() + " (nummer " + overdue.number()
						+ ") är försenat. Den som svarar för det påmindes.";
			case CatalogueEvent.DeliverableDelivered delivered ->
				who + " levererade (nummer " + delivered.number() + " av det som projektet skulle leverera).";
			case CatalogueEvent.FileAttached attached -> who + " lade till filen " + attached.name() + ".";
			case CatalogueEvent.FileRemoved removed -> who + " tog bort en fil: " + removed.reason();
			case CatalogueEvent.RecordRedacted redacted -> redacted(redacted.reason());
		};
	}

	private static String redacted(String reason) {
		return "Texter togs bort: " + reason;
	}

	/** A sentence that goes on with what somebody wrote, if anything. */
	private static String sentence(String begins, String goesOn) {
		return goesOn.isBlank() ? begins + "." : begins + ": " + goesOn;
	}

	private static String municipalities(int count) {
		return (count == 1) ? "en kommun" : count + " kommuner";
	}

	private static String seats(int count) {
		return (count == 1) ? "en plats i panelen" : count + " platser i panelen";
	}

	private static String regionalNeeds(int count) {
		return (count == 1) ? "ett regionalt behov" : count + " regionala behov";
	}

}
