package se.lokalabehov.standalone;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A whole platform with the example played, for the tests in a browser: started once for
 * all of them. With {@code -Dbrowser.at=http://localhost:8080} they use one that runs
 * already (its demo issuer 920 ports further on).
 */
final class TriedOut {

	private static @Nullable TriedOut running;

	private final URI portal;

	private final URI issuer;

	private final Api api;

	private final @Nullable Standalone here;

	private TriedOut(URI portal, URI issuer, @Nullable Standalone here) {
		this.here = here;
		this.portal = portal;
		this.issuer = issuer;
		this.api = new Api(portal, issuer);
	}

	static synchronized TriedOut platform() {
		TriedOut there = running;
		if (there == null) {
			String elsewhere = System.getProperty("browser.at", "");
			there = elsewhere.isEmpty() ? started() : at(URI.create(elsewhere));
			running = there;
		}
		return there;
	}

	private static TriedOut at(URI portal) {
		return new TriedOut(portal, Part.DEMO_ISSUER.beside(portal), null);
	}

	private static TriedOut started() {
		Path data = temporary();
		Standalone standalone = Standalone.start(Options.empty(data));
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			standalone.close();
			FileSystemUtils.deleteRecursively(data.toFile());
		}));
		TriedOut there = new TriedOut(standalone.portal(), standalone.issuer(), standalone);
		Progress progress = new Progress(new PrintStream(System.out, true, StandardCharsets.UTF_8));
		Example example = new Example(there.api, progress, Clock.systemUTC().instant());
		example.play();
		new SecondCycle(there.api, progress, example.today(), example.cycle()).play();
		return there;
	}

	private static Path temporary() {
		try {
			return Files.createTempDirectory("lokala-behov-browser");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The platform, when it runs in this process. */
	@Nullable Standalone here() {
		return this.here;
	}

	URI portal() {
		return this.portal;
	}

	URI issuer() {
		return this.issuer;
	}

	Api api() {
		return this.api;
	}

}
