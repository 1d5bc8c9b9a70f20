package se.lokalabehov.portal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * The indicators of the transition to the new act: what each municipality has said,
 * beside its region and the country, over time.
 */
@Page
class IndicatorPages {

	private final Indicators indicators;

	private final CurrentDirectory directory;

	IndicatorPages(Indicators indicators, CurrentDirectory directory) {
		this.indicators = indicators;
		this.directory = directory;
	}

	/**
	 * What some municipalities say of an indicator.
	 *
	 * @param code of the RSS; none for the country, and for municipalities without
	 * @param reported how many have said something
	 * @param of how many there are
	 * @param median none when nobody has
	 */
	record Row(@Nullable String code, String name, int reported, int of, @Nullable Integer median,
			@Nullable Integer lowest, @Nullable Integer highest) {

		private static Row of(@Nullable String code, String name, int of, List<Integer> values) {
			return new Row(code, name, values.size(), of, Indicators.median(values),
					values.stream().min(Comparator.naturalOrder()).orElse(null),
					values.stream().max(Comparator.naturalOrder()).orElse(null));
		}

	}

	/** A half year, with the medians of the country. */
	record Over(HalfYear period, int reported, @Nullable Integer median) {
	}

	@GetMapping("/oversikt/indikatorer")
	ModelAndView compare(@RequestParam Optional<String> indikator, @RequestParam Optional<String> period) {
		Indicator indicator = Arrays.stream(Indicator.values())
			.filter((one) -> indikator.map(one.name()::equals).orElse(false))
			.findFirst()
			.orElse(Indicator.values()[0]);
		List<HalfYear> periods = this.indicators.periods();
		List<IndicatorReport> all = this.indicators.all();
		HalfYear chosen = period.flatMap(HalfYear::of)
			.filter(periods::contains)
			.or(() -> periods.stream()
				.filter((one) -> all.stream().anyMatch((report) -> report.period().equals(one.toString())))
				.findFirst())
			.orElse(periods.getFirst());
		Directory now = this.directory.now();
		Map<String, List<String>> members = new LinkedHashMap<>();
		now.organisations(Kind.MUNICIPALITY)
			.forEach((one) -> members
				.computeIfAbsent(now.rssOf(one.id(), this.directory.today()).map(OrganisationId::value).orElse(""),
						(rss) -> new ArrayList<>())
				.add(one.id().value()));
		List<Row> rows = members.entrySet()
			.stream()
			.map((region) -> Row.of(region.getKey().isEmpty() ? null : region.getKey(), Names.of(region.getKey()),
					region.getValue().size(),
					Indicators.values(all.stream().filter((one) -> region.getValue().contains(one.municipality())),
							chosen.toString(), indicator)))
			.sorted(Comparator.comparing(Row::name, Words.SWEDISH))
			.toList();
		return new ModelAndView("portal/indikatorer").addObject("indicators", Indicator.values())
			.addObject("indicator", indicator)
			.addObject("periods", periods)
			.addObject("period", chosen)
			.addObject("country",
					Row.of(null, "", now.organisations(Kind.MUNICIPALITY).size(),
							Indicators.values(all.stream(), chosen.toString(), indicator)))
			.addObject("rows", rows)
			.addObject("over", periods.reversed().stream().map((one) -> {
				List<Integer> values = Indicators.values(all.stream(), one.toString(), indicator);
				return new Over(one, values.size(), Indicators.median(values));
			}).toList());
	}

	/**
	 * An indicator of one municipality in one half year.
	 *
	 * @param value none when it has not said
	 * @param region the median of its region
	 * @param country the median of the country
	 */
	record Value(HalfYear period, @Nullable Integer value, @Nullable Integer region, @Nullable Integer country) {
	}

	/** An indicator of one municipality over time, the latest half year first. */
	record Line(Indicator indicator, List<Value> values) {
	}

	/** A value that was said again. */
	record Revised(Instant at, HalfYear period, Indicator indicator, @Nullable Integer before,
			@Nullable Integer after) {
	}

	@GetMapping("/oversikt/kommun/{kod}/indikatorer")
	ModelAndView municipality(@PathVariable String kod, @RequestParam Optional<String> gjort, Caller caller) {
		Optional<Organisation> municipality = this.directory.now()
			.organisations(Kind.MUNICIPALITY)
			.stream()
			.filter((one) -> one.id().value().equals(kod))
			.findFirst();
		if (municipality.isEmpty()) {
			return PageProblems.notFound();
		}
		List<IndicatorReport> own = this.indicators.of(kod);
		return new ModelAndView("portal/indikatorer-kommun").addObject("code", kod)
			.addObject("name", municipality.get().officialName())
			.addObject("mayReport", Access.mayReport(caller, kod))
			.addObject("done", gjort.map((one) -> "indicators.done").orElse(null))
			.addObject("reported", !own.isEmpty())
			.addObject("lines", lines(municipality.get(), own))
			.addObject("revised", own.stream().flatMap(IndicatorPages::revised).toList());
	}

