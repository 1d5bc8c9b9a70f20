import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;

import se.lokalabehov.embedded.EmbeddedStore;

/**
 * The embedded store on the port of a MongoDB server. The store listens on the loopback
 * interface only, so what comes from outside is passed on to it.
 */
public final class StoreStandIn {

	private StoreStandIn() {
	}

	/**
	 * Runs until the container stops.
	 * @param arguments the directory of the data
	 * @throws IOException if the port is taken
	 */
	public static void main(String[] arguments) throws IOException {
		EmbeddedStore store = EmbeddedStore.start(Path.of(arguments[0]), 0);
		Runtime.getRuntime().addShutdownHook(new Thread(store::close));
		int port = URI.create(store.connectionString()).getPort();
		try (ServerSocket door = new ServerSocket(27017)) {
			System.out.println("Waiting for connections");
			while (true) {
				Socket client = door.accept();
				Thread.startVirtualThread(() -> connect(client, port));
			}
		}
	}

	private static void connect(Socket client, int port) {
		try (client; Socket inside = new Socket(InetAddress.getLoopbackAddress(), port)) {
			client.setTcpNoDelay(true);
			inside.setTcpNoDelay(true);
			Thread back = Thread.startVirtualThread(() -> pass(inside, client));
			pass(client, inside);
			back.join();
		}
		catch (IOException | InterruptedException ex) {
			// The client went away.
		}
	}

	/** Passes on one direction, and ends the other as well. */
	private static void pass(Socket from, Socket to) {
		try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			in.transferTo(out);
		}
		catch (IOException ex) {
			// The client went away.
		}
	}

}
