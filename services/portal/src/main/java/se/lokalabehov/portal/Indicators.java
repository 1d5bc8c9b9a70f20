package se.lokalabehov.portal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;

/**
 * The indicators that municipalities report: said by the municipality's approver, read by
 * everybody.
 */
final class Indicators implements AutoCloseable {

	private final Aggregates<IndicatorReport, IndicatorReport> reports;

	private final Clock clock;

	/** Some thousand in ten years: 290 each half year. */
	private final Held<List<IndicatorReport>> all = new Held<>();

	Indicators(Aggregates<IndicatorReport, IndicatorReport> reports, Clock clock) {
		this.reports = reports;
		this.clock = clock;
	}

	Instant now() {
		return this.clock.instant();
	}

	LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), Memberships.SWEDEN);
	}

	/** The half years that can be reported, the latest first. */
	List<HalfYear> periods() {
		return HalfYear.until(today());
	}

	/** Every report, as of some seconds ago. */
	List<IndicatorReport> all() {
		return this.all.get("all", () -> this.reports.all(new Criteria()).stream().map(Stored::state).toList());
	}

	/** A municipality's own, the latest period first. */
	List<IndicatorReport> of(String municipality) {
		return this.reports
			.findAll(periods().stream().map((one) -> IndicatorReport.id(municipality, one.toString())).toList())
			.stream()
			.map(Stored::state)
			.sorted((one, other) -> other.period().compareTo(one.period()))
			.toList();
	}

	/** What a municipality has said of a half year. */
	Optional<Stored<IndicatorReport>> find(String id) {
		return this.reports.find(id);
	}

	/**
	 * Says it.
	 * @param municipality whose; the caller's own
	 */
	Outcome<IndicatorReport> say(Act act, Caller caller, String municipality, String period,
			Map<String, Integer> given) {
		if (!Access.mayReport(caller, municipality)) {
			return Outcome.refuse(Refusal.forbidden("Indikatorer lämnas av kommunens egen godkännare."));
		}
		return this.reports.execute(IndicatorReport.id(municipality, period), act,
				(before) -> IndicatorReport.say(before, municipality, period, given, act.at(), today()));
	}

	/** What several say of one indicator in one period. */
	static List<Integer> values(Stream<IndicatorReport> reports, String period, Indicator indicator) {
		List<Integer> values = new ArrayList<>();
		reports.filter((one) -> one.period().equals(period)).forEach((one) -> {
			@Nullable Integer value = one.values().get(indicator);
			if (value != null) {
				values.add(value);
			}
		});
		return values;
	}

	/** The middle one, the lower of two; none of none. */
	static @Nullable Integer median(Collection<Integer> values) {
		List<Integer> sorted = new ArrayList<>(values);
		Collections.sort(sorted);
		return sorted.isEmpty() ? null : sorted.get((sorted.size() - 1) / 2);
	}

	@Override
	public void close() {
		this.all.close();
	}

}
