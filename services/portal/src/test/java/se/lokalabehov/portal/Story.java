package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.NoteId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RecordId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.ForeignEvents;

/**
 * A whole cycle as the services tell it on the topics, with every way that a need can go.
 */
final class Story {

	private final String unique = UUID.randomUUID().toString().substring(0, 8);

	private final Map<String, Long> sequences = new HashMap<>();

	private final ForeignEvents services;

	final CycleId cycle = new CycleId("cycle-" + this.unique);

	/** Stockholm's, wants not to be named; delivered support in the end. */
	final NeedId silent = need("silent");

	/** Upplands Väsby's and Vallentuna's, may be named; the same way. */
	final NeedId named = need("named");

	/** Uppsala's, in another region; the same way. */
	final NeedId uppsala = need("uppsala");

	final NeedId turnedBack = need("turned-back");

	final NeedId waiting = need("waiting");

	final NeedId notDelivered = need("not-delivered");

	/** Ranked last, not handed over. */
	final NeedId below = need("below");

	/** Answered by what exists, in screening. */
	final NeedId exists = need("exists");

	final RegionalNeedId stockholmCounty = new RegionalNeedId("regional-1-" + this.unique);

	final RegionalNeedId uppsalaCounty = new RegionalNeedId("regional-2-" + this.unique);

	private final RegionalNeedId regionalBelow = new RegionalNeedId("regional-3-" + this.unique);

	private final RegionalNeedId regionalExists = new RegionalNeedId("regional-4-" + this.unique);

	final NationalNeedId national = new NationalNeedId("national-1-" + this.unique);

	final NationalNeedId nationalBelow = new NationalNeedId("national-2-" + this.unique);

	final NationalNeedId nationalExists = new NationalNeedId("national-3-" + this.unique);

	final RoundId round = new RoundId("round-" + this.unique);

	final RoundId regionalRound = new RoundId("round-r-" + this.unique);

	final RecordId record = new RecordId("record-" + this.unique);

	final NoteId note = new NoteId("note-" + this.unique);

	final String followUp = "follow-up-" + this.unique;

	Story(ForeignEvents services) {
		this.services = services;
	}

	private NeedId need(String name) {
		return new NeedId("need-" + name + "-" + this.unique);
	}

	String collection() {
		return this.cycle + ".RSS-01";
	}

	/** Moments 1 to 3: asked, answered, merged and delivered. */
	Story untilDelivered() {
		tell(Topics.AREA, this.cycle.value(), "SKR",
				new AreaEvent.AreaChosen("SBB", "Skadligt bruk och beroende 2026", "Många frågar",
						organisations("0180")),
				new AreaEvent.CycleOpened("SBB", List.of("SBB"), "Skadligt bruk och beroende 2026",
						Map.of(AreaEvent.Step.ANSWER, LocalDate.of(2026, 12, 1)),
						List.of(new AreaEvent.Region(rss("RSS-01"), organisations("0180", "0114", "0115")),
								new AreaEvent.Region(rss("RSS-03"), organisations("0380"))),
						"v1"));
		tell(Topics.COLLECTION, collection(), "RSS-01",
				new CollectionEvent.RegionAsked(this.cycle, "SBB", rss("RSS-01"), organisations("0180", "0114", "0115"),
						LocalDate.of(2026, 11, 30), "Välkomna med behov"),
				new CollectionEvent.NoNeedsAnswered(rss("0115"), "Inget i år"));
		tell(Topics.QUESTION_NOTES, this.note.value(), "0180",
				new QuestionNoteEvent.QuestionNoted(rss("0180"), "SBB", "Hur gör andra med cannabis?"),
				new QuestionNoteEvent.NoteTakenUp(this.silent));
		submitted(this.silent, "RSS-01", false, "Unga och cannabis", "0180");
		submitted(this.named, "RSS-01", true, "Cannabis bland unga", "0114", "0115");
		submitted(this.uppsala, "RSS-03", false, "Cannabis i skolan", "0380");
		submitted(this.below, "RSS-01", false, "Spel om pengar", "0180");
		submitted(this.exists, "RSS-01", false, "Samtalsmetoder", "0114");
		submitted(this.turnedBack, "RSS-01", false, "Ny bil", "0180");
		submitted(this.waiting, "RSS-01", false, "Äldres boende", "0180");
		submitted(this.notDelivered, "RSS-01", false, "Lokala rutiner", "0114");
		tell(Topics.NEED, this.turnedBack.value(), "RSS-01", new NeedEvent.NeedTurnedBack(
				NeedEvent.TurnedBackBecause.OUT_OF_SCOPE, "Det är ingen kunskapsfråga.", null));
		tell(Topics.NEED, this.waiting.value(), "RSS-01",
				new NeedEvent.NeedWaitlisted("ALD", "Tas upp när området väljs."));
		tell(Topics.NEED, this.notDelivered.value(), "RSS-01",
				new NeedEvent.NeedNotDelivered(1, "Löses i kommunens egna rutiner."));
		formed(this.stockholmCounty, "RSS-01", member(this.silent, "0180"), member(this.named, "0114", "0115"));
		formed(this.regionalBelow, "RSS-01", member(this.below, "0180"));
		formed(this.regionalExists, "RSS-01", member(this.exists, "0114"));
		formed(this.uppsalaCounty, "RSS-03", member(this.uppsala, "0380"));
		tell(Topics.COLLECTION, collection(), "RSS-01", new CollectionEvent.RegionalListDelivered(1,
				List.of(delivered(this.stockholmCounty, member(this.silent, "0180"),
						member(this.named, "0114", "0115"))),
				List.of(new CollectionEvent.NotDelivered(this.notDelivered, "Löses i kommunens egna rutiner."))));
		return this;
	}

