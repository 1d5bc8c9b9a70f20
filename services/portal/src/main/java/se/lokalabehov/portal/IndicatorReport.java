package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;

/**
 * What a municipality has said of one half year: every version of it, so that a revision
 * is seen. Kept without events, as harvest sources are: no other service reacts to it and
 * nothing follows from it, so a topic with a contract for ever would have no reader. It
 * is backed up with the store.
 *
 * @param municipality who
 * @param period which half year
 * @param versions at least one, the latest last
 */
record IndicatorReport(String municipality, String period, List<Version> versions) {

	static final AggregateType<IndicatorReport, IndicatorReport> TYPE = AggregateType.kept("indicator-reports",
			IndicatorReport.class);

	private static final int MOST = 100;

	/**
	 * A version.
	 *
	 * @param at when
	 * @param values per cent, 0 to 100; what the municipality does not know is left out
	 */
	record Version(Instant at, Map<Indicator, Integer> values) {
	}

	static String id(String municipality, String period) {
		return municipality + "." + period;
	}

	/** The values that hold. */
	Map<Indicator, Integer> values() {
		return this.versions.getLast().values();
	}

	/**
	 * Says it, for the first time or again.
	 * @param before what was said, if anything
	 * @param given the values by the names of the indicators
	 * @param at when
	 * @param today the day, as a period that has not begun has no values
	 */
	static Decision<IndicatorReport> say(@Nullable IndicatorReport before, String municipality, String period,
			Map<String, Integer> given, Instant at, LocalDate today) {
		return isNoPeriod(period, today).or(() -> isUnknown(given.keySet()))
			.or(() -> isNoShare(given))
			.or(() -> isEmpty(given))
			.<Decision<IndicatorReport>>map(Decision::refuse)
			.orElseGet(() -> {
				Map<Indicator, Integer> values = new EnumMap<>(Indicator.class);
				given.forEach((name, value) -> values.put(Indicator.valueOf(name), value));
				if (before != null && before.values().equals(values)) {
					return Decision.of();
				}
				List<Version> versions = new ArrayList<>((before != null) ? before.versions : List.of());
				versions.add(new Version(at, values));
				return Decision.of(new IndicatorReport(municipality, period, List.copyOf(versions)));
			});
	}

	private static Optional<Refusal> isNoPeriod(String period, LocalDate today) {
		boolean known = HalfYear.of(period).filter(HalfYear.until(today)::contains).isPresent();
		return known ? Optional.empty() : Optional.of(Refusal.invalid("period",
				"Välj ett halvår från andra halvåret 2025 till och med det som pågår, till exempel 2025-2."));
	}

	private static Optional<Refusal> isUnknown(Set<String> names) {
		return names.stream()
			.filter((name) -> List.of(Indicator.values()).stream().noneMatch((one) -> one.name().equals(name)))
			.findFirst()
			.map((name) -> Refusal.invalid("values", "Indikatorn finns inte i listan. Använd någon av dem som finns."));
	}

	private static Optional<Refusal> isNoShare(Map<String, Integer> given) {
		return given.entrySet()
			.stream()
			.filter((one) -> one.getValue() < 0 || one.getValue() > MOST)
			.findFirst()
			.map((one) -> Refusal.invalid("values." + one.getKey(), "Skriv en andel i hela procent, från 0 till 100."));
	}

	private static Optional<Refusal> isEmpty(Map<String, Integer> given) {
		return given.values().stream().anyMatch(Objects::nonNull) ? Optional.empty()
				: Optional.of(Refusal.invalid("values", "Fyll i minst en indikator."));
	}

}
