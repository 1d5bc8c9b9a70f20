package se.lokalabehov.nationalhandoff.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.encrypt.Encryptors;

import se.lokalabehov.eventing.Act;

/**
 * What the secrets of webhooks are encrypted with where they are kept: AES-256 in GCM. A
 * kept secret is {@code sealed:<key>:<base64 of what Encryptors.stronger gives>}, where
 * the key is told by the first eight hex digits of its SHA-256, or the secret as it is
 * where there was no key. The first key seals, all of them open, so a key is changed by
 * putting a new one before it.
 */
final class Keys {

	private static final Logger log = LoggerFactory.getLogger(Keys.class);

	private static final Pattern SEALED = Pattern.compile("sealed:([0-9a-f]{8}):(.+)");

	/** Keys are random, so this need not be. */
	private static final String SALT = "776562686f6f6b73";

	private static final int SHORTEST = 32;

	/** The one that seals first. */
	private final Map<String, BytesEncryptor> byId = new LinkedHashMap<>();

	/**
	 * Takes the keys.
	 * @param keys the newest first; none when secrets are to be kept as they are
	 * @throws IllegalArgumentException when one is too short to be random
	 */
	Keys(List<String> keys) {
		keys.forEach((key) -> {
			if (key.strip().length() < SHORTEST) {
				throw new IllegalArgumentException("lokala-behov.webhooks.keys: a key has at least " + SHORTEST
						+ " characters, as openssl rand -base64 32 gives them");
			}
			this.byId.put(Act.sha256(key.strip()).substring(0, 8), Encryptors.stronger(key.strip(), SALT));
		});
		if (keys.isEmpty()) {
			log.warn("Secrets of webhooks are kept as they are: there is no key in lokala-behov.webhooks.keys");
		}
	}

	/**
	 * A secret as it is to be kept from now on.
	 * @param kept as it is, or sealed with any key
	 */
	String seal(String kept) {
		return this.byId.entrySet()
			.stream()
			.findFirst()
			.filter((first) -> !kept.startsWith(prefix(first.getKey())))
			.flatMap((first) -> open(kept).map((secret) -> prefix(first.getKey()) + Base64.getEncoder()
				.encodeToString(first.getValue().encrypt(secret.getBytes(StandardCharsets.UTF_8)))))
			.orElse(kept);
	}

	private static String prefix(String key) {
		return "sealed:" + key + ":";
	}

	/** The secret itself; none when its key is not here, or is not what sealed it. */
	Optional<String> open(String kept) {
		Matcher sealed = SEALED.matcher(kept);
		if (!sealed.matches()) {
			return Optional.of(kept);
		}
		BytesEncryptor key = this.byId.get(sealed.group(1));
		if (key == null) {
			return Optional.empty();
		}
		try {
			return Optional
				.of(new String(key.decrypt(Base64.getDecoder().decode(sealed.group(2))), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			return Optional.empty();
		}
	}

}
