package se.lokalabehov.crash;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import se.lokalabehov.crash.Client.Abandoned;

/**
 * One whole small cycle, told with every kind of command.
 */
final class Story {

	private static final String SKR = "sammanstallare-SKR";

	private static final String ADMINISTRATOR = "administrator-SKR";

	private final Client client;

	private final int redacting;

	private final int times;

	Story(Client client) {
		this(client, 3, 1);
	}

	/**
	 * A story.
	 * @param client who tells it
	 * @param redacting in one story of so many something is redacted, which lets its
	 * whole topic be sent again
	 * @param times how often all that can happen more than once in a cycle happens
	 */
	Story(Client client, int redacting, int times) {
		this.client = client;
		this.redacting = redacting;
		this.times = times;
	}

	void tell() throws Abandoned {
		LocalDate today = LocalDate.now(ZoneOffset.UTC);
		String cycle = opened(today);
		List<String> stockholm = region(cycle, today, "RSS-01", "0180", "0127");
		List<String> gothenburg = region(cycle, today, "RSS-14-GR", "1480", "1384");
		List<String> first = new ArrayList<>();
		List<String> second = new ArrayList<>();
		List<String> answered = new ArrayList<>();
		for (int i = 0; i < this.times; i++) {
			first.add(national(cycle, today, stockholm.get(i), "NEW"));
			second.add(national(cycle, today, gothenburg.get(i), "ADAPT"));
			answered.add(national(cycle, today, stockholm.get(i), "EXISTS"));
		}
		this.client.post(SKR, "/cycles/" + cycle + "/compiling-closing", Map.of());
		rank(cycle, Stream.concat(first.stream(), second.stream()).toList());
		for (int i = 0; i < this.times; i++) {
			hand(first.get(i), "SOS", "SBU", today);
			this.client.post(SKR, "/national-needs/" + second.get(i) + "/below-the-line",
					Map.of("reason", "Ryms inte"));
			feedBack(first.get(i), today);
			this.client.post("socialchef-0180", "/question-notes", Map.of("text", "Hur då?"));
			catalogue();
		}
		if (this.client.random().nextInt(this.redacting) == 0) {
			this.client.post(ADMINISTRATOR, "/national-needs/" + answered.getFirst() + "/redaction",
					Map.of("reason", "Uppgift om enskild"));
		}
		this.client.post(SKR, "/cycles/" + cycle + "/finish", Map.of("summary", "Klart"));
	}

	/**
	 * The beginning of another one, up to a round that nobody closes but its deadline;
	 * gives the round.
	 */
	String untilRanked(Instant deadline) throws Abandoned {
		LocalDate today = LocalDate.now(ZoneOffset.UTC);
		String cycle = opened(today);
		String regional = region(cycle, today, "RSS-01", "0180", "0127").getFirst();
		String first = national(cycle, today, regional, "NEW");
		String second = national(cycle, today, regional, "ADAPT");
		this.client.post(SKR, "/cycles/" + cycle + "/compiling-closing", Map.of());
		return ranked(cycle, List.of(first, second), deadline);
	}

	private String opened(LocalDate today) throws Abandoned {
		String cycle = this.client.post("socialchef-0180", "/cycles",
				Map.of("area", "SBB", "title", "Omgång", "why", "Viktigt", "choosers", List.of("0180", "1480")));
		this.client.post(SKR, "/cycles/" + cycle + "/opening",
				Map.of("timetable", Map.of("ANSWER", today.plusDays(10), "DELIVER", today.plusDays(20), "SCREEN",
						today.plusDays(30), "RANK", today.plusDays(40), "FEED_BACK", today.plusDays(50))));
		this.client.post(SKR, "/cycles/" + cycle + "/extensions",
				Map.of("step", "ANSWER", "until", today.plusDays(12), "reason", "Fler ska hinna"));
		return cycle;
	}

	/** Moments 2 and 3 in one region; gives the delivered regional needs. */
	private List<String> region(String cycle, LocalDate today, String rss, String one, String other) throws Abandoned {
		String coordinator = "samordnare-" + rss;
		String collection = this.client.post(coordinator, "/collections",
				Map.of("cycle", cycle, "due", today.plusDays(8), "message", "Vad behöver ni veta?"));
		this.client.post(coordinator, "/collections/" + collection + "/reminders", Map.of("message", "Hör av er"));
		this.client.post(coordinator, "/collections/" + collection + "/extension",
				Map.of("due", today.plusDays(9), "reason", "Fler ska hinna"));
		this.client.post("godkannare-" + other, "/collections/" + collection + "/no-needs",
				Map.of("municipality", other, "comment", "Inga just nu"));
		List<String> regionals = new ArrayList<>();
		List<String> local = new ArrayList<>();
		for (int i = 0; i < this.times; i++) {
			regional(cycle, today, rss, one, other, regionals, local);
		}
		this.client.post(coordinator, "/collections/" + collection + "/deliveries",
				Map.of("regionalNeeds", regionals.stream().map((id) -> Map.of("id", id, "version", 2)).toList(),
						"notDelivered",
						local.stream().map((need) -> Map.of("need", need, "reason", "För lokalt")).toList()));
		return regionals;
	}