	/** Moment 4: compiled and screened. */
	Story untilScreened() {
		untilDelivered();
		tell(Topics.RANKING, this.regionalRound.value(), "RSS-01",
				opened(RankingEvent.Level.REGIONAL, "RSS-01", this.stockholmCounty.value()),
				closed(this.stockholmCounty.value()));
		national(this.national,
				source(this.stockholmCounty, "RSS-01", member(this.silent, "0180"), member(this.named, "0114", "0115")),
				source(this.uppsalaCounty, "RSS-03", member(this.uppsala, "0380")));
		national(this.nationalBelow, source(this.regionalBelow, "RSS-01", member(this.below, "0180")));
		national(this.nationalExists, source(this.regionalExists, "RSS-01", member(this.exists, "0114")));
		screened(this.national, Verdict.NEW, null);
		screened(this.nationalBelow, Verdict.ADAPT, "Handboken");
		screened(this.nationalExists, Verdict.EXISTS, "MI-kursen");
		return this;
	}

	/** Moment 5, while the panel ranks. */
	Story untilRanking() {
		untilScreened();
		tell(Topics.RANKING, this.round.value(), "SKR",
				opened(RankingEvent.Level.NATIONAL, "SKR", this.national.value(), this.nationalBelow.value()));
		return this;
	}

	/** All seven moments. */
	Story untilTheEnd() {
		untilRanking();
		tell(Topics.RANKING, this.round.value(), "SKR", closed(this.national.value(), this.nationalBelow.value()));
		List<Source> sources = List.of(
				source(this.stockholmCounty, "RSS-01", member(this.silent, "0180"), member(this.named, "0114", "0115")),
				source(this.uppsalaCounty, "RSS-03", member(this.uppsala, "0380")));
		List<Source> sourcesBelow = List.of(source(this.regionalBelow, "RSS-01", member(this.below, "0180")));
		List<Source> sourcesExists = List.of(source(this.regionalExists, "RSS-01", member(this.exists, "0114")));
		tell(Topics.HAND_OFF, this.national.value(), "SKR", new HandOffEvent.NeedHandedOver(this.cycle, this.round, 1,
				wording("Unga och cannabis, nationellt"), sources, rss("SBU"), List.of(), LocalDate.of(2027, 5, 1)));
		tell(Topics.HAND_OFF, this.national.value(), "SBU", new HandOffEvent.NeedReceived("SBU 2027/12"));
		tell(Topics.HAND_OFF, this.nationalBelow.value(), "SKR", new HandOffEvent.NeedNotHandedOver(this.cycle,
				this.round, 2, sourcesBelow, "Andra behov är mer angelägna."));
		tell(Topics.FEEDBACK, this.nationalExists.value(), "SOS",
				new FeedbackEvent.FeedbackDecided(this.cycle, rss("SOS"), FeedbackEvent.Decision.EXISTING_SUFFICES,
						"Kursen svarar mot frågan.", null, "MI-kursen", null, sourcesExists));
		tell(Topics.FEEDBACK, this.nationalBelow.value(), "SKR",
				new FeedbackEvent.FeedbackDecided(this.cycle, rss("SKR"), FeedbackEvent.Decision.DECLINED,
						"Andra behov är mer angelägna.", null, null, null, sourcesBelow));
		tell(Topics.FEEDBACK, this.national.value(), "SBU",
				new FeedbackEvent.FeedbackDecided(this.cycle, rss("SBU"), FeedbackEvent.Decision.NEW_SUPPORT,
						"Frågan är obesvarad.", LocalDate.of(2027, 9, 1), "Översikt om cannabis", null, sources),
				new FeedbackEvent.FeedbackProgressed("Litteratursökningen är klar.", null),
				new FeedbackEvent.SupportDelivered("Unga och cannabis: en översikt", "OVERSIKT",
						"https://exempel.se/oversikt", this.record));
		tell(Topics.CATALOGUE, this.record.value(), "SBU",
				new CatalogueEvent.RecordPublished(new CatalogueEvent.Content(CatalogueEvent.Kind.KNOWLEDGE_SUPPORT,
						"Unga och cannabis: en översikt", "En översikt", rss("SBU"), "sv", List.of("SBB"),
						List.of("UNGA"), "https://exempel.se/oversikt", "CC0-1.0", List.of(), null, null,
						new CatalogueEvent.KnowledgeSupport("OVERSIKT", List.of(this.national)))));
		tell(Topics.FEEDBACK, this.followUp, "0180", new FeedbackEvent.AnswerFollowedUp(this.national, this.silent,
				rss("0180"), Map.of(FeedbackEvent.Question.RELEVANCE, 4, FeedbackEvent.Question.USE, 3), "Bra"));
		return this;
	}

