package se.lokalabehov.standalone;

import java.net.URI;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * How the platform is started.
 *
 * @param data the directory of everything that is kept
 * @param firstPort the portal's port; the services have the five that follow, and the
 * demo issuer 9000 when the portal has 8080, else the sixth; 0 lets every port be a free
 * one
 * @param example whether the example is played when there are no cycles yet
 * @param outside the broker and the store that are used; null for embedded ones
 * @param playAt the portal of a platform that runs already, at which the example is
 * played instead of starting one; null for none
 */
public record Options(Path data, int firstPort, boolean example, @Nullable Outside outside, @Nullable URI playAt) {

	/**
	 * A broker and a store that run elsewhere and hold nothing yet.
	 *
	 * @param bootstrapServers where Kafka clients connect
	 * @param storeUri where MongoDB clients connect
	 */
	public record Outside(String bootstrapServers, String storeUri) {
	}

	/** The portal's port when nothing else is said. */
	static final int USUAL_PORT = 8080;

	static final String USAGE = """
			Options: --empty            no example is played
			         --data=DIR         where everything is kept (./data)
			         --play=URL         no platform is started: the example is played at the portal of one that runs
			         --ports=free       every port is a free one
			         --ports=NUMBER     the portal's port; the services have those that follow (8080)""";

	/**
	 * Everything as in the run command.
	 * @return data under {@code ./data}, the usual ports, with the example
	 */
	static Options usual() {
		return new Options(Path.of("data"), USUAL_PORT, true, null, null);
	}

	/**
	 * For tests: free ports and no example.
	 * @param data the directory of everything that is kept
	 * @return the options
	 */
	public static Options empty(Path data) {
		return new Options(data, 0, false, null, null);
	}

	/**
	 * The same with a broker and a store that run elsewhere.
	 * @param elsewhere where they are
	 * @return the options
	 */
	public Options using(Outside elsewhere) {
		return new Options(this.data, this.firstPort, this.example, elsewhere, this.playAt);
	}

	/**
	 * Reads the command line.
	 * @param arguments as {@link #USAGE} says
	 * @return the options
	 * @throws NotUnderstoodException when an argument is not understood
	 */
	static Options parse(String... arguments) {
		Options options = usual();
		for (String argument : arguments) {
			options = options.with(argument);
		}
		return options;
	}

	private Options with(String argument) {
		if (argument.equals("--empty")) {
			return new Options(this.data, this.firstPort, false, this.outside, this.playAt);
		}
		if (argument.startsWith("--data=")) {
			return new Options(Path.of(argument.substring("--data=".length())), this.firstPort, this.example,
					this.outside, this.playAt);
		}
		if (argument.startsWith("--ports=")) {
			String ports = argument.substring("--ports=".length());
			return new Options(this.data, ports.equals("free") ? 0 : port(ports), this.example, this.outside,
					this.playAt);
		}
		if (argument.startsWith("--play=")) {
			return new Options(this.data, this.firstPort, this.example, this.outside,
					URI.create(argument.substring("--play=".length())));
		}
		throw new NotUnderstoodException("What is " + argument + "?");
	}

	private static int port(String number) {
		int port = number.matches("[0-9]{4,5}") ? Integer.parseInt(number) : 0;
		if (port < 1024 || port > 65000) {
			throw new NotUnderstoodException(number + " is no port from 1024 to 65000.");
		}
		return port;
	}

	/**
	 * The command line says something that is not understood.
	 */
	static final class NotUnderstoodException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		NotUnderstoodException(String message) {
			super(message);
		}

	}

}