	/** What municipalities need, one regional need of it, and one need that stays. */
	private void regional(String cycle, LocalDate today, String rss, String one, String other, List<String> regionals,
			List<String> local) throws Abandoned {
		String coordinator = "samordnare-" + rss;
		String author = "forfattare-" + one;
		String approver = "godkannare-" + one;
		String note = this.client.post(author, "/question-notes", Map.of("text", "Vad hjälper?", "area", "SBB"));
		this.client.post(coordinator, "/question-notes/" + note + "/clustering", Map.of("cluster", "Hjälp"));
		String need = this.client.post(author, "/needs", Map.of("cycle", cycle, "area", "SBB", "municipalities",
				List.of(one, other), "wording", wording("Utkast"), "namesMunicipalities", true));
		this.client.put(author, "/needs/" + need, Map.of("cycle", cycle, "area", "SBB", "municipalities",
				List.of(one, other), "wording", wording("Utkast två"), "namesMunicipalities", true), "/needs/" + need);
		this.client.post(approver, "/needs/" + need + "/submission", Map.of());
		this.client.put(approver, "/needs/" + need + "/wording",
				Map.of("wording", wording("Reviderat"), "municipalities", List.of(one, other)), "/needs/" + need);
		this.client.post(coordinator, "/needs/" + need + "/clarifications",
				Map.of("question", "Vilka menar ni?", "due", today.plusDays(5)));
		String recorded = this.client.post(coordinator, "/needs/recordings", Map.of("cycle", cycle, "area", "SBB",
				"municipalities", List.of(one), "wording", wording("Ur ett möte"), "occasion", "Nätverksmöte"));
		this.client.post(approver, "/needs/" + recorded + "/confirmation", Map.of("namesMunicipalities", false));
		String turned = submitted(cycle, one, "Finns redan");
		this.client.post(coordinator, "/needs/" + turned + "/turning-back",
				Map.of("because", "EXISTS", "answer", "Det finns en kurs", "support", "Kursen"));
		String waiting = submitted(cycle, one, "Annat område");
		this.client.post(coordinator, "/needs/" + waiting + "/waitlisting",
				Map.of("area", "EKB", "answer", "Hör till ekonomiskt bistånd"));
		String withdrawn = submitted(cycle, one, "Dras tillbaka");
		this.client.post(approver, "/needs/" + withdrawn + "/withdrawal", Map.of("reason", "Löst"));
		String regional = this.client.post(coordinator, "/regional-needs",
				Map.of("cycle", cycle, "wording", wording("Regionalt"), "members",
						List.of(Map.of("need", need, "version", 2), Map.of("need", recorded, "version", 1))));
		this.client.put(coordinator, "/regional-needs/" + regional,
				Map.of("wording", wording("Regionalt två"), "members", List.of(Map.of("need", need, "version", 2))),
				"/regional-needs/" + regional);
		String split = this.client.post(coordinator, "/regional-needs", Map.of("cycle", cycle, "wording",
				wording("Delas igen"), "members", List.of(Map.of("need", recorded, "version", 1))));
		this.client.post(coordinator, "/regional-needs/" + split + "/dissolution", Map.of("reason", "Inte samma sak"));
		regionals.add(regional);
		local.add(recorded);
	}

	private String submitted(String cycle, String municipality, String title) throws Abandoned {
		String need = this.client.post("forfattare-" + municipality, "/needs", Map.of("cycle", cycle, "area", "SBB",
				"municipalities", List.of(municipality), "wording", wording(title), "namesMunicipalities", false));
		this.client.post("godkannare-" + municipality, "/needs/" + need + "/submission", Map.of());
		return need;
	}

	private String national(String cycle, LocalDate today, String regional, String verdict) throws Abandoned {
		String national = this.client.post(SKR, "/national-needs",
				Map.of("cycle", cycle, "wording", wording("Nationellt"), "sources", List.of(regional)));
		this.client.put(SKR, "/national-needs/" + national,
				Map.of("wording", wording("Nationellt två"), "sources", List.of(regional)),
				"/national-needs/" + national);
		this.client.post(SKR, "/national-needs/" + national + "/screening-request",
				Map.of("agencies", List.of("SOS", "SBU"), "due", today.plusDays(20)));
		Map<String, Object> judged = new HashMap<>(Map.of("verdict", verdict, "reason", "Så bedömer vi", "searchedOn",
				today.minusDays(1), "evidence",
				List.of(Map.of("title", "Översikten", "publisher", "SBU", "reference", "SBU 300", "overview", true))));
		if (!verdict.equals("NEW")) {
			judged.put("support", "Vägledningen");
		}
		this.client.post("handlaggare-SBU", "/national-needs/" + national + "/screening", judged);
		return national;
	}

