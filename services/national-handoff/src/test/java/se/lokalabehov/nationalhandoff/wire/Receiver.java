package se.lokalabehov.nationalhandoff.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import se.lokalabehov.agencyclient.AgencyClient;

/**
 * An agency's system (the reference client) behind a front that can fail in every way
 * that fronts do.
 */
final class Receiver implements AutoCloseable {

	/** What the front does with a request. */
	enum Mood {

		/** Lets the agency's system take it. */
		WELL,
		/** Closes the connection. */
		DOWN,
		/** Answers 500. */
		FAILING,
		/** Answers 503 and asks to be left alone for two hours. */
		BUSY,
		/** Says that it is there no longer. */
		GONE,
		/** Sends to somewhere else. */
		ELSEWHERE,
		/** Takes it, and then answers a byte at a time without end. */
		DRIPPING,
		/** Takes it, and then does not answer until it is let go. */
		HOLDING,
		/** Takes it twice. */
		REPLAYING

	}

	/**
	 * A request as it came.
	 *
	 * @param headers by name
	 * @param body to the letter
	 */
	record Came(Map<String, List<String>> headers, String body) {
	}

	private final HttpServer server;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final List<Came> came = new CopyOnWriteArrayList<>();

	private final CountDownLatch letGo = new CountDownLatch(1);

	private volatile Mood mood = Mood.WELL;

	private volatile String elsewhere = "";

	private volatile AgencyClient system;

	Receiver(Function<InetSocketAddress, AgencyClient> system) {
		InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
		this.system = system.apply(free);
		try {
			this.server = HttpServer.create(free, 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	/** The host and port of the front. */
	String place() {
		return "127.0.0.1:" + this.server.getAddress().getPort();
	}

	URI address() {
		return URI.create("http://" + place() + "/webhook");
	}

	AgencyClient system() {
		return this.system;
	}

	/** Another agency's system takes over, with what the first has on disk. */
	void restarted(Function<InetSocketAddress, AgencyClient> system) {
		this.system.close();
		this.system = system.apply(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	void is(Mood mood) {
		this.mood = mood;
	}

	void sendsTo(URI elsewhere) {
		this.elsewhere = elsewhere.toString();
		is(Mood.ELSEWHERE);
	}

	void letGo() {
		this.letGo.countDown();
	}

	List<Came> came() {
		return this.came;
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			Came one = new Came(Map.copyOf(exchange.getRequestHeaders()),
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			this.came.add(one);
			switch (this.mood) {
				case WELL -> exchange.sendResponseHeaders(take(one), -1);
				case REPLAYING -> {
					take(one);
					exchange.sendResponseHeaders(take(one), -1);
				}
				case FAILING -> exchange.sendResponseHeaders(500, -1);
				case BUSY -> {
					exchange.getResponseHeaders().set("Retry-After", "7200");
					exchange.sendResponseHeaders(503, -1);
				}
				case GONE -> exchange.sendResponseHeaders(410, -1);
				case ELSEWHERE -> {
					exchange.getResponseHeaders().set("Location", this.elsewhere);
					exchange.sendResponseHeaders(307, -1);
				}
				case DRIPPING -> {
					take(one);
					drip(exchange);
				}
				case HOLDING -> {
					take(one);
					this.letGo.await();
				}
				case DOWN -> {
					// Closed without a word.
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private int take(Came one) {
		return this.system.receive(one.headers(), one.body());
	}

	private static void drip(HttpExchange exchange) throws IOException, InterruptedException {
		exchange.sendResponseHeaders(200, 0);
		while (true) {
			exchange.getResponseBody().write('.');
			exchange.getResponseBody().flush();
			Thread.sleep(50);
		}
	}

	@Override
	public void close() {
		letGo();
		this.server.stop(0);
		this.threads.shutdownNow();
		this.system.close();
	}

}
