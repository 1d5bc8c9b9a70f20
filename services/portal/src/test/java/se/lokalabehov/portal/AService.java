package se.lokalabehov.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * What stands behind the gateway in its tests: answers as it is told and remembers what
 * it was asked.
 */
final class AService implements AutoCloseable {

	private final HttpServer server;

	private final List<Asked> asked = new CopyOnWriteArrayList<>();

	private volatile CountDownLatch held = new CountDownLatch(0);

	private volatile Says says = new Says(200, "{}", Map.of());

	/**
	 * What it was asked.
	 */
	record Asked(String method, String target, Headers headers, String body) {
	}

	/**
	 * What it answers.
	 */
	record Says(int status, String body, Map<String, String> headers) {
	}

	AService() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		Says now = this.says;
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
				exchange.getRequestHeaders(), body));
		try {
			this.held.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (now.status() == 0) {
			// Hangs up without a word.
			exchange.close();
			return;
		}
		try (exchange) {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			now.headers().forEach(exchange.getResponseHeaders()::set);
			byte[] bytes = now.body().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(now.status(), (bytes.length > 0) ? bytes.length : -1);
			exchange.getResponseBody().write(bytes);
		}
	}

	void says(int status, String body, Map<String, String> headers) {
		this.asked.clear();
		this.says = new Says(status, body, headers);
	}

	void hangsUp() {
		says(0, "", Map.of());
	}

	/** Answers nobody before it is told to. */
	void holds() {
		this.held = new CountDownLatch(1);
	}

	void goesOn() {
		this.held.countDown();
	}

	List<Asked> asked() {
		return this.asked;
	}

	String address() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
