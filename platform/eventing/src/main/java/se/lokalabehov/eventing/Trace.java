package se.lokalabehov.eventing;

import java.util.Objects;
import java.util.function.Supplier;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an act and what follows from it in one trace (W3C Trace Context): the event
 * carries the act's {@code traceparent}, and what is done with the event, whenever and
 * wherever, is a span below it.
 */
final class Trace {

	/** The name of the header and of the CloudEvents extension. */
	static final String PARENT = "traceparent";

	private final Tracer tracer;

	private final Propagator propagator;

	Trace(Tracer tracer, Propagator propagator) {
		this.tracer = tracer;
		this.propagator = propagator;
	}

	/** The {@code traceparent} that an event made now should carry. */
	@Nullable String current() {
		Span span = this.tracer.currentSpan();
		if (span == null || span.isNoop() && span.context().traceId().isEmpty()) {
			return null;
		}
		TraceContext context = span.context();
		return "00-" + context.traceId() + "-" + context.spanId()
				+ (Boolean.FALSE.equals(context.sampled()) ? "-00" : "-01");
	}

	/** Does something with an event, within its act's trace. */
	<T> T within(@Nullable String parent, Span.Kind kind, String name, Supplier<T> what) {
		Span span = start(parent, kind, name);
		if (span == null) {
			return what.get();
		}
		try (Tracer.SpanInScope ignored = this.tracer.withSpan(span)) {
			return what.get();
		}
		catch (RuntimeException ex) {
			// Not the exception itself: its message may hold what somebody wrote.
			span.tag("error", ex.getClass().getSimpleName());
			throw ex;
		}
		finally {
			span.end();
		}
	}

	/** A span below an act's; none when the act had none. The caller ends it. */
	@Nullable Span start(@Nullable String parent, Span.Kind kind, String name) {
		if (parent == null) {
			return null;
		}
		return this.propagator
			.extract(parent, (carrier, header) -> header.equals(PARENT) ? Objects.requireNonNull(carrier) : null)
			.kind(kind)
			.name(name)
			.start();
	}

}
