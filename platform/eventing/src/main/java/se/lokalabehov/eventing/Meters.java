package se.lokalabehov.eventing;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * What the mechanism tells of itself; each meter is a row of the table in
 * {@code deploy/README.md}.
 */
final class Meters {

	/** Why an event is parked. */
	enum Cause {

		/** It can not be read as an event of its topic. */
		UNREADABLE,
		/** The fold or the reaction failed. */
		FAILED,
		/** It waits for an earlier one of its key. */
		GAP

	}

	private final MeterRegistry registry;

	private final Timer publish;

	private final Counter applied;

	private final Counter skipped;

	Meters(MeterRegistry registry) {
		this.registry = registry;
		this.publish = Timer.builder("lokalabehov.publish.latency")
			.description("From sending an event to the broker's confirmation")
			.serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100),
					Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30))
			.register(registry);
		this.applied = Counter.builder("lokalabehov.events.applied")
			.description("Events folded into a view, rebuilds included")
			.register(registry);
		this.skipped = Counter.builder("lokalabehov.events.skipped")
			.description("Events that a view already had")
			.register(registry);
	}

	void command(String collection, Outcome<?> outcome) {
		String result = switch (outcome) {
			case Outcome.Done<?> done -> done.repeated() ? "repeated" : "done";
			case Outcome.Refused<?> refused -> refused.refusal().code();
		};
		Counter.builder("lokalabehov.commands")
			.description("Acts on aggregates, by what became of them")
			.tags("collection", collection, "result", result)
			.register(this.registry)
			.increment();
	}

	void published(Duration latency) {
		this.publish.record(latency);
	}

	void applied(int events) {
		this.applied.increment(events);
	}

	void skipped() {
		this.skipped.increment();
	}

	/** Counts from zero on, so that the first one parked is seen as an increase. */
	void projection(String projection) {
		for (Cause cause : Cause.values()) {
			parked(projection, cause);
		}
	}

	Counter parked(String projection, Cause cause) {
		return Counter.builder("lokalabehov.events.parked")
			.description("Times that an event was parked, by cause")
			.tags("projection", projection, "cause", cause.name().toLowerCase(Locale.ROOT))
			.register(this.registry);
	}

	void gauge(String name, String description, Supplier<Number> value) {
		Gauge.builder(name, value).description(description).register(this.registry);
	}

	void gauge(String name, String description, String unit, Supplier<Number> value, String... tags) {
		Gauge.builder(name, value).description(description).baseUnit(unit).tags(tags).register(this.registry);
	}

}
