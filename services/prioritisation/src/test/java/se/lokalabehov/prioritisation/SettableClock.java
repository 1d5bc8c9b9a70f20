package se.lokalabehov.prioritisation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The service's clock, which a test can put forward and back.
 */
final class SettableClock extends Clock {

	private volatile Duration ahead = Duration.ZERO;

	void setAhead(Duration ahead) {
		this.ahead = ahead;
	}

	@Override
	public Instant instant() {
		return Instant.now().plus(this.ahead);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
