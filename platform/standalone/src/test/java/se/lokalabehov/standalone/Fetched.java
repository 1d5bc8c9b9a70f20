package se.lokalabehov.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;

/**
 * What stands at an address, as anybody gets it.
 */
final class Fetched {

	private Fetched() {
	}

	static byte[] from(URI address) {
		try (InputStream content = address.toURL().openStream()) {
			return content.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
