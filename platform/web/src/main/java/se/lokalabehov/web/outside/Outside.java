package se.lokalabehov.web.outside;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StreamUtils;

/**
 * Asks an address that somebody else has chosen, so that it can lead nowhere but out and
 * cost no more than was agreed. The name is looked up once, every address that it has is
 * looked at, and the connection goes to one of these very addresses, with the name in
 * {@code Host} and TLS; a name server that answers otherwise a moment later is not asked.
 * Redirects are not followed: they are an answer like any other. What is read (unpacked),
 * how long it takes from the lookup to the last byte, and the heads of the answer are
 * bounded. Each question has a connection of its own, which is closed when a limit is
 * reached, whatever is still to come.
 */
public final class Outside implements AutoCloseable {

	private static final int CONNECT_MILLIS = 10_000;

	private static final Http1Config HTTP = Http1Config.custom()
		.setMaxLineLength(8192)
		.setMaxHeaderCount(100)
		.setMaxEmptyLineCount(10)
		.build();

	private static final HttpProcessor PROCESSOR = HttpProcessorBuilder.create()
		.addAll(new RequestTargetHost(), new RequestContent())
		.build();

	/**
	 * Its last part is a number: it is read as an IPv4 address, whatever it looks like.
	 */
	private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

	private static final Pattern FOUR_NUMBERS = Pattern
		.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

	private final Limits limits;

	private final Names names;

	private final SSLContext tls;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	/**
	 * Asks within limits.
	 * @param limits what it may cost
	 */
	public Outside(Limits limits) {
		this(limits, InetAddress::getAllByName, standard());
	}

	Outside(Limits limits, Names names, SSLContext tls) {
		this.limits = limits;
		this.names = names;
		this.tls = tls;
	}

