package se.lokalabehov.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where each part listens, on this machine only. Known before anything starts, because
 * the parts are told each other's addresses.
 */
final class Ports {

	private final Map<Part, Integer> ports;

	private Ports(Map<Part, Integer> ports) {
		this.ports = ports;
	}

	/**
	 * The ports of every part.
	 * @param first the portal's; 0 for free ones
	 * @throws IllegalStateException when one of them is taken
	 */
	static Ports from(int first) {
		Map<Part, Integer> ports = new EnumMap<>(Part.class);
		List<ServerSocket> taken = new ArrayList<>();
		try {
			for (Part part : Part.values()) {
				// All are held until all are found, so that no two parts get the same.
				taken.add(take(part, (first == 0) ? 0 : first + part.usualPort() - Part.PORTAL.usualPort()));
				ports.put(part, taken.getLast().getLocalPort());
			}
		}
		finally {
			taken.forEach(Ports::release);
		}
		return new Ports(ports);
	}

	private static ServerSocket take(Part part, int port) {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
			return socket;
		}
		catch (IOException ex) {
			throw new IllegalStateException(
					"Port " + port + ", which " + part.configuration() + " needs, is taken by another program.", ex);
		}
	}

	private static void release(ServerSocket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int of(Part part) {
		return this.ports.getOrDefault(part, 0);
	}

	/**
	 * Where a part is reached. By name, not number: browsers keep what belongs to one
	 * origin by its name.
	 */
	URI address(Part part) {
		return URI.create("http://localhost:" + of(part));
	}

}
