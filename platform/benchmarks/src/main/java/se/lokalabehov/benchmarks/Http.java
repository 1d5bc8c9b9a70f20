package se.lokalabehov.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * HTTP/1.1 over kept connections and nothing more, because what the one who measures
 * takes of two cores is taken from what is measured: the JDK's client costs several times
 * as much. For any number of threads.
 */
final class Http implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final int TIMEOUT_MILLIS = 60_000;

	/** Shorter than a server keeps a connection that is not used. */
	private static final Duration KEPT = Duration.ofSeconds(5);

	/** A connection, what is read from it, and when it was last used. */
	private record Line(Socket socket, InputStream in, long since) {
	}

	/**
	 * What came back.
	 *
	 * @param status the HTTP status
	 * @param body the body, may be empty
	 * @param eTag the entity tag, may be empty
	 */
	record Answer(int status, byte[] body, String eTag) {

		/** The body as text. */
		String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		/** The body as JSON. */
		JsonNode json() {
			return JSON.readTree(this.body);
		}

		/** The same answer, or whoever asked has failed. */
		Answer expecting(int expected) throws IOException {
			if (this.status != expected) {
				throw new IOException(this.status + " instead of " + expected + ": " + text());
			}
			return this;
		}

	}

	private final Deque<Line> idle = new ConcurrentLinkedDeque<>();

	private final InetSocketAddress address;

	private final String host;

	/**
	 * Speaks to a server on this machine.
	 * @param address such as {@code http://localhost:8080}
	 */
	Http(URI address) {
		this.address = new InetSocketAddress(address.getHost(), address.getPort());
		this.host = address.getAuthority();
	}

	/**
	 * Reads.
	 * @param path with its question
	 * @param token what is borne, or null
	 */
	Answer get(String path, @Nullable String token) throws IOException {
		return send("GET", path, token, null);
	}

	/**
	 * Sends a request and reads the answer.
	 * @param method such as POST
	 * @param path with its question
	 * @param token what is borne, or null
	 * @param body JSON, or null
	 * @param headers name, value, name, value
	 */
	Answer send(String method, String path, @Nullable String token, @Nullable String body, String... headers)
			throws IOException {
		StringBuilder head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ");
		head.append(this.host).append("\r\n");
		if (token != null) {
			head.append("Authorization: Bearer ").append(token).append("\r\n");
		}
		for (int i = 0; i < headers.length; i += 2) {
			head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
		}
		byte[] content = (body != null) ? body.getBytes(StandardCharsets.UTF_8) : new byte[0];
		if (body != null) {
			if (head.indexOf("\r\nContent-Type: ") < 0) {
				head.append("Content-Type: application/json\r\n");
			}
			head.append("Content-Length: ").append(content.length).append("\r\n");
		}
		head.append("\r\n");
		ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + content.length);
		request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
		request.writeBytes(content);
		return exchange(request.toByteArray());
	}

	private Answer exchange(byte[] request) throws IOException {
		Line line = this.idle.pollFirst();
		while (line != null && System.nanoTime() - line.since > KEPT.toNanos()) {
			line.socket.close();
			line = this.idle.pollFirst();
		}
		if (line == null) {
			line = connect();
		}
		boolean kept = false;
		try {
			line.socket.getOutputStream().write(request);
			String status = line(line.in);
			long length = -1;
			boolean chunked = false;
			boolean keep = true;
			String eTag = "";
			for (String header = line(line.in); !header.isEmpty(); header = line(line.in)) {
				int colon = header.indexOf(':');
				String value = header.substring(colon + 1).strip();
				switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
					case "content-length" -> length = Long.parseLong(value);
					case "transfer-encoding" -> chunked = true;
					case "connection" -> keep = !value.equalsIgnoreCase("close");
					case "etag" -> eTag = value;
					default -> {
					}
				}
			}
			int code = Integer.parseInt(status.substring(9, 12));
			byte[] body = chunked ? chunks(line.in) : (code == 204 || code == 304) ? new byte[0]
					: (length >= 0) ? exactly(line.in, (int) length) : line.in.readAllBytes();
			if (keep && (chunked || length >= 0 || code == 204 || code == 304)) {
				kept = true;
				this.idle.addFirst(new Line(line.socket, line.in, System.nanoTime()));
			}
			return new Answer(code, body, eTag);
		}
		finally {
			if (!kept) {
				line.socket.close();
			}
		}
	}

	private Line connect() throws IOException {
		Socket socket = new Socket();
		try {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(TIMEOUT_MILLIS);
			socket.connect(new InetSocketAddress(this.address.getHostString(), this.address.getPort()), TIMEOUT_MILLIS);
			return new Line(socket, new BufferedInputStream(socket.getInputStream()), System.nanoTime());
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder(64);
		for (int one = in.read(); one != '\n'; one = in.read()) {
			if (one < 0) {
				throw new EOFException("the connection was closed");
			}
			if (one != '\r') {
				line.append((char) one);
			}
		}
		return line.toString();
	}

	private static byte[] chunks(InputStream in) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (int size = size(in); size > 0; size = size(in)) {
			body.writeBytes(exactly(in, size));
			line(in);
		}
		line(in);
		return body.toByteArray();
	}

	private static int size(InputStream in) throws IOException {
		return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
	}

	private static byte[] exactly(InputStream in, int length) throws IOException {
		byte[] bytes = in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("the connection was closed");
		}
		return bytes;
	}

	/** Closes what nobody uses. */
	@Override
	public void close() throws IOException {
		for (Line line = this.idle.pollFirst(); line != null; line = this.idle.pollFirst()) {
			line.socket.close();
		}
	}

}
