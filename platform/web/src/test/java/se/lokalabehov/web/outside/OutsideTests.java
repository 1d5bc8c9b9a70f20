package se.lokalabehov.web.outside;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import se.lokalabehov.web.outside.Outside.Answer;
import se.lokalabehov.web.outside.Outside.Limits;
import se.lokalabehov.web.outside.Outside.Names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an address outside can do to us, over real connections.
 */
class OutsideTests {

	private static final int BYTES = 100_000;

	/** What the machine itself may hold between two sockets, and more. */
	private static final long BUFFERS = 32_000_000;

	private static final String NOT_OUT = "Adressen leder inte ut på det öppna nätet.";

	private static final String NO_ADDRESS = "Adressen är ingen webbadress.";

	private static final Names REAL = InetAddress::getAllByName;

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1/", "http://127.8.8.8/", "http://[::1]/", "http://[::]/",
			"http://0.0.0.0/", "http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/",
			"http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://168.63.129.16/",
			"http://100.100.100.200/", "http://[fd00:ec2::254]/", "http://192.0.0.192/", "http://100.64.0.1/",
			"http://198.18.0.1/", "http://192.88.99.1/", "http://203.0.113.9/", "http://224.0.0.1/",
			"http://255.255.255.255/", "http://240.0.0.1/", "http://[fe80::1]/", "http://[fc00::1]/",
			"http://[fec0::1]/", "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
			"http://[::127.0.0.1]/", "http://[2002:7f00:1::]/", "http://[2002:a9fe:a9fe::1]/",
			"http://[64:ff9b::7f00:1]/", "http://[64:ff9b::8.8.8.8]/", "http://[64:ff9b:1::1]/",
			"http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "http://[2001:db8::1]/",
			"http://[2a00:1450::5efe:127.0.0.1]/", "http://[2a00:1450::200:5efe:10.0.0.1]/" })
	void anAddressThatIsNotPublicIsRefusedBeforeAnybodyIsAsked(String address) {
		try (Outside outside = outside((host) -> {
			throw new AssertionError("asked for " + host);
		})) {
			assertThat(outside.fault(URI.create(address))).isEqualTo(NOT_OUT);
			assertThatThrownBy(() -> outside.get(URI.create(address), Map.of())).isInstanceOf(OutsideProblem.class)
				.hasMessage(NOT_OUT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/",
			"http://127.1/", "http://127.0.1/", "http://127.0.0.1./", "http://017700000001/", "http://0/",
			"http://8.8.8.010/", "http://1.2.3.256/", "http://1.2.3.4.5/", "http://example.0x7f/",
			"http://[fe80::1%25lo]/", "http://a@127.0.0.1/", "http://example.org@127.0.0.1/", "http:///x", "http:x",
			"//example.org/", "/x", "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/",
			"jar:file:///x!/y", "http://example.org:0/", "http://example.org:65536/", "http://exa_mple.org/" })
	void whatIsNoAddressOrOneInDisguiseIsRefusedBeforeAnybodyIsAsked(String address) {
		try (Outside outside = outside((host) -> {
			throw new AssertionError("asked for " + host);
		})) {
			assertThatThrownBy(() -> outside.get(URI.create(address), Map.of())).isInstanceOf(OutsideProblem.class)
				.hasMessage(NO_ADDRESS);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://example.org/", "https://example.org:8443/oai?x=y", "http://8.8.8.8/",
			"http://[2a00:1450:400f::1]/", "http://[2002:808:808::1]/", "http://3com.example/", "http://1.example/" })
	void anAddressOnThePublicNetworkIsInOrder(String address) {
		try (Outside outside = outside(REAL)) {
			assertThat(outside.fault(URI.create(address))).isNull();
		}
	}

	@Test
	void oneAddressOfSeveralThatIsNotPublicIsEnough() throws Exception {
		try (Outside outside = outside((host) -> new InetAddress[] { address("8.8.8.8"), address("10.0.0.1") })) {
			assertThatThrownBy(() -> outside.get(URI.create("http://forvar.example/"), Map.of())).hasMessage(NOT_OUT);
		}
	}

	@Test
	void aNameIsLookedUpOnceAndWhatWasLookedAtIsWhatIsAsked() throws Exception {
		List<String> heads = new CopyOnWriteArrayList<>();
		AtomicInteger asked = new AtomicInteger();
		try (Server server = new Server((in, out) -> {
			heads.addAll(head(in));
			out.write(answer("hej"));
		})) {
			Names rebinding = (host) -> {
				assertThat(host).isEqualTo("forvar.example");
				return new InetAddress[] { address((asked.incrementAndGet() == 1) ? "127.0.0.1" : "127.0.0.2") };
			};
			String place = "forvar.example:" + server.port();
			try (Outside outside = new Outside(new Limits(BYTES, Duration.ofSeconds(30), List.of(place)), rebinding,
					SSLContext.getDefault())) {
				Answer answer = outside.get(URI.create("http://" + place + "/oai?verb=Identify&x=%C3%A5"),
						Map.of("X-Own", "1"));

				assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("hej");
			}
			assertThat(asked).hasValue(1);
			assertThat(heads).contains("GET /oai?verb=Identify&x=%C3%A5 HTTP/1.1", "Host: " + place, "X-Own: 1");
		}
	}

	@Test
	void aServerThatProvesAnotherNameIsNotAsked(@TempDir Path home) throws Exception {
		SSLContext tls = tls(home, "forvar.example");
		try (Server server = new Server(tls, (in, out) -> {
			head(in);
			out.write(answer("hemligt"));
		})) {
			Names names = (host) -> new InetAddress[] { address("127.0.0.1") };
			Limits limits = new Limits(BYTES, Duration.ofSeconds(30),
					List.of("forvar.example:" + server.port(), "annan.example:" + server.port()));
			try (Outside outside = new Outside(limits, names, tls)) {
				URI right = URI.create("https://forvar.example:" + server.port() + "/");
				URI wrong = URI.create("https://annan.example:" + server.port() + "/");

				assertThat(new String(outside.get(right, Map.of()).body(), StandardCharsets.UTF_8))
					.isEqualTo("hemligt");
				assertThatThrownBy(() -> outside.get(wrong, Map.of())).isInstanceOf(OutsideProblem.class);
			}
		}
	}

	@Test
	void aRedirectIsAnAnswerAndNotFollowed() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		try (Server server = new Server((in, out) -> {
			head(in);
			asked.incrementAndGet();
			out.write(("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/admin\r\n"
					+ "Content-Length: 0\r\nConnection: close\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		}); Outside outside = outside(server)) {
			Answer answer = outside.get(server.address(), Map.of());

			assertThat(answer.status()).isEqualTo(302);
			assertThat(answer.headers()).containsEntry("location", "http://127.0.0.1:1/admin");
			assertThat(asked).hasValue(1);
		}
	}

	@Test
	void whatIsPostedArrivesAsItIs() throws Exception {
		List<String> heads = new CopyOnWriteArrayList<>();
		try (Server server = new Server((in, out) -> {
			heads.addAll(head(in));
			heads.add(new String(in.readNBytes(5), StandardCharsets.UTF_8));
			out.write(answer(""));
		}); Outside outside = outside(server)) {
			Answer answer = outside.post(server.address(), Map.of("Content-Type", "application/json"),
					"[\"å\"]".substring(0, 4).getBytes(StandardCharsets.UTF_8));

			assertThat(answer.status()).isEqualTo(200);
			assertThat(heads).contains("Content-Type: application/json", "Content-Length: 5", "[\"å\"");
		}
	}

	@Test
	void anEndlessBodyIsReadNoFurtherThanItMayBe() throws Exception {
		byte[] part = new byte[10_000];
		try (Server server = new Server((in, out) -> {
			head(in);
			out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			forEver(() -> out.write(part));
		}); Outside outside = outside(server)) {
			assertThatThrownBy(() -> outside.get(server.address(), Map.of())).hasMessage("Svaret är för stort.");
			server.awaitEnd();
			assertThat(server.written()).isLessThan(BUFFERS);
		}
	}

	@Test
	void anEndlessGzipBombIsReadNoFurtherThanItMayBe() throws Exception {
		ByteArrayOutputStream zeros = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(zeros)) {
			gzip.write(new byte[10_000_000]);
		}
		byte[] bomb = zeros.toByteArray();
		try (Server server = new Server((in, out) -> {
			head(in);
			out.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII));
			forEver(() -> out.write(bomb));
		}); Outside outside = outside(server)) {
			assertThat(bomb.length).isLessThan(BYTES);
			assertThatThrownBy(() -> outside.get(server.address(), Map.of())).hasMessage("Svaret är för stort.");
			server.awaitEnd();
			assertThat(server.written()).isLessThan(BUFFERS);
		}
	}

	@Test
	void endlessHeadersAreReadNoFurtherThanTheyMayBe() throws Exception {
		try (Server server = new Server((in, out) -> {
			head(in);
			out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
			forEver(() -> out.write(("X-" + "x".repeat(1000) + ": y\r\n").getBytes(StandardCharsets.US_ASCII)));
		}); Outside outside = outside(server)) {
			assertThatThrownBy(() -> outside.get(server.address(), Map.of()))
				.hasMessage("Adressen svarar inte, eller inte som den ska.");
			server.awaitEnd();
			assertThat(server.written()).isLessThan(BUFFERS);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "HTTP/1.1 200 OK\r\nX: " })
	void aSlowDripEndsAtTheTimeLimit(String begins) throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		try (Server server = new Server((in, out) -> {
			head(in);
			out.write(begins.getBytes(StandardCharsets.US_ASCII));
			try {
				forEver(() -> {
					Thread.sleep(20);
					out.write('x');
				});
			}
			finally {
				ended.countDown();
			}
		});
				Outside outside = new Outside(
						new Limits(BYTES, Duration.ofMillis(500), List.of("127.0.0.1:" + server.port())))) {
			assertThatThrownBy(() -> outside.get(server.address(), Map.of())).hasMessage("Svaret kom inte fram i tid.");
			ended.await();
		}
	}

	@Test
	void whatIsCutOffIsNoAnswer() throws Exception {
		try (Server server = new Server((in, out) -> {
			head(in);
			out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhej".getBytes(StandardCharsets.US_ASCII));
		}); Outside outside = outside(server)) {
			assertThatThrownBy(() -> outside.get(server.address(), Map.of()))
				.hasMessage("Adressen svarar inte, eller inte som den ska.");
		}
	}

	private static Outside outside(Names names) {
		try {
			return new Outside(new Limits(BYTES, Duration.ofSeconds(30), List.of()), names, SSLContext.getDefault());
		}
		catch (java.security.NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Outside outside(Server server) {
		return new Outside(new Limits(BYTES, Duration.ofSeconds(60), List.of("127.0.0.1:" + server.port())));
	}

	private static InetAddress address(String written) throws UnknownHostException {
		return InetAddress.getByName(written);
	}

	private static byte[] answer(String body) {
		return ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body)
			.getBytes(StandardCharsets.US_ASCII);
	}

	private static List<String> head(InputStream in) throws IOException {
		List<String> lines = new CopyOnWriteArrayList<>();
		StringBuilder line = new StringBuilder();
		for (int one = in.read(); one >= 0; one = in.read()) {
			if (one == '\n') {
				if (line.isEmpty()) {
					return lines;
				}
				lines.add(line.toString());
				line.setLength(0);
			}
			else if (one != '\r') {
				line.append((char) one);
			}
		}
		return lines;
	}

	/** A certificate for a name, trusted by itself. */
	private static SSLContext tls(Path home, String name) throws Exception {
		Path store = home.resolve("store.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name,
				"-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit")
			.redirectErrorStream(true)
			.start();
		String said;
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(keytool.getInputStream(), StandardCharsets.UTF_8))) {
			said = String.join("\n", reader.lines().toList());
		}
		assertThat(keytool.waitFor()).as(said).isZero();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, "changeit".toCharArray());
		}
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(keys, "changeit".toCharArray());
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(keys);
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
		return tls;
	}

	private static void forEver(Step step) throws IOException, InterruptedException {
		while (!Thread.currentThread().isInterrupted()) {
			step.take();
		}
	}

	/** One step of what never ends. */
	@FunctionalInterface
	private interface Step {

		void take() throws IOException, InterruptedException;

	}

	/** What a server does with one connection. */
	@FunctionalInterface
	private interface Talk {

		void with(InputStream in, OutputStream out) throws IOException, InterruptedException;

	}

	/** A server that says whatever it likes, and counts what it could get rid of. */
	private static final class Server implements AutoCloseable {

		private final ServerSocket socket;

		private final AtomicLong written = new AtomicLong();

		private final CountDownLatch end = new CountDownLatch(1);

		Server(Talk talk) throws IOException {
			this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), talk);
		}

		Server(SSLContext tls, Talk talk) throws IOException {
			this(tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), talk);
		}

		private Server(ServerSocket socket, Talk talk) {
			this.socket = socket;
			Thread.ofVirtual().start(() -> {
				while (!socket.isClosed()) {
					try (Socket one = socket.accept()) {
						talk.with(one.getInputStream(), new Counting(one.getOutputStream()));
					}
					catch (IOException | InterruptedException ex) {
						// The other side has had enough, or the test has.
						this.end.countDown();
					}
				}
			});
		}

		int port() {
			return this.socket.getLocalPort();
		}

		URI address() {
			return URI.create("http://127.0.0.1:" + port() + "/");
		}

		long written() {
			return this.written.get();
		}

		void awaitEnd() throws InterruptedException {
			this.end.await();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

		private final class Counting extends OutputStream {

			private final OutputStream out;

			Counting(OutputStream out) {
				this.out = out;
			}

			@Override
			public void write(int one) throws IOException {
				this.out.write(one);
				Server.this.written.incrementAndGet();
			}

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				this.out.write(bytes, offset, length);
				Server.this.written.addAndGet(length);
			}

		}

	}

}
