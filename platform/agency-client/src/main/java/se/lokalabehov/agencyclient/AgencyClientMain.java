package se.lokalabehov.agencyclient;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * Runs the agency's system with a file of settings.
 */
public final class AgencyClientMain {

	private static final int BETWEEN_SECONDS = 10;

	private AgencyClientMain() {
	}

	/**
	 * Runs until it is stopped.
	 * @param arguments the file of settings; {@code --register} first registers the
	 * webhook; {@code --help-en} for help in English
	 */
	public static void main(String[] arguments) throws InterruptedException {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		List<String> said = List.of(arguments);
		if (said.isEmpty() || said.getFirst().startsWith("--help")) {
			out.println(help(said.contains("--help-en") ? "help_en.txt" : "help.txt"));
			return;
		}
		try {
			run(read(Path.of(said.getFirst())), said.contains("--register"), out);
		}
		catch (MissingException ex) {
			out.println(ex.getMessage());
		}
	}

	private static void run(Properties properties, boolean register, PrintStream out) throws InterruptedException {
		Clock clock = Clock.systemUTC();
		try (HttpClient http = HttpClient.newHttpClient();
				AgencyClient client = AgencyClient.start(settings(properties, http, clock), clock)) {
			out.println(client.webhook());
			if (register) {
				register(client, URI.create(value(properties, "webhook")), out);
			}
			while (!Thread.currentThread().isInterrupted()) {
				try {
					// What no webhook brought is read; then everything is answered.
					client.pull();
					client.work();
				}
				catch (UncheckedIOException | IllegalStateException ex) {
					out.println(ex.getMessage());
				}
				Thread.sleep(BETWEEN_SECONDS * 1000L);
			}
		}
	}

	private static void register(AgencyClient client, URI webhook, PrintStream out) {
		try {
			out.println(client.register(webhook));
		}
		catch (UncheckedIOException | IllegalStateException ex) {
			throw new MissingException("Adressen " + webhook + " kunde inte registreras: " + ex.getMessage()
					+ " Rätta inställningen webhook eller kör utan --register. (Could not be registered.)");
		}
	}

	static AgencyClient.Settings settings(Properties properties, HttpClient http, Clock clock) {
		URI token = URI.create(value(properties, "token-endpoint"));
		return new AgencyClient.Settings(URI.create(value(properties, "api")), value(properties, "agency"),
				new Tokens(http, token, value(properties, "officer.client-id"),
						value(properties, "officer.client-secret"), clock),
				new Tokens(http, token, properties.getProperty("administrator.client-id", ""),
						properties.getProperty("administrator.client-secret", ""), clock),
				Path.of(value(properties, "directory")),
				new InetSocketAddress(properties.getProperty("listen.host", "127.0.0.1"),
						Integer.parseInt(properties.getProperty("listen.port", "8090"))),
				AgencyClient.rules(Path.of(value(properties, "rules"))));
	}

	private static String value(Properties properties, String name) {
		String value = properties.getProperty(name);
		if (value == null || value.isBlank()) {
			throw new MissingException("Inställningen " + name + " saknas. Lägg till den; --help visar alla. (Setting "
					+ name + " is missing; see --help-en.)");
		}
		return value.strip();
	}

	private static Properties read(Path file) {
		Properties properties = new Properties();
		try (var reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		}
		catch (IOException ex) {
			throw new MissingException("Filen " + file + " kan inte läsas. (The file can not be read.)");
		}
		return properties;
	}

	/**
	 * Something that it needs is not there; said to whoever runs it.
	 */
	static final class MissingException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		MissingException(String message) {
			super(message);
		}

	}

	static String help(String name) {
		try (var in = Objects.requireNonNull(AgencyClientMain.class.getResourceAsStream(name), name)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