	/** A round in which every seat has voted; gives its id. */
	private String ranked(String cycle, List<String> items, Instant deadline) throws Abandoned {
		List<String> chiefs = List.of("0180", "0127", "1480", "1384", "1280");
		String round = this.client.post(SKR, "/prioritisation-rounds", Map.of("level", "NATIONAL", "cycle", cycle,
				"title", "Nationell prioritering", "items", items, "panel",
				chiefs.stream()
					.map((code) -> Map.of("seat", "plats-" + code, "organisation", code, "office", "Socialchef"))
					.toList(),
				"quorum", 3, "deadline", deadline, "method", "borda", "unranked", "LAST", "procedure",
				Map.of("observers", List.of("SBU"))));
		for (String chief : chiefs) {
			List<Integer> order = new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
			Collections.shuffle(order, this.client.random());
			this.client.ballot("socialchef-" + chief, round, "plats-" + chief,
					Map.of("seat", "plats-" + chief, "ranking",
							order.stream().map((place) -> List.of(items.get(place))).toList(), "conflicts", List.of()),
					order.stream().map(String::valueOf).collect(Collectors.joining(">")));
		}
		return round;
	}

	private void rank(String cycle, List<String> items) throws Abandoned {
		String round = ranked(cycle, items, Instant.now().plus(2, ChronoUnit.HOURS));
		this.client.post(SKR, "/prioritisation-rounds/" + round + "/reminders", Map.of("message", "Rösta gärna"));
		this.client.post(SKR, "/prioritisation-rounds/" + round + "/seats/plats-0180/holder-change",
				Map.of("note", "Ny socialchef"));
		this.client.post("handlaggare-SBU", "/prioritisation-rounds/" + round + "/comments",
				Map.of("item", items.getFirst(), "text", "En översikt är på väg."));
		this.client.post(SKR, "/prioritisation-rounds/" + round + "/extensions",
				Map.of("deadline", Instant.now().plus(3, ChronoUnit.HOURS), "reason", "Fler ska hinna"));
		this.client.post(SKR, "/prioritisation-rounds/" + round + "/closing", Map.of());
	}

	private void hand(String national, String agency, String wrong, LocalDate today) throws Abandoned {
		this.client.post(SKR, "/hand-offs", Map.of("nationalNeed", national, "agency", wrong, "contributors", List.of(),
				"due", today.plusDays(30)));
		this.client.post("handlaggare-" + wrong, "/hand-offs/" + national + "/return",
				Map.of("reason", "Inte vårt uppdrag"));
		this.client.post(SKR, "/hand-offs", Map.of("nationalNeed", national, "agency", agency, "contributors",
				List.of(wrong), "due", today.plusDays(30)));
		this.client.post("handlaggare-" + agency, "/hand-offs/" + national + "/receipt",
				Map.of("registration", "4.1-12345/2026"));
	}

	private void feedBack(String national, LocalDate today) throws Abandoned {
		this.client.post("handlaggare-SOS", "/feedback/" + national + "/decisions",
				Map.of("decision", "NEW_SUPPORT", "why", "Kunskapen saknas", "expected", today.plusYears(1)));
		this.client.post("handlaggare-SOS", "/feedback/" + national + "/progress",
				Map.of("text", "Arbetet har börjat"));
		this.client.post("handlaggare-SOS", "/feedback/" + national + "/deliveries",
				Map.of("title", "Vägledning", "kind", "VAGLEDNING", "link", "https://example.org/vagledning"));
		String need = this.client.read(SKR, "/national-needs/" + national)
			.body()
			.path("sources")
			.path(0)
			.path("members")
			.path(0)
			.path("need")
			.asString("");
		this.client.post("godkannare-0180", "/follow-ups", Map.of("nationalNeed", national, "need", need, "grades",
				Map.of("RELEVANCE", 4, "TIMELINESS", 2, "USE", 3, "DIFFERENCE", 3), "comment", "Till nytta"));
	}

	private void catalogue() throws Abandoned {
		Map<String, Object> content = report("En rapport");
		String record = this.client.post("redaktor-FOUV", "/records", Map.of("content", content));
		this.client.put("redaktor-FOUV", "/records/" + record, Map.of("content", content, "change", "Rättat"),
				"/records/" + record);
		this.client.post("redaktor-FOUV", "/records/" + record + "/custody",
				Map.of("custodian", "RSS-01", "reason", "Enheten läggs ned"));
		this.client.post("redaktor-RSS-01", "/records/" + record + "/withdrawal", Map.of("reason", "Ersatt"));
	}

	/** What a record of the catalogue says. */
	static Map<String, Object> report(String title) {
		return Map.of("kind", "REPORT", "title", title, "description", "Om något", "publisher", "FOUV", "language",
				"sv", "areas", List.of("SBB"), "targetGroups", List.of("VUX"), "identifiers", List.of(), "report",
				Map.of("authors", List.of("FoU"), "year", LocalDate.now(ZoneOffset.UTC).getYear(), "method", ""));
	}

	private static Map<String, Object> wording(String title) {
		return Map.of("title", title, "targetGroups", List.of("VUX"), "needType", "METOD", "situation",
				"Så här ser det ut", "question", "Vad fungerar?", "consequence", "Stödet uteblir", "supportWanted",
				List.of("VAGLEDNING"));
	}

}