	private static SSLContext standard() {
		try {
			return SSLContext.getDefault();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a question may cost.
	 *
	 * @param bytes of the answer's body, unpacked
	 * @param time for the whole of it
	 * @param allowed hosts ({@code host:port}) that may have an address that is not
	 * public
	 */
	public record Limits(int bytes, Duration time, List<String> allowed) {
	}

	/**
	 * An answer.
	 *
	 * @param status HTTP status
	 * @param headers by their names in lower case; of several of one name the first
	 * @param body unpacked
	 */
	public record Answer(int status, Map<String, String> headers, byte[] body) {
	}

	/** Looks a name up. */
	@FunctionalInterface
	interface Names {

		InetAddress[] addressesOf(String host) throws UnknownHostException;

	}

	/**
	 * What is wrong with an address, as far as can be said without asking anybody: for
	 * the form in which somebody enters it.
	 * @return in Swedish; none when nothing is
	 */
	public @Nullable String fault(URI address) {
		String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
		String host = address.getHost();
		if (host == null || !(scheme.equals("http") || scheme.equals("https")) || address.getRawUserInfo() != null
				|| address.getPort() == 0 || address.getPort() > 65_535 || host.indexOf('%') >= 0
				|| (NUMBER.matcher(host).matches() && !FOUR_NUMBERS.matcher(host).matches())) {
			return "Adressen är ingen webbadress.";
		}
		boolean literal = host.startsWith("[") || FOUR_NUMBERS.matcher(host).matches();
		return (literal && !isAllowed(address) && !PublicAddress.is(PublicAddress.literal(host)))
				? "Adressen leder inte ut på det öppna nätet." : null;
	}

	/**
	 * Reads what is at an address.
	 * @param headers to send besides
	 * @return whatever was answered
	 * @throws OutsideProblem when nothing was, within the limits
	 */
	public Answer get(URI address, Map<String, String> headers) throws OutsideProblem {
		return ask("GET", address, headers, null);
	}

	/**
	 * Sends something to an address, once.
	 * @param headers to send besides, {@code Content-Type} with them
	 * @return whatever was answered
	 * @throws OutsideProblem when nothing was, within the limits; it may have arrived
	 */
	public Answer post(URI address, Map<String, String> headers, byte[] body) throws OutsideProblem {
		return ask("POST", address, headers, new ByteArrayEntity(body, null));
	}

	private Answer ask(String method, URI address, Map<String, String> headers, @Nullable HttpEntity entity)
			throws OutsideProblem {
		String fault = fault(address);
		if (fault != null) {
			throw new OutsideProblem(fault);
		}
		BasicClassicHttpRequest request = new BasicClassicHttpRequest(method, address);
		request.setHeader("User-Agent", "lokala-behov");
		request.setHeader("Accept-Encoding", "gzip");
		request.setHeader("Connection", "close");
		headers.forEach(request::setHeader);
		request.setEntity(entity);
		Future<Answer> answer = submitted(address, request);
		try {
			return answer.get(this.limits.time().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new OutsideProblem("Svaret kom inte fram i tid.");
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof OutsideProblem problem) {
				throw problem;
			}
			throw new OutsideProblem("Adressen svarar inte, eller inte som den ska.");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new OutsideProblem("Frågan avbröts.");
		}
		finally {
			// Of a virtual thread this closes the socket, too.
			answer.cancel(true);
		}
	}

	private Future<Answer> submitted(URI address, ClassicHttpRequest request) throws OutsideProblem {
		try {
			return this.threads.submit(() -> exchange(address, request));
		}
		catch (RejectedExecutionException ex) {
			throw new OutsideProblem("Frågan avbröts.");
		}
	}

	private Answer exchange(URI address, ClassicHttpRequest request) throws IOException, HttpException, OutsideProblem {
		try (Socket socket = connected(address)) {
			HttpClientConnection connection = DefaultBHttpClientConnectionFactory.builder()
				.http1Config(HTTP)
				.build()
				.createConnection(secured(socket, address));
			HttpRequestExecutor executor = new HttpRequestExecutor();
			HttpCoreContext context = HttpCoreContext.create();
			executor.preProcess(request, PROCESSOR, context);
			ClassicHttpResponse response = executor.execute(request, connection, context);
			Map<String, String> headers = new LinkedHashMap<>();
			for (Header header : response.getHeaders()) {
				headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
			}
			return new Answer(response.getCode(), headers, (response.getEntity() != null)
					? body(response.getEntity().getContent(), headers.get("content-encoding")) : new byte[0]);
		}
	}

	private byte[] body(InputStream content, @Nullable String encoding) throws IOException, OutsideProblem {
		// To close it would be to read the rest of it.
		InputStream raw = StreamUtils.nonClosing(content);
		try (InputStream in = "gzip".equalsIgnoreCase(encoding) ? new GZIPInputStream(raw) : raw) {
			byte[] body = in.readNBytes(this.limits.bytes() + 1);
			if (body.length > this.limits.bytes()) {
				throw new OutsideProblem("Svaret är för stort.");
			}
			return body;
		}
	}

	private boolean isAllowed(URI address) {
		return this.limits.allowed().contains(address.getHost() + ":" + address.getPort());
	}

	private Socket connected(URI address) throws IOException, OutsideProblem {
		String host = address.getHost().replaceAll("[\\[\\]]", "");
		InetAddress[] addresses = lookedUp(host);
		if (!isAllowed(address)) {
			for (InetAddress one : addresses) {
				if (!PublicAddress.is(one)) {
					throw new OutsideProblem("Adressen leder inte ut på det öppna nätet.");
				}
			}
		}
		IOException last = new UnknownHostException();
		for (InetAddress one : addresses) {
			Socket socket = new Socket(Proxy.NO_PROXY);
			try {
				socket.connect(new InetSocketAddress(one, portOf(address)), CONNECT_MILLIS);
				return socket;
			}
			catch (SocketException | SocketTimeoutException ex) {
				socket.close();
				last = ex;
			}
		}
		throw last;
	}

	private InetAddress[] lookedUp(String host) throws OutsideProblem {
		try {
			return this.names.addressesOf(host);
		}
		catch (UnknownHostException ex) {
			throw new OutsideProblem("Adressen finns inte.");
		}
	}

	private Socket secured(Socket socket, URI address) throws IOException {
		if (!address.getScheme().equalsIgnoreCase("https")) {
			return socket;
		}
		SSLSocket secured = (SSLSocket) this.tls.getSocketFactory()
			.createSocket(socket, address.getHost(), portOf(address), true);
		SSLParameters parameters = secured.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		secured.setSSLParameters(parameters);
		secured.startHandshake();
		return secured;
	}

	private static int portOf(URI address) {
		return (address.getPort() > 0) ? address.getPort() : address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
	}

	/** Ends what is under way. */
	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
