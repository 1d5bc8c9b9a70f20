package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

import se.lokalabehov.contracts.AreaEvent.AreaChosen;
import se.lokalabehov.contracts.AreaEvent.CompilingClosed;
import se.lokalabehov.contracts.AreaEvent.CycleFinished;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.CollectionEvent.Delivered;
import se.lokalabehov.contracts.CollectionEvent.RegionAsked;
import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.FeedbackEvent.Decision;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedEvent.NeedDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDelivered;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.eventing.ForeignEvents;
import se.lokalabehov.standalone.Standalone;

/**
 * What a whole country asks over the years, as the owners of the topics would have told
 * it: cycle after cycle of 15,000 needs by 290 municipalities, of which 30 at a time
 * become regional needs and eight of those a national one, which is screened, handed
 * over, received and decided about. The last cycle is not finished. The words are those
 * of the example; the same numbers give the same country.
 */
final class Country {

	/** As many needs as one national cycle is expected to have. */
	static final int NEEDS_OF_A_CYCLE = 15_000;

	/** 15,000 needs become 500 regional ones. */
	static final int MEMBERS = 30;

	/** 500 regional needs become 66 national ones. */
	static final int SOURCES = 8;

	static final String AREA = "SBB";

	private static final OrganisationId SKR = new OrganisationId("SKR");

	private static final OrganisationId AGENCY = new OrganisationId("SOS");

	private static final List<Wording> WORDS = words();

	private static final List<OrganisationId> MUNICIPALITIES = Directory.standard()
		.organisations(Kind.MUNICIPALITY)
		.stream()
		.map(Organisation::id)
		.toList();

	private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

	private final Map<OrganisationId, List<OrganisationId>> regions = new TreeMap<>(
			(one, other) -> one.value().compareTo(other.value()));

	private final int needs;

	private int regionals;

	private int nationals;

	private long told;

	/**
	 * A country.
	 * @param needs how many municipal needs in all
	 */
	Country(int needs) {
		this.needs = needs;
		MUNICIPALITIES.forEach((municipality) -> this.regions
			.computeIfAbsent(rssOf(municipality, this.today), (asker) -> new ArrayList<>())
			.add(municipality));
	}

	private static OrganisationId rssOf(OrganisationId municipality, LocalDate on) {
		return Directory.standard().rssOf(municipality, on).orElse(SKR);
	}

