package se.lokalabehov.eventing;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The W3C trace context of what happens now, as the door or the inbox left it.
 */
final class Trace {

	/** The name of the header, of the log field and of the CloudEvents extension. */
	static final String PARENT = "traceparent";

	private Trace() {
	}

	/** The {@code traceparent} that an event made now should carry. */
	static @Nullable String current() {
		return MDC.get(PARENT);
	}

	/** Does something that follows from an event, within that event's trace. */
	static void within(@Nullable String parent, Runnable what) {
		if (parent == null) {
			what.run();
			return;
		}
		try (MDC.MDCCloseable ignored = MDC.putCloseable(PARENT, parent)) {
			what.run();
		}
	}

}