	/** Tells events of one key, in sequence. */
	@SafeVarargs
	@SuppressWarnings("varargs")
	final <E> void tell(Topic<E> topic, String key, String by, E... events) {
		for (E event : events) {
			long sequence = this.sequences.merge(topic.name() + "/" + key, 1L, Long::sum);
			this.services.publish(topic, key, sequence, event, by);
		}
	}

	private void submitted(NeedId id, String rss, boolean names, String title, String... municipalities) {
		tell(Topics.NEED, id.value(), municipalities[0], new NeedEvent.NeedSubmitted(this.cycle, "SBB",
				organisations(municipalities), rss(rss), wording(title), null, names, null, null, false));
	}

	private void formed(RegionalNeedId id, String rss, Member... members) {
		for (Member member : members) {
			tell(Topics.NEED, member.need().value(), rss, new NeedEvent.NeedMerged(id));
		}
		tell(Topics.NEED, id.value(), rss,
				new NeedEvent.RegionalNeedFormed(this.cycle, rss(rss), wording("Regionalt " + id), List.of(members)),
				new NeedEvent.RegionalNeedDelivered(1, 1));
		for (Member member : members) {
			tell(Topics.NEED, member.need().value(), rss, new NeedEvent.NeedDelivered(id, 1));
		}
	}

	private void national(NationalNeedId id, Source... sources) {
		tell(Topics.COMPILATION, id.value(), "SKR",
				new CompilationEvent.NationalNeedFormed(this.cycle, wording("Nationellt " + id), List.of(sources)),
				new CompilationEvent.ScreeningAsked(organisations("SOS"), LocalDate.of(2027, 1, 31)));
	}

	private void screened(NationalNeedId id, Verdict verdict, @Nullable String support) {
		tell(Topics.COMPILATION, id.value(), "SOS", new CompilationEvent.NationalNeedScreened(verdict,
				"Så bedömer vi det.", rss("SOS"), List.of(), LocalDate.of(2027, 1, 15), support));
	}

	private RankingEvent opened(RankingEvent.Level level, String owner, String... items) {
		return new RankingEvent.RoundOpened(level, this.cycle, rss(owner), "Prioritering",
				Arrays.stream(items).map((item) -> new RankingEvent.Item(item, 1, "Titel " + item)).toList(),
				List.of(new RankingEvent.Seat("1", rss("0184"), "Socialchef", null, null)), 1,
				Instant.parse("2027-03-01T12:00:00Z"), "borda", RankingEvent.Unranked.LAST, null, null);
	}

	private RankingEvent closed(String... items) {
		int[] rank = { 0 };
		return new RankingEvent.RoundClosed(Arrays.stream(items)
			.map((item) -> new RankingEvent.Place(++rank[0], item, String.valueOf(10 - rank[0])))
			.toList(), "borda", 1, false, "00", false);
	}

	private static CollectionEvent.Delivered delivered(RegionalNeedId id, Member... members) {
		return new CollectionEvent.Delivered(id, 1, List.of(members));
	}

	private static Source source(RegionalNeedId id, String rss, Member... members) {
		return new Source(id, 1, rss(rss), List.of(members));
	}

	private static Member member(NeedId need, String... municipalities) {
		return new Member(need, 1, organisations(municipalities));
	}

	static Wording wording(String title) {
		return new Wording(title, List.of("UNGA"), "METOD", "Så här är det", "Vad hjälper?", "", List.of());
	}

	private static OrganisationId rss(String code) {
		return new OrganisationId(code);
	}

	private static List<OrganisationId> organisations(String... codes) {
		return Arrays.stream(codes).map(OrganisationId::new).toList();
	}

}
