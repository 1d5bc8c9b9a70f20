package se.lokalabehov.eventing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the mechanism tells of itself.
 */
final class Meters {

	private final MeterRegistry registry;

	private final Timer publish;

	private final Counter applied;

	private final Counter skipped;

	Meters(MeterRegistry registry) {
		this.registry = registry;
		this.publish = Timer.builder("lokalabehov.publish.latency")
			.description("From an event's acknowledged write to the broker's confirmation")
			.publishPercentileHistogram()
			.register(registry);
		this.applied = registry.counter("lokalabehov.events.applied");
		this.skipped = registry.counter("lokalabehov.events.skipped");
	}

	void command(String collection, Outcome<?> outcome) {
		String result = switch (outcome) {
			case Outcome.Done<?> done -> done.repeated() ? "repeated" : "done";
			case Outcome.Refused<?> refused -> refused.refusal().code();
		};
		this.registry.counter("lokalabehov.commands", "collection", collection, "result", result).increment();
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

	void parked(String projection) {
		this.registry.counter("lokalabehov.events.parked", "projection", projection).increment();
	}

	void gauge(String name, String description, Supplier<Number> value) {
		io.micrometer.core.instrument.Gauge.builder(name, value).description(description).register(this.registry);
	}

}