	private List<Line> lines(Organisation municipality, List<IndicatorReport> own) {
		Directory now = this.directory.now();
		List<String> neighbours = now.rssOf(municipality.id(), this.directory.today())
			.map((rss) -> now.members(rss, this.directory.today()).stream().map(OrganisationId::value).toList())
			.orElse(List.of());
		List<IndicatorReport> all = this.indicators.all();
		return Arrays.stream(Indicator.values())
			.map((indicator) -> new Line(indicator, this.indicators.periods().stream().map((period) -> {
				String half = period.toString();
				return new Value(period, Indicators.median(Indicators.values(own.stream(), half, indicator)),
						Indicators.median(
								Indicators.values(all.stream().filter((one) -> neighbours.contains(one.municipality())),
										half, indicator)),
						Indicators.median(Indicators.values(all.stream(), half, indicator)));
			}).toList()))
			.toList();
	}

	private static Stream<Revised> revised(IndicatorReport report) {
		HalfYear period = HalfYear.of(report.period()).orElse(HalfYear.FIRST);
		List<Revised> revised = new ArrayList<>();
		for (int i = 1; i < report.versions().size(); i++) {
			IndicatorReport.Version before = report.versions().get(i - 1);
			IndicatorReport.Version after = report.versions().get(i);
			for (Indicator indicator : Indicator.values()) {
				@Nullable Integer was = before.values().get(indicator);
				@Nullable Integer is = after.values().get(indicator);
				if (was == null ? is != null : !was.equals(is)) {
					revised.add(new Revised(after.at(), period, indicator, was, is));
				}
			}
		}
		return revised.reversed().stream();
	}

	@GetMapping("/oversikt/indikatorer.csv")
	ResponseEntity<byte[]> csv() {
		CsvText csv = new CsvText("halvar", "kommunkod", "kommun", "indikator", "procent", "version", "lamnad");
		this.indicators.all()
			.stream()
			.sorted(Comparator.comparing(IndicatorReport::period).thenComparing(IndicatorReport::municipality))
			.forEach((report) -> {
				for (int i = 0; i < report.versions().size(); i++) {
					IndicatorReport.Version version = report.versions().get(i);
					String number = String.valueOf(i + 1);
					version.values()
						.forEach((indicator, value) -> csv.row(report.period(), report.municipality(),
								Names.of(report.municipality()), indicator.name(), String.valueOf(value), number,
								version.at().toString()));
				}
			});
		return csv.file("indikatorer.csv");
	}

	// Saying it

	@GetMapping("/indikatorer")
	@For(Role.MUNICIPALITY_APPROVER)
	@Menu(value = "indicators", order = 35)
	ModelAndView write(@RequestParam Optional<String> period, Caller caller) {
		List<HalfYear> periods = this.indicators.periods();
		HalfYear chosen = period.flatMap(HalfYear::of).filter(periods::contains).orElse(periods.getFirst());
		Map<String, String> said = new HashMap<>();
		this.indicators.find(IndicatorReport.id(caller.organisation().value(), chosen.toString()))
			.ifPresent((stored) -> stored.state()
				.values()
				.forEach((indicator, value) -> said.put(indicator.name(), String.valueOf(value))));
		return form(chosen, said, !said.isEmpty(), null, caller);
	}

	private ModelAndView form(HalfYear period, Map<String, String> typed, boolean again, @Nullable Trouble trouble,
			Caller caller) {
		ModelAndView page = new ModelAndView("portal/indikatorer-lamna").addObject("indicators", Indicator.values())
			.addObject("periods", this.indicators.periods())
			.addObject("period", period)
			.addObject("typed", typed)
			.addObject("again", again)
			.addObject("code", caller.organisation().value())
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	@PostMapping("/indikatorer")
	@For(Role.MUNICIPALITY_APPROVER)
	ModelAndView say(@RequestParam String period, @RequestParam String nyckel, @RequestParam Map<String, String> form,
			Caller caller) {
		String own = caller.organisation().value();
		Map<String, Integer> values = new LinkedHashMap<>();
		List<Trouble.Field> wrong = new ArrayList<>();
		for (Indicator indicator : Indicator.values()) {
			String text = form.getOrDefault(indicator.name(), "").strip().replaceFirst("\\s*%$", "");
			if (text.matches("\\d{1,3}")) {
				values.put(indicator.name(), Integer.valueOf(text));
			}
			else if (!text.isEmpty()) {
				wrong.add(new Trouble.Field(indicator.name(), "Skriv en andel i hela procent, från 0 till 100."));
			}
		}
		HalfYear chosen = HalfYear.of(period).orElse(this.indicators.periods().getFirst());
		if (!wrong.isEmpty()) {
			return form(chosen, form, false, new Trouble(null, "indicators.wrong", wrong), caller);
		}
		Act act = new Act(caller.organisation(), Role.MUNICIPALITY_APPROVER.wireName(), caller.subject(),
				this.indicators.now(), Act.sha256(caller.subject() + "|" + nyckel), Act.sha256(period + values), null);
		return switch (this.indicators.say(act, caller, own, period, values)) {
			case Outcome.Done<IndicatorReport> ignored ->
				new ModelAndView("redirect:/oversikt/kommun/" + own + "/indikatorer?gjort");
			case Outcome.Refused<IndicatorReport> refused ->
				form(chosen, form, false, trouble(refused.refusal()), caller);
		};
	}

	private static Trouble trouble(Refusal refusal) {
		return new Trouble(refusal.fields().isEmpty() ? refusal.detail() : null,
				refusal.fields().isEmpty() ? null : "indicators.wrong",
				refusal.fields()
					.stream()
					.map((field) -> new Trouble.Field(field.name().replaceFirst("^values\\.", ""), field.detail()))
					.toList());
	}

}
