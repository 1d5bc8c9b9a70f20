package se.lokalabehov.demoissuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/**
 * The key that signs the tokens, kept in a file (a JWK, RFC 7517) that only its owner can
 * read.
 */
final class SigningKey {

	private SigningKey() {
	}

	/**
	 * The key of a directory; made the first time.
	 * @param directory where it is kept
	 * @return the key with its private part
	 * @throws IllegalStateException when there is a file but no key in it
	 */
	static RSAKey keptIn(Path directory) {
		Path file = directory.resolve("signing-key.json");
		try {
			if (!Files.exists(file)) {
				write(new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE)
					.algorithm(JWSAlgorithm.RS256)
					.keyID(UUID.randomUUID().toString())
					.generate(), file);
			}
			return RSAKey.parse(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The signing key can not be kept in " + file, ex);
		}
		catch (ParseException ex) {
			throw new IllegalStateException(file + " holds no key; remove it to get a new one", ex);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void write(RSAKey key, Path file) throws IOException {
		Path directory = file.toAbsolutePath().getParent();
		Files.createDirectories(directory);
		// A temporary file is its owner's alone, and moving it keeps that.
		Path whole = Files.createTempFile(directory, "signing-key", ".tmp");
		Files.writeString(whole, key.toJSONString());
		Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

}
