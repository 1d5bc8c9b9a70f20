package se.lokalabehov.standalone;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.directory.Directory;

/**
 * A need of the example files. All of it is made up, so every title begins with
 * {@code Exempel}: no municipality has said this, no agency has decided it.
 *
 * @param id the file's own, such as {@code k01}
 * @param area its area
 * @param municipalities who stand behind it, the first writes it; none when the file
 * names none
 * @param wording the words
 * @param plan what comes of it; none outside the first cycle
 */
record ExampleNeed(String id, String area, List<String> municipalities, Wording wording, @Nullable Plan plan) {

	private static final String EXAMPLE = "Exempel: ";

	/**
	 * What comes of a need.
	 *
	 * @param regional the regional need that it becomes part of; empty when it goes no
	 * further
	 * @param national the national need that this becomes part of
	 * @param screening the verdict
	 * @param support the support that exists
	 * @param agency the agency that judges, and has the need handed over
	 * @param decision the decision
	 * @param text its reasons
	 */
	record Plan(String regional, String national, String screening, String support, String agency, String decision,
			String text) {
	}

	/** The first cycle: 72 needs and their course. */
	static List<ExampleNeed> firstCycle() {
		Map<String, Plan> plans = Csv.rows("cycle-plan.csv")
			.stream()
			.collect(Collectors.toMap((row) -> row.get("need_id"),
					(row) -> new Plan(row.get("regional_need"), row.get("national_need"), row.get("screening"),
							row.get("existing_support"), row.get("agency"), row.get("decision"),
							row.get("decision_text"))));
		return Csv.rows("cycle-needs.csv")
			.stream()
			.map((row) -> of(row, row.get("municipality_codes"), row.get("target_group"), row.get("support_wanted"),
					plans.get(row.get("id"))))
			.toList();
	}

	/** The second, half-way cycle and the waiting lists: 36 needs. */
	static List<ExampleNeed> secondCycle() {
		// The file has the target groups in words; the form wants the vocabulary's codes.
		Map<String, String> targetGroups = Csv.rows("needs-target-groups.csv")
			.stream()
			.collect(Collectors.toMap((row) -> row.get("id"), (row) -> row.get("target_group")));
		return Csv.rows("needs.csv")
			.stream()
			.map((row) -> of(row, row.get("municipality_code"), targetGroups.getOrDefault(row.get("id"), ""), "", null))
			.toList();
	}

	private static ExampleNeed of(Csv.Row row, String municipalities, String targetGroups, String support,
			@Nullable Plan plan) {
		return new ExampleNeed(row.get("id"), row.get("area"), words(municipalities),
				new Wording(EXAMPLE + row.get("title"), words(targetGroups), row.get("need_type"), row.get("situation"),
						row.get("question"), row.get("consequence"), words(support)),
				plan);
	}

	private static List<String> words(String text) {
		return text.isBlank() ? List.of() : Arrays.asList(text.strip().split(" "));
	}

	/** The municipality that writes it. */
	String author() {
		return this.municipalities.getFirst();
	}

	/** Who asks its author, on the day when the cycle opens. */
	String asker(LocalDate day) {
		return Directory.standard().rssOf(new OrganisationId(author()), day).map(OrganisationId::value).orElse("SKR");
	}

	/** Whether the plan takes it on to a regional need. */
	boolean goesOn() {
		return this.plan != null && !this.plan.regional().isEmpty();
	}

}
