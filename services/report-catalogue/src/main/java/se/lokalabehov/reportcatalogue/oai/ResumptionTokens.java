package se.lokalabehov.reportcatalogue.oai;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Where a harvester goes on, in the token itself, which nobody but the provider can make:
 * nothing is remembered of who harvests, and a token holds for ever, over restarts.
 */
final class ResumptionTokens {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int MAC_LENGTH = 16;

	private static final int PARTS = 7;

	private final Supplier<byte[]> key;

	/**
	 * Tokens of one key.
	 * @param key asked for at each token
	 */
	ResumptionTokens(Supplier<byte[]> key) {
		this.key = key;
	}

	/**
	 * What a token says.
	 *
	 * @param verb of the list that it goes on with
	 * @param prefix the metadata format
	 * @param set the set, if any
	 * @param from the lower bound, if any
	 * @param until the upper bound: what the first request asked for, or else when it
	 * came
	 * @param after the last position of the page before
	 * @param cursor how many records came before
	 */
	record Token(String verb, String prefix, @Nullable String set, @Nullable Instant from, Instant until, String after,
			long cursor) {
	}

	String write(Token token) {
		byte[] said = String
			.join("\n", token.verb(), token.prefix(), (token.set() != null) ? token.set() : "",
					(token.from() != null) ? token.from().toString() : "", token.until().toString(), token.after(),
					Long.toString(token.cursor()))
			.getBytes(StandardCharsets.UTF_8);
		byte[] whole = Arrays.copyOf(mac(said), MAC_LENGTH + said.length);
		System.arraycopy(said, 0, whole, MAC_LENGTH, said.length);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
	}

	/** What it says; null when it is not ours or of another verb. */
	@Nullable Token read(String text, String verb) {
		try {
			byte[] whole = Base64.getUrlDecoder().decode(text);
			if (whole.length <= MAC_LENGTH) {
				return null;
			}
			byte[] said = Arrays.copyOfRange(whole, MAC_LENGTH, whole.length);
			if (!MessageDigest.isEqual(mac(said), Arrays.copyOf(whole, MAC_LENGTH))) {
				return null;
			}
			String[] parts = new String(said, StandardCharsets.UTF_8).split("\n", -1);
			if (parts.length != PARTS || !parts[0].equals(verb)) {
				return null;
			}
			return new Token(parts[0], parts[1], parts[2].isEmpty() ? null : parts[2],
					parts[3].isEmpty() ? null : Instant.parse(parts[3]), Instant.parse(parts[4]), parts[5],
					Long.parseLong(parts[6]));
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

	private byte[] mac(byte[] said) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(this.key.get(), ALGORITHM));
			return Arrays.copyOf(mac.doFinal(said), MAC_LENGTH);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
