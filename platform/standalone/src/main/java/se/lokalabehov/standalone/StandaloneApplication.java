package se.lokalabehov.standalone;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

import org.slf4j.LoggerFactory;

/**
 * The run command: starts the platform, plays the example when there is nothing yet, and
 * runs until it is told to stop.
 */
public final class StandaloneApplication {

	private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

	private final Options options;

	private StandaloneApplication(Options options) {
		this.options = options;
	}

	/**
	 * Starts the platform. Ends with 1 when it can not start or the example is answered
	 * otherwise than expected, and with 2 when the arguments are not understood.
	 * @param arguments see {@link Options#USAGE}
	 * @throws InterruptedException when interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		try {
			new StandaloneApplication(Options.parse(arguments)).run();
		}
		catch (Options.NotUnderstoodException ex) {
			System.out.println(ex.getMessage());
			System.out.println(Options.USAGE);
			System.exit(2);
		}
		catch (RuntimeException ex) {
			LoggerFactory.getLogger(StandaloneApplication.class).error("Lokala behov stops", ex);
			System.exit(1);
		}
	}

	private void run() throws InterruptedException {
		URI elsewhere = this.options.playAt();
		if (elsewhere != null) {
			playAt(elsewhere);
			return;
		}
		this.out.printf("Lokala behov starts; its data are in %s%n", this.options.data().toAbsolutePath().normalize());
		Standalone standalone = Standalone.start(this.options);
		CountDownLatch stopped = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			standalone.close();
			this.out.println("Stopped.");
			stopped.countDown();
		}, "stop"));
		this.out.printf("Ready after %.1f s.%n", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
		if (this.options.example()) {
			playExample(standalone);
		}
		sayWhereToGo(standalone);
		stopped.await();
	}

	private void playExample(Standalone standalone) {
		try (Api api = new Api(standalone.portal(), standalone.issuer())) {
			if (!Played.isBegun(this.options.data()) && !api.as(Acts.SKR).list("/cycles").isEmpty()) {
				this.out.println("There are cycles already, so no example is played.");
				return;
			}
			Played played = Played.isBegun(this.options.data()) ? Played.of(this.options.data())
					: Played.begin(this.options.data(), Clock.systemUTC().instant());
			if (!played.whole()) {
				play(api.saying("example " + played.begun()), played.begun());
				played.toItsEnd();
			}
		}
	}

	/** At a platform that runs elsewhere, where nothing is kept beside its data. */
	private void playAt(URI portal) {
		try (Api api = new Api(portal, Part.DEMO_ISSUER.beside(portal))) {
			if (!api.as(Acts.SKR).list("/cycles").isEmpty()) {
				throw new IllegalStateException("There are cycles already at " + portal + ", so no example is played.");
			}
			play(api, Clock.systemUTC().instant());
		}
	}

	private void play(Api api, Instant begun) {
		this.out.println("Plays the example, made up from beginning to end:");
		Progress progress = new Progress(this.out);
		Example example = new Example(api, progress, begun);
		example.play();
		new SecondCycle(api, progress, example.today(), example.cycle()).play();
		progress.table();
		this.out.printf("%d commands had to wait for what another service had told.%n", api.waited());
		AnswersGiven.print(api, Example.SHOWN, example.cycle(), this.out);
	}

	private void sayWhereToGo(Standalone standalone) {
		this.out.printf("%nPortal       %s%n", standalone.portal());
		this.out.printf("API          %s/api/v1 (described at %s/v3/api-docs)%n", standalone.portal(),
				standalone.portal());
		this.out.printf("Demo logins  %s (password: demo)%n", standalone.issuer());
		this.out.printf("             %s;%n", String.join(", ", Standalone.DEMO_LOGINS));
		this.out.println("             the code of any other municipality, RSS or agency instead makes its login");
		this.out.println("Ctrl-C stops it; the next start goes on where it was.");
	}

}
