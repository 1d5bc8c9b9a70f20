package se.lokalabehov.portal;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.http.HttpSession;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import se.lokalabehov.security.Caller;

/**
 * Tells open pages that something in their cycle has changed, and nothing of what: a page
 * then reads anew with its own right. Whoever may not see what changed is not told.
 * Several changes within half a second are told as one; a stream ends with its session,
 * and after ten minutes anyhow, so that the next one is asked for by whoever is still
 * logged in.
 */
@Component
class Changes {

	static final int MOST = 500;

	static final int MOST_OF_A_SESSION = 6;

	private static final Duration LIFE = Duration.ofMinutes(10);

	private static final Duration TICK = Duration.ofMillis(500);

	/** In ticks: twenty seconds, which proxies leave a silent answer alone. */
	private static final int HEARTBEAT = 40;

	private final Set<Stream> streams = ConcurrentHashMap.newKeySet();

	/** A slow browser holds up nobody else. */
	private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("changes").factory());

	private int ticks;

	Changes() {
		this.clock.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
	}

	private record Stream(String cycle, Caller caller, HttpSession session, SseEmitter emitter, AtomicBoolean changed) {

		/** The servlet API has no other way to ask. */
		boolean isOver() {
			try {
				this.session.getCreationTime();
				return false;
			}
			catch (IllegalStateException ex) {
				return true;
			}
		}

	}

	/**
	 * A new stream.
	 * @param cycle whose changes
	 * @return none when there are too many
	 */
	Optional<SseEmitter> open(String cycle, Caller caller, HttpSession session) {
		long own = this.streams.stream().filter((one) -> one.session().getId().equals(session.getId())).count();
		if (own >= MOST_OF_A_SESSION || this.streams.size() >= MOST) {
			return Optional.empty();
		}
		SseEmitter emitter = new SseEmitter(LIFE.toMillis());
		Stream stream = new Stream(cycle, caller, session, emitter, new AtomicBoolean());
		emitter.onCompletion(() -> this.streams.remove(stream));
		emitter.onTimeout(emitter::complete);
		this.streams.add(stream);
		send(stream, SseEmitter.event().comment(""));
		return Optional.of(emitter);
	}

	/** Something has happened to it. */
	void told(Node node) {
		this.streams.stream()
			.filter((stream) -> stream.cycle().equals(node.cycle())
					&& Access.sight(stream.caller(), node, new Gathered()) != Sight.NONE)
			.forEach((stream) -> stream.changed().set(true));
	}

	private void tick() {
		this.ticks++;
		this.streams.forEach((stream) -> {
			if (stream.isOver()) {
				stream.emitter().complete();
				this.streams.remove(stream);
			}
			else if (stream.changed().getAndSet(false)) {
				this.senders.execute(() -> send(stream, SseEmitter.event().name("andrat").data("")));
			}
			else if (this.ticks % HEARTBEAT == 0) {
				this.senders.execute(() -> send(stream, SseEmitter.event().comment("")));
			}
		});
	}

	private void send(Stream stream, SseEmitter.SseEventBuilder event) {
		try {
			stream.emitter().send(event);
		}
		catch (IOException | IllegalStateException ex) {
			this.streams.remove(stream);
		}
	}

	/** How many are open. */
	int open() {
		return this.streams.size();
	}

	/** Before the server waits for answers that are under way. */
	@EventListener
	void close(ContextClosedEvent event) {
		this.clock.shutdownNow();
		this.streams.forEach((stream) -> stream.emitter().complete());
		this.senders.shutdown();
	}

}