	private static List<Wording> words() {
		try (InputStream file = Objects.requireNonNull(Standalone.class.getResourceAsStream("cycle-needs.csv"))) {
			List<Wording> words = new ArrayList<>();
			for (CSVRecord row : CSVFormat.RFC4180.builder()
				.setHeader()
				.setSkipHeaderRecord(true)
				.get()
				.parse(new InputStreamReader(file, StandardCharsets.UTF_8))) {
				words.add(new Wording(row.get("title"), List.of(row.get("target_group").split(" ")),
						row.get("need_type"), row.get("situation"), row.get("question"), row.get("consequence"),
						row.get("support_wanted").isBlank() ? List.of()
								: List.of(row.get("support_wanted").split(" "))));
			}
			return words;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The words of a need; of each number others. */
	static Wording wording(int number) {
		Wording first = WORDS.get(number % WORDS.size());
		Wording second = WORDS.get((number / WORDS.size()) % WORDS.size());
		return new Wording(first.title() + " (" + number + ")", first.targetGroups(), first.needType(),
				first.situation(), second.question(), first.consequence(), first.supportWanted());
	}

	/** The municipality that writes a need. */
	static String municipality(int need) {
		return MUNICIPALITIES.get(need % MUNICIPALITIES.size()).value();
	}

	static List<String> municipalities() {
		return MUNICIPALITIES.stream().map(OrganisationId::value).toList();
	}

	static String need(int number) {
		return id("need", number);
	}

	private static String id(String kind, int number) {
		return String.format("%s-%024x", kind, number);
	}

	int needs() {
		return this.needs;
	}

	/**
	 * One of the national needs, when all has been told.
	 * @param chosen from 0 to 1
	 */
	String national(double chosen) {
		return id("national", (int) (chosen * this.nationals));
	}

	int cycles() {
		return Math.ceilDiv(this.needs, NEEDS_OF_A_CYCLE);
	}

	/**
	 * Tells all of it.
	 * @param bootstrapServers a broker that has the topics
	 * @return how many events
	 */
	long tell(String bootstrapServers) {
		try (ForeignEvents events = new ForeignEvents(bootstrapServers)) {
			for (int cycle = 0; cycle < cycles(); cycle++) {
				new Cycle(events, cycle).tell();
			}
			events.flush();
		}
		return this.told;
	}

	/**
	 * One cycle, each half a year after the one before, the last begun two months ago.
	 */
	private final class Cycle {

		private final ForeignEvents events;

		private final int number;

		private final CycleId id;

		private final LocalDate first;

		private final Instant opened;

		Cycle(ForeignEvents events, int number) {
			this.events = events;
			this.number = number;
			this.id = new CycleId(id("cycle", number));
			this.first = Country.this.today.minusDays(60 + 180L * (cycles() - 1 - number));
			this.opened = this.first.atTime(8, 0).toInstant(ZoneOffset.UTC);
		}

		private <E> void tell(Topic<E> topic, String key, long sequence, E event, int day, OrganisationId by) {
			this.events.publish(topic, key, sequence, event,
					this.opened.plus(day, ChronoUnit.DAYS).plus(sequence, ChronoUnit.MINUTES), by.value());
			Country.this.told++;
		}

		void tell() {
			open();
			List<Source> sources = new ArrayList<>();
			Country.this.regions.forEach((asker, asked) -> sources.addAll(collect(asker, asked)));
			for (int from = 0; from < sources.size(); from += SOURCES) {
				compile(List.copyOf(sources.subList(from, Math.min(sources.size(), from + SOURCES))));
			}
			if (this.number < cycles() - 1) {
				tell(Topics.AREA, this.id.value(), 3, new CompilingClosed(), 60, SKR);
				tell(Topics.AREA, this.id.value(), 4, new CycleFinished(""), 170, SKR);
			}
		}

		private void open() {
			Map<Step, LocalDate> timetable = new EnumMap<>(Step.class);
			for (Step step : Step.values()) {
				timetable.put(step, this.first.plusDays(80 + 20L * step.ordinal()));
			}
			String title = "Omgång " + (this.number + 1);
			tell(Topics.AREA, this.id.value(), 1,
					new AreaChosen(AREA, title, "Området förändras snabbt.", MUNICIPALITIES.subList(0, 4)), -20, SKR);
			tell(Topics.AREA, this.id.value(), 2,
					new CycleOpened(AREA, List.of(AREA), title, timetable,
							Country.this.regions.entrySet()
								.stream()
								.map((region) -> new Region(region.getKey(), region.getValue()))
								.toList(),
							"1"),
					0, SKR);
		}

		/** One region asks, its municipalities answer, it merges and delivers. */
		private List<Source> collect(OrganisationId asker, List<OrganisationId> asked) {
			String collection = this.id + "." + asker;
			tell(Topics.COLLECTION, collection, 1,
					new RegionAsked(this.id, AREA, asker, asked, this.first.plusDays(80), "Vilken kunskap saknar ni?"),
					1, asker);
			List<Member> members = new ArrayList<>();
			int from = this.number * NEEDS_OF_A_CYCLE;
			int to = Math.min(Country.this.needs, from + NEEDS_OF_A_CYCLE);
			IntStream.range(from, to)
				.filter((need) -> asked.contains(MUNICIPALITIES.get(need % MUNICIPALITIES.size())))
				.forEach((need) -> {
					List<OrganisationId> municipality = List.of(new OrganisationId(municipality(need)));
					tell(Topics.NEED, need(need), 1, new NeedSubmitted(this.id, AREA, municipality, asker,
							wording(need), null, false, null, null, false), 10 + need % 30, municipality.getFirst());
					members.add(new Member(new NeedId(need(need)), 1, municipality));
				});
			List<Source> formed = new ArrayList<>();
			for (int member = 0; member < members.size(); member += MEMBERS) {
				formed
					.add(form(asker, List.copyOf(members.subList(member, Math.min(members.size(), member + MEMBERS)))));
			}
			tell(Topics.COLLECTION, collection, 2,
					new RegionalListDelivered(1,
							formed.stream().map((one) -> new Delivered(one.regionalNeed(), 1, one.members())).toList(),
							List.of()),
					50, asker);
			return formed;
		}

		private Source form(OrganisationId asker, List<Member> members) {
			RegionalNeedId regional = new RegionalNeedId(id("regional", Country.this.regionals++));
			tell(Topics.NEED, regional.value(), 1,
					new RegionalNeedFormed(this.id, asker, wording(Country.this.regionals), members), 45, asker);
			tell(Topics.NEED, regional.value(), 2, new RegionalNeedDelivered(1, 1), 50, asker);
			members.forEach((member) -> {
				tell(Topics.NEED, member.need().value(), 2, new NeedMerged(regional), 45, asker);
				tell(Topics.NEED, member.need().value(), 3, new NeedDelivered(regional, 1), 50, asker);
			});
			return new Source(regional, 1, asker, members);
		}

		/** SKR makes a national need of some, which goes its way. */
		private void compile(List<Source> sources) {
			NationalNeedId national = new NationalNeedId(id("national", Country.this.nationals++));
			String key = national.value();
			Wording wording = wording(Country.this.nationals);
			int rank = 1 + Country.this.nationals % 66;
			LocalDate due = this.first.plusDays(300);
			tell(Topics.COMPILATION, key, 1, new NationalNeedFormed(this.id, wording, sources), 52, SKR);
			tell(Topics.COMPILATION, key, 2, new ScreeningAsked(List.of(AGENCY), due), 52, SKR);
			tell(Topics.COMPILATION, key, 3, new NationalNeedScreened(Verdict.NEW,
					"Inget kunskapsstöd svarar på frågan.", AGENCY, List.of(), this.first.plusDays(53), null), 53,
					AGENCY);
			tell(Topics.HAND_OFF, key, 1, new NeedHandedOver(this.id, new RoundId(id("round", this.number)), rank,
					wording, sources, AGENCY, List.of(), due), 55, SKR);
			tell(Topics.HAND_OFF, key, 2, new NeedReceived("Dnr " + Country.this.nationals), 56, AGENCY);
			tell(Topics.FEEDBACK, key, 1, new FeedbackDecided(this.id, AGENCY, Decision.NEW_SUPPORT,
					"Kunskapen saknas och stödet tas fram.", due, "En vägledning", null, sources), 57, AGENCY);
		}

	}

}
