package se.lokalabehov.reportcatalogue.harvest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * Fetches one page, from hosts on the public network only, within limits of bytes (also
 * of what was packed), time and depth, and without any DOCTYPE. Redirects are not
 * followed: a repository that has moved is given its new address.
 */
final class Fetching implements AutoCloseable {

	private static final String DEPTH = "100";

	private final HarvestProperties properties;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.connectTimeout(Duration.ofSeconds(10))
		.executor(this.threads)
		.build();

	Fetching(HarvestProperties properties) {
		this.properties = properties;
	}

	Document page(URI address) throws HarvestProblem {
		refuseWhatIsNotPublic(address);
		Future<Document> page = this.threads.submit(() -> parsed(read(address)));
		try {
			return page.get(this.properties.pageTime().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			page.cancel(true);
			throw new HarvestProblem("Sidan kom inte fram i tid.");
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof HarvestProblem problem) {
				throw problem;
			}
			throw new HarvestProblem("Förvaret svarar inte, eller inte som det ska.");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			page.cancel(true);
			throw new HarvestProblem("Skörden avbröts.");
		}
	}

	private void refuseWhatIsNotPublic(URI address) throws HarvestProblem {
		String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
		if (address.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
			throw new HarvestProblem("Adressen är ingen webbadress.");
		}
		if (this.properties.allowed().contains(address.getHost() + ":" + address.getPort())) {
			return;
		}
		try {
			if (!Arrays.stream(InetAddress.getAllByName(address.getHost())).allMatch(Fetching::isPublic)) {
				throw new HarvestProblem("Adressen leder inte ut på det öppna nätet.");
			}
		}
		catch (IOException ex) {
			throw new HarvestProblem("Adressen finns inte.");
		}
	}

	/** Not of this machine, this network, or of those that only look like others. */
	static boolean isPublic(InetAddress address) {
		byte[] bytes = address.getAddress();
		boolean shared = bytes.length == 4 && (bytes[0] & 0xFF) == 100 && (bytes[1] & 0xC0) == 64;
		boolean reserved = bytes.length == 4 && ((bytes[0] & 0xFF) == 0 || (bytes[0] & 0xFF) >= 240);
		boolean unique = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
		boolean embedding = bytes.length == 16 && (bytes[0] & 0xE0) != 0x20;
		return !(address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress()
				|| address.isSiteLocalAddress() || address.isMulticastAddress() || shared || reserved || unique
				|| embedding);
	}

	private byte[] read(URI address) throws IOException, InterruptedException, HarvestProblem {
		HttpResponse<InputStream> response = this.client.send(HttpRequest.newBuilder(address)
			.header("Accept-Encoding", "gzip")
			.header("User-Agent", "lokala-behov-harvester")
			.timeout(this.properties.pageTime())
			.build(), HttpResponse.BodyHandlers.ofInputStream());
		try (InputStream raw = response.body()) {
			if (response.statusCode() != 200) {
				throw new HarvestProblem("Förvaret svarade " + response.statusCode() + ".");
			}
			boolean packed = response.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent();
			try (InputStream in = packed ? new GZIPInputStream(raw) : raw) {
				byte[] page = in.readNBytes(this.properties.pageBytes() + 1);
				if (page.length > this.properties.pageBytes()) {
					throw new HarvestProblem("Sidan är för stor.");
				}
				return page;
			}
		}
	}

	private static Document parsed(byte[] page) throws HarvestProblem {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
			factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
			factory.setAttribute("jdk.xml.maxElementDepth", DEPTH);
			factory.setXIncludeAware(false);
			factory.setExpandEntityReferences(false);
			DocumentBuilder builder = factory.newDocumentBuilder();
			builder.setErrorHandler(null);
			return builder.parse(new ByteArrayInputStream(page));
		}
		catch (SAXException | IOException ex) {
			throw new HarvestProblem("Sidan är ingen XML som tas emot.");
		}
		catch (ParserConfigurationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		this.client.shutdownNow();
	}

}
