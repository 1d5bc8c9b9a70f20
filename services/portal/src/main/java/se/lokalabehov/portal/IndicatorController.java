package se.lokalabehov.portal;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;

/**
 * The indicators of the transition over HTTP: read by everybody, said by a municipality's
 * approver.
 */
@RestController
@RequestMapping("/api/v1/indicators")
@Tag(name = "indicators", description = "Indikatorer för omställningen till socialtjänstlagen")
class IndicatorController {

	private static final String REPORTS = "/api/v1/indicators/reports/";

	private final Indicators indicators;

	private final MessageSource messages;

	IndicatorController(Indicators indicators, MessageSource messages) {
		this.indicators = indicators;
		this.messages = messages;
	}

	@GetMapping
	@Operation(summary = "Indikatorerna, med vad de betyder")
	ResponseEntity<Object> definitions() {
		return Answers.page(new Page<>(Arrays.stream(Indicator.values())
			.map((one) -> new Definition(one.name(), text("indicator." + one), text("indicator." + one + ".hint"),
					"PERCENT"))
			.toList(), null));
	}

	private String text(String key) {
		return this.messages.getMessage(key, null, Locale.of("sv"));
	}

	@GetMapping("/reports")
	@Operation(summary = "Vad en kommun har lämnat, eller alla kommuner ett visst halvår")
	ResponseEntity<Object> reports(@RequestParam @Nullable OrganisationId municipality,
			@RequestParam @Nullable String period) {
		List<IndicatorReport> reports = (municipality != null) ? this.indicators.of(municipality.value())
				: this.indicators.all();
		return Answers.page(new Page<>(reports.stream()
			.filter((one) -> (period != null) ? one.period().equals(period)
					: municipality != null || one.period().equals(this.indicators.periods().getFirst().toString()))
			.map(Report::of)
			.toList(), null));
	}

	@GetMapping("/reports/{id}")
	@Operation(summary = "Vad en kommun har lämnat ett visst halvår, med alla versioner")
	ResponseEntity<Object> report(@PathVariable String id) {
		return Answers.read(this.indicators.find(id), (stored) -> Report.of(stored.state()));
	}

	@PostMapping("/reports")
	@Operation(summary = "Lämnar eller reviderar en kommuns indikatorer för ett halvår")
	ResponseEntity<Object> say(Act act, Caller caller, @RequestBody @Valid NewReport body) {
		return Answers.created(
				this.indicators.say(act, caller, body.municipality().value(), body.period(), body.values()), REPORTS);
	}

	/**
	 * An indicator.
	 *
	 * @param unit always PERCENT: whole per cent of the municipality's units
	 */
	private record Definition(String code, String label, String definition, String unit) {
	}

	/**
	 * A report.
	 *
	 * @param values those that hold
	 * @param versions all, the latest last
	 */
	private record Report(String municipality, String period, Instant at, Map<Indicator, Integer> values,
			List<IndicatorReport.Version> versions) {

		static Report of(IndicatorReport report) {
			return new Report(report.municipality(), report.period(), report.versions().getLast().at(), report.values(),
					report.versions());
		}

	}

	/**
	 * What is said.
	 *
	 * @param municipality whose
	 * @param period the half year, such as 2026-1
	 * @param values per cent by the indicators' codes; those that are not known are left
	 * out
	 */
	record NewReport(@NotNull OrganisationId municipality, @NotBlank String period,
			@NotNull Map<String, @NotNull Integer> values) {
	}

}
