package se.lokalabehov.standalone;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;

/**
 * Measures how long the page of a closed round takes to its first byte, at a standalone
 * that runs on the usual ports: makes a national round with 66 needs and 100 seats
 * through the API, in six groups, lets them rank by Schulze's method and closes it.
 */
public final class RankedPage {

	private static final URI PORTAL = URI.create("http://localhost:8080");

	private static final String MUNICIPALITY = "0380";

	private static final String RSS = "RSS-03";

	private static final int NEEDS = 66;

	private static final int SEATS = 100;

	private final Api api = new Api(PORTAL, URI.create("http://localhost:9000"));

	private final LocalDate today = LocalDate.now(ZoneId.of("Europe/Stockholm"));

	private RankedPage() {
	}

	/**
	 * Measures.
	 * @param arguments none
	 * @throws Exception when the platform does not answer
	 */
	public static void main(String[] arguments) throws Exception {
		String round = new RankedPage().closedRound();
		URI page = PORTAL.resolve("/prioritering/" + round + "/resultat");
		firstBytes(page, 50);
		System.out.printf(Locale.ROOT, "load average %.1f, %d processors%n",
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
				Runtime.getRuntime().availableProcessors());
		long[] nanos = firstBytes(page, 200);
		Arrays.sort(nanos);
		System.out.printf(Locale.ROOT,
				"page of a closed round with %d needs, %s, first byte: p50 %.1f ms, p95 %.1f ms%n", NEEDS, page,
				nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 95 / 100] / 1e6);
		System.exit(0);
	}

	private static long[] firstBytes(URI page, int count) throws Exception {
		long[] nanos = new long[count];
		try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			for (int i = 0; i < count; i++) {
				long began = System.nanoTime();
				HttpResponse<InputStream> answer = http.send(HttpRequest.newBuilder(page).build(),
						HttpResponse.BodyHandlers.ofInputStream());
				try (InputStream body = answer.body()) {
					if (answer.statusCode() != 200 || body.read() < 0) {
						throw new IllegalStateException(page + " answers " + answer.statusCode());
					}
					nanos[i] = System.nanoTime() - began;
					body.readAllBytes();
				}
			}
		}
		return nanos;
	}

	private String closedRound() {
		String cycle = this.api.as("socialchef-" + MUNICIPALITY)
			.post("/cycles",
					Map.of("area", "EKB", "title", "Mätning", "why", "Mätning", "choosers", List.of(MUNICIPALITY)))
			.id();
		Api.As skr = this.api.as("sammanstallare-SKR");
		skr.post("/cycles/" + cycle + "/opening", Map.of("timetable", Map.of("ANSWER", day(30), "DELIVER", day(60),
				"SCREEN", day(90), "RANK", day(120), "FEED_BACK", day(365))));
		Api.As rss = this.api.as("samordnare-" + RSS);
		rss.post("/collections", Map.of("cycle", cycle, "message", "Vad saknar ni?"));
		String need = this.api.as("forfattare-" + MUNICIPALITY)
			.post("/needs",
					Map.of("cycle", cycle, "area", "EKB", "municipalities", List.of(MUNICIPALITY), "wording",
							wording("Ett behov")))
			.id();
		this.api.as("godkannare-" + MUNICIPALITY).post("/needs/" + need + "/submission", Map.of());
		String regional = rss.post("/regional-needs", Map.of("cycle", cycle, "wording", wording("Ett regionalt behov"),
				"members", List.of(Map.of("need", need, "version", 1))))
			.id();
		rss.post("/collections/" + cycle + "." + RSS + "/deliveries",
				Map.of("regionalNeeds", List.of(Map.of("id", regional, "version", 1))));
		List<String> items = IntStream.rangeClosed(1, NEEDS)
			.mapToObj((i) -> screened(skr, cycle, regional, "Mätning: nationellt behov nummer " + i))
			.toList();
		return ranked(skr, cycle, items);
	}

	private String screened(Api.As skr, String cycle, String regional, String title) {
		String id = skr
			.post("/national-needs", Map.of("cycle", cycle, "wording", wording(title), "sources", List.of(regional)))
			.id();
		skr.post("/national-needs/" + id + "/screening-request", Map.of("agencies", List.of("SBU"), "due", day(90)));
		this.api.as("handlaggare-SBU")
			.post("/national-needs/" + id + "/screening",
					Map.of("verdict", "NEW", "reason", "Inget finns.", "searchedOn", day(0)));
		return id;
	}

	private String ranked(Api.As skr, String cycle, List<String> items) {
		List<String> seats = Directory.standard()
			.organisations(Kind.MUNICIPALITY)
			.stream()
			.map((one) -> one.id())
			.map(OrganisationId::value)
			.sorted()
			.limit(SEATS)
			.toList();
		String round = skr.post("/prioritisation-rounds",
				Map.of("level", "NATIONAL", "cycle", cycle, "title", "Mätning", "items", items, "panel",
						IntStream.range(0, SEATS)
							.mapToObj((i) -> Map.of("seat", seats.get(i), "organisation", seats.get(i), "office",
									"Socialchef", "group", "Grupp " + i % 6))
							.toList(),
						"quorum", 50, "deadline", Instant.now().plus(Duration.ofDays(1)).toString(), "method",
						"schulze", "unranked", "LAST"))
			.id();
		Random random = new Random(66);
		List<String> order = new ArrayList<>(items);
		for (String seat : seats) {
			for (int swap = 0; swap < 40; swap++) {
				int at = random.nextInt(NEEDS - 1);
				Collections.swap(order, at, at + 1);
			}
			this.api.as("socialchef-" + seat)
				.post("/prioritisation-rounds/" + round + "/ballots",
						Map.of("seat", seat, "ranking", order.stream().map(List::of).toList(), "conflicts", List.of()));
		}
		skr.post("/prioritisation-rounds/" + round + "/closing", Map.of());
		this.api.anybody().get("/prioritisation-rounds/" + round + "/explanation");
		return round;
	}

	private String day(int after) {
		return this.today.plusDays(after).toString();
	}

	private static Map<String, Object> wording(String title) {
		return Map.of("title", title, "targetGroups", List.of("ANH"), "needType", "METOD", "situation",
				"Så här är det hos oss.", "question", "Vad vet man?", "consequence", "Annars händer inget.",
				"supportWanted", List.of("VAGLEDNING"));
	}

}
