package se.lokalabehov.nationalhandoff.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The time, which a test can move forward.
 */
final class MovableClock extends Clock {

	static final MovableClock SHARED = new MovableClock();

	private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

	void pass(Duration time) {
		this.ahead.updateAndGet((before) -> before.plus(time));
	}

	@Override
	public Instant instant() {
		return Clock.systemUTC().instant().plus(this.ahead.get());
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

	/**
	 * In place of the service's clock.
	 */
	@Configuration(proxyBeanMethods = false)
	static class InTheService {

		@Bean
		Clock clock() {
			return SHARED;
		}

	}

}
