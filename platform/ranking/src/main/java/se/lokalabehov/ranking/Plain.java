package se.lokalabehov.ranking;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The explanation in plain Swedish: no word of statistics is left unexplained. */
final class Plain {

	private static final int MOST_NAMED = 3;

	private final Analysis analysis;

	private final List<String> titles;

	Plain(Analysis analysis, List<String> titles) {
		this.analysis = analysis;
		this.titles = titles;
	}

	List<String> item(Explanation.OfItem item) {
		List<String> sentences = new ArrayList<>();
		sentences.add(place(item));
		item.next().forEach((versus) -> sentences.add(versus(item.item(), versus)));
		item.next().stream().filter(Explanation.Versus::against).forEach((one) -> sentences.add(against(item, one)));
		sentences.add("I genomsnitt står den på plats %s på röstsedlarna.".formatted(number(item.meanRank())));
		if (item.groups() != null && !item.groups().spread().equals("0")) {
			sentences
				.add("Grupperna ser olika på den: %s sätter den högst (i genomsnitt plats %s), %s lägst (plats %s)."
					.formatted(item.groups().highest(), number(item.groups().highestMean()), item.groups().lowest(),
							number(item.groups().lowestMean())));
		}
		if (this.analysis.bootstrap().resamples() > 0 && this.analysis.profile().cast() > 0) {
			sentences.add("I %d av %d omräkningar med slumpvis dragna röstsedlar hör den till de %d främsta."
				.formatted(item.inTop(), this.analysis.bootstrap().resamples(), this.analysis.parameters().topK()));
		}
		return sentences;
	}

	private String place(Explanation.OfItem item) {
		List<Integer> tied = this.analysis.ranking()
			.order()
			.stream()
			.filter((group) -> group.contains(item.item()))
			.findFirst()
			.orElseThrow();
		String place = "plats %d av %d".formatted(item.rank(), this.titles.size());
		String score = this.analysis.ranking().scores().isEmpty() ? "" : score(item.item());
		if (tied.size() == 1) {
			return "”%s” hamnar på %s%s.".formatted(title(item.item()), place, score);
		}
		return "”%s” delar %s med %s%s.".formatted(title(item.item()), place,
				named(tied.stream().filter((one) -> one != item.item()).toList()), score);
	}

	private String score(int item) {
		String score = number(this.analysis.ranking().scores().get(item));
		return switch (this.analysis.parameters().method()) {
			case BORDA -> " med %s poäng".formatted(score);
			case RANK_SUM -> " med rangsumman %s (summan av platserna på röstsedlarna, låg är bra)".formatted(score);
			case SCHULZE, RANKED_PAIRS -> wins(item);
			case KEMENY -> "";
		};
	}

	private String wins(int item) {
		int[] ranks = this.analysis.ranking().ranks();
		long after = IntStream.of(ranks).filter((rank) -> rank > ranks[item]).count();
		return " och står före %d av de andra".formatted(after);
	}

	private String versus(int item, Explanation.Versus versus) {
		return "Jämfört med ”%s”: %d sätter ”%s” före, %d sätter den efter, och för %d är de lika eller finns ingen åsikt."
			.formatted(title(versus.other()), versus.before(), title(item), versus.after(), versus.neither());
	}

	private String against(Explanation.OfItem item, Explanation.Versus versus) {
		String start = "Fler sätter alltså ”%s” före%s, men ".formatted(title(versus.other()),
				this.analysis.parameters().balanced() ? " när grupperna väger lika" : "");
		return start + switch (this.analysis.parameters().method()) {
			case SCHULZE ->
				"det finns en kedja åt andra hållet: %s. I varje led är det fler som sätter den första före, och ingen kedja tillbaka är starkare i sitt svagaste led."
					.formatted(versus.chain()
						.stream()
						.map((one) -> "”" + title(one) + "”")
						.collect(Collectors.joining(" före ")));
			case RANKED_PAIRS -> "starkare majoriteter ger tillsammans redan den motsatta ordningen, och de går före.";
			case KEMENY -> "den ordning som sammanlagt går emot minst antal åsikter har dem så här.";
			case BORDA, RANK_SUM ->
				"här räknas hur högt varje röstsedel sätter dem bland alla, och då väger det över åt andra hållet.";
		};
	}

	List<String> panel() {
		List<String> sentences = new ArrayList<>();
		Parameters parameters = this.analysis.parameters();
		sentences
			.add("%d röstsedlar räknades med %s%s.".formatted(this.analysis.profile().cast(), name(parameters.method()),
					parameters.balanced() ? ", så att varje grupp väger lika mycket oavsett hur många den är" : ""));
		agreement(sentences);
		alteration(sentences);
		proof(sentences);
		return sentences;
	}

	/** What the other ways of counting would have changed. */
	List<String> beside() {
		List<String> sentences = new ArrayList<>();
		beside(sentences);
		return sentences;
	}

