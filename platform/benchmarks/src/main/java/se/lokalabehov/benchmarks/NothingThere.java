package se.lokalabehov.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpServer;

/**
 * Every service, as it is when there is nothing of what is asked for: a list without
 * items. So that a portal can be measured by itself, and does not spend its time on
 * services that are away.
 */
public final class NothingThere {

	private NothingThere() {
	}

	/**
	 * Answers until it is ended.
	 * @param arguments the port to listen on
	 * @throws Exception when it can not listen
	 */
	public static void main(String[] arguments) throws Exception {
		byte[] nothing = "{\"items\":[]}".getBytes(StandardCharsets.UTF_8);
		HttpServer server = HttpServer
			.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
		server.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, nothing.length);
			exchange.getResponseBody().write(nothing);
			exchange.close();
		});
		server.start();
		System.out.println("READY");
	}

}
