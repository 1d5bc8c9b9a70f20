package se.lokalabehov.crash;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network between the platform and a broker or a store that does as it is told. It
 * knows where a message begins and ends and, of Kafka's, what is asked, so that a fault
 * can be put between two exact moments: the request to store an event held back, its
 * answer, or the commit of an offset.
 */
final class Proxy implements AutoCloseable {

	/** Kafka's api keys (protocol guide, "Api Keys"). */
	static final int PRODUCE = 0;

	static final int OFFSET_COMMIT = 8;

	/** How the length of a message is told. */
	enum Protocol {

		/** Four bytes big-endian, not counted themselves. */
		KAFKA,
		/** Four bytes little-endian, counted themselves. */
		MONGO

	}

	/** What becomes of a message. */
	enum Fate {

		/** It goes through. */
		PASS,
		/** It waits here until there is another rule. */
		HOLD,
		/**
		 * It is swallowed, and all that follow it; the connection is ended when that is
		 * over, as nothing can come after something lost.
		 */
		DROP,
		/** The connection is reset. */
		RESET

	}

	/**
	 * A message.
	 *
	 * @param request or an answer
	 * @param api what Kafka is asked, or answers to; -1 for a store
	 * @param bytes all of it
	 */
	record Message(boolean request, int api, byte[] bytes) {

		boolean says(String text) {
			return new String(this.bytes, StandardCharsets.ISO_8859_1).contains(text);
		}

	}

	/** What becomes of messages. */
	interface Rule {

		Rule PASS = (message) -> Fate.PASS;

		Fate of(Message message);

	}

	private final Protocol protocol;

	private final int target;

	private final ServerSocket server;

	private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

	private final AtomicInteger caught = new AtomicInteger();

	private volatile Rule rule = Rule.PASS;

	private volatile long delayMillis;

	/**
	 * A proxy that lets everything through.
	 * @param port where it listens, on loopback
	 * @param target the port where it leads
	 */
	Proxy(Protocol protocol, int port, int target) throws IOException {
		this.protocol = protocol;
		this.target = target;
		this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
		Thread.ofVirtual().start(this::accept);
	}

	/** From now on; what is held is judged anew, what has lost something is ended. */
	void rule(Rule now) {
		this.caught.set(0);
		this.rule = now;
		this.connections.stream().filter((one) -> one.lost).forEach(Connection::reset);
	}

	/** Every message takes so long; 0 for none. */
	void delay(long millis) {
		this.delayMillis = millis;
	}

	/** How many messages the rule has not let through. */
	int caught() {
		return this.caught.get();
	}

	/** As a healthy network. */
	void heal() {
		this.delayMillis = 0;
		rule(Rule.PASS);
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Connection connection = new Connection(this.server.accept());
				this.connections.add(connection);
				Thread.ofVirtual().start(connection::begin);
			}
			catch (IOException ex) {
				// It is closed, or the one who came has gone.
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.connections.forEach(Connection::reset);
	}

	private final class Connection {

		private final Socket near;

		private final Socket far = new Socket();

		private final Map<Integer, Integer> asked = new ConcurrentHashMap<>();

		private volatile boolean lost;

		Connection(Socket near) {
			this.near = near;
		}

		void begin() {
			try {
				this.near.setTcpNoDelay(true);
				this.far.setTcpNoDelay(true);
				this.far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Proxy.this.target), 2000);
			}
			catch (IOException ex) {
				reset();
				return;
			}
			Thread.ofVirtual().start(() -> carry(this.far, this.near, false));
			carry(this.near, this.far, true);
		}

		private void carry(Socket from, Socket to, boolean request) {
			try (Socket source = from; Socket sink = to) {
				DataInputStream in = new DataInputStream(source.getInputStream());
				OutputStream out = sink.getOutputStream();
				byte[] begin = new byte[4];
				while (true) {
					in.readFully(begin);
					ByteBuffer length = ByteBuffer.wrap(begin);
					int left = (Proxy.this.protocol == Protocol.KAFKA) ? length.getInt()
							: length.order(ByteOrder.LITTLE_ENDIAN).getInt() - 4;
					byte[] bytes = new byte[4 + left];
					System.arraycopy(begin, 0, bytes, 0, 4);
					in.readFully(bytes, 4, left);
					pass(new Message(request, api(request, bytes), bytes), out);
				}
			}
			catch (IOException ex) {
				// One side has ended, or was reset: so does the other.
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				Proxy.this.connections.remove(this);
			}
		}

		private int api(boolean request, byte[] bytes) {
			if (Proxy.this.protocol == Protocol.MONGO) {
				return -1;
			}
			ByteBuffer message = ByteBuffer.wrap(bytes);
			if (!request) {
				Integer api = this.asked.remove(message.getInt(4));
				return (api != null) ? api : -1;
			}
			int api = message.getShort(4);
			this.asked.put(message.getInt(8), api);
			return api;
		}

		private void pass(Message message, OutputStream out) throws IOException, InterruptedException {
			if (Proxy.this.delayMillis > 0) {
				TimeUnit.MILLISECONDS.sleep(Proxy.this.delayMillis);
			}
			Rule judged = Proxy.this.rule;
			Fate fate = this.lost ? Fate.DROP : judged.of(message);
			if (fate != Fate.PASS) {
				Proxy.this.caught.incrementAndGet();
			}
			while (fate == Fate.HOLD) {
				TimeUnit.MILLISECONDS.sleep(2);
				Rule now = Proxy.this.rule;
				if (now != judged) {
					judged = now;
					fate = judged.of(message);
				}
			}
			switch (fate) {
				case PASS -> out.write(message.bytes());
				case DROP -> this.lost = true;
				default -> reset();
			}
		}

		void reset() {
			for (Socket socket : new Socket[] { this.near, this.far }) {
				try {
					socket.setSoLinger(true, 0);
					socket.close();
				}
				catch (IOException ex) {
					// It is closed.
				}
			}
		}

	}

}