	private void agreement(List<String> sentences) {
		Agreement whole = this.analysis.agreement();
		if (whole.w() == null) {
			sentences.add("Ingen röstsedel skiljer på förslagen, så det finns ingen samstämmighet att mäta.");
			return;
		}
		sentences.add("Samstämmigheten är %s på en skala från 0 (ingen alls) till 1 (alla har samma ordning)."
			.formatted(number(whole.w())));
		if (whole.p() != null) {
			sentences.add("Om alla röstat helt på måfå hade sannolikheten för minst så stor samstämmighet varit %s."
				.formatted((whole.p().compareTo(new BigDecimal("0.001")) < 0) ? "mindre än 0,001" : number(whole.p())));
		}
		this.analysis.groups().forEach((group, agreement) -> {
			if (agreement.w() != null && agreement.ballots() > 1) {
				sentences.add("Inom gruppen %s är samstämmigheten %s.".formatted(group, number(agreement.w())));
			}
		});
		List<Difference> differences = this.analysis.differences()
			.stream()
			.filter((one) -> !one.spread().equals("0"))
			.limit(MOST_NAMED)
			.toList();
		if (!differences.isEmpty()) {
			sentences.add("Mest skiljer sig grupperna om %s."
				.formatted(named(differences.stream().map(Difference::item).toList())));
		}
	}

	private void alteration(List<String> sentences) {
		Alteration one = this.analysis.alteration();
		if (one == null) {
			return;
		}
		String needed = one.minimum() ? "färre räcker bevisligen inte"
				: "om färre räcker är inte känt, men minst %d behövs".formatted(one.bound());
		sentences.add("Om %s hade sett annorlunda ut hade de %d främsta blivit andra; %s.".formatted(
				(one.ballots() == 1) ? "en enda röstsedel" : one.ballots() + " röstsedlar",
				this.analysis.parameters().topK(), needed));
	}

	private void beside(List<String> sentences) {
		int[] ours = this.analysis.ranking().ranks();
		for (Analysis.Beside one : this.analysis.beside()) {
			int[] theirs = one.ranking().ranks();
			List<Integer> moved = IntStream.range(0, ours.length)
				.filter((item) -> ours[item] != theirs[item])
				.boxed()
				.sorted((a, b) -> Integer.compare(ours[a], ours[b]))
				.toList();
			String way = name(one.ranking().method()) + ((one.balanced() == this.analysis.parameters().balanced()) ? ""
					: one.balanced() ? " och lika vikt för grupperna" : " och lika vikt för personerna");
			sentences.add(moved.isEmpty() ? "Med %s hade ordningen blivit densamma.".formatted(way)
					: "Med %s hade %d av %d fått en annan plats, till exempel %s.".formatted(way, moved.size(),
							ours.length,
							moved.stream()
								.limit(MOST_NAMED)
								.map((item) -> "”%s” plats %d i stället för %d".formatted(title(item), theirs[item],
										ours[item]))
								.collect(Collectors.joining(", "))));
		}
	}

	private void proof(List<String> sentences) {
		Ranking.Proof proof = this.analysis.ranking().proof();
		if (proof == null) {
			return;
		}
		sentences.add(proof.exact() ? "Det är bevisat att ingen ordning stämmer bättre med röstsedlarna."
				: "Ordningen är den bästa som hittades; det är bevisat att ingen ordning stämmer mer än %s procent bättre."
					.formatted(number(proof.gap().movePointRight(2))));
	}

	static String name(Method method) {
		return switch (method) {
			case BORDA -> "Bordas poängmetod (poäng efter plats på varje röstsedel)";
			case SCHULZE -> "Schulzes metod (parvisa jämförelser i kedjor)";
			case RANKED_PAIRS -> "rangordnade par (parvisa jämförelser, starkaste majoriteten först)";
			case KEMENY -> "Kemenys metod (den ordning som går emot minst antal åsikter)";
			case RANK_SUM -> "rangsumma (summan av platserna på röstsedlarna)";
		};
	}

	private String named(List<Integer> items) {
		String names = items.stream()
			.limit(MOST_NAMED)
			.map((item) -> "”" + title(item) + "”")
			.collect(Collectors.joining(", "));
		return (items.size() > MOST_NAMED) ? names + " och %d till".formatted(items.size() - MOST_NAMED) : names;
	}

	private String title(int item) {
		return this.titles.get(item);
	}

	/** With a decimal comma, two decimals; fractions are worked out. */
	private static String number(String exact) {
		int slash = exact.indexOf('/');
		return number((slash < 0) ? new BigDecimal(exact) : new BigDecimal(exact.substring(0, slash))
			.divide(new BigDecimal(exact.substring(slash + 1)), 6, RoundingMode.HALF_EVEN));
	}

	private static String number(BigDecimal value) {
		BigDecimal rounded = value.setScale((value.abs().compareTo(BigDecimal.ONE) < 0) ? 3 : 2,
				RoundingMode.HALF_EVEN);
		return Exact.normal(rounded).toPlainString().replace('.', ',');
	}

}
