package se.lokalabehov.standalone;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What a region and those after it do through the API, to come to where a test in a
 * browser begins. Each test takes a region of its own.
 */
final class RegionActs {

	private final Api api;

	private final String cycle;

	private final String rss;

	private final List<String> municipalities;

	/** The region asks its municipalities. */
	RegionActs(Api api, String cycle, String rss) {
		this.api = api;
		this.cycle = cycle;
		this.rss = rss;
		coordinator().post("/collections", Map.of("cycle", cycle, "message", "Vad behöver ni veta?"));
		this.municipalities = coordinator().get("/collections/" + cycle + "." + rss)
			.list("municipalities")
			.stream()
			.map((one) -> one.path("municipality").asString())
			.toList();
	}

	static String day(int ahead) {
		return LocalDate.now(Example.SWEDEN).plusDays(ahead).toString();
	}

	private Api.As coordinator() {
		return this.api.as("samordnare-" + this.rss);
	}

	List<String> municipalities() {
		return this.municipalities;
	}

	private static Map<String, Object> wording(String title) {
		return Map.of("title", title, "question", "Vad hjälper? " + title, "situation", "Vi gör olika i varje ärende.",
				"targetGroups", List.of("BARN"), "needType", "METOD");
	}

	/** The first municipality submits a need. */
	String need(String title) {
		String municipality = this.municipalities.getFirst();
		Api.As approver = this.api.as("godkannare-" + municipality);
		String need = approver
			.post("/needs", Map.of("cycle", this.cycle, "area", "BOU", "municipalities", List.of(municipality),
					"wording", wording(title)))
			.id();
		approver.post("/needs/" + need + "/submission", Map.of());
		return need;
	}

	/** A need becomes a regional need. */
	String formed(String need, String title) {
		return coordinator()
			.post("/regional-needs", Map.of("cycle", this.cycle, "wording", wording(title), "members",
					List.of(Map.of("need", need, "version", 1))))
			.id();
	}

	/** A regional need of one need. */
	String formed(String title) {
		return formed(need(title), title);
	}

	/** A need is asked, delivered, compiled by itself, and SBU is asked to judge it. */
	String compiled(String title) {
		String regional = formed(title);
		coordinator().post("/collections/" + this.cycle + "." + this.rss + "/deliveries",
				Map.of("regionalNeeds", List.of(Map.of("id", regional, "version", 1)), "notDelivered", List.of()));
		Api.As skr = this.api.as(Acts.SKR);
		skr.listWhen("/regional-needs?cycle=" + this.cycle,
				(some) -> some.stream().anyMatch((one) -> one.path("id").asString("").equals(regional)));
		String national = skr
			.post("/national-needs",
					Map.of("cycle", this.cycle, "wording", wording(title), "sources", List.of(regional)))
			.id();
		skr.post("/national-needs/" + national + "/screening-request",
				Map.of("agencies", List.of("SBU"), "due", day(30)));
		return national;
	}

	/** SBU judges that new support is needed. */
	String judged(String national) {
		this.api.as("handlaggare-SBU")
			.post("/national-needs/" + national + "/screening",
					Map.of("verdict", "NEW", "reason", "Ingen översikt finns.", "searchedOn", day(0), "evidence",
							List.of(Map.of("title", "Översikt", "publisher", "SBU", "reference",
									"https://example.org/oversikt", "overview", true))));
		return national;
	}

}
