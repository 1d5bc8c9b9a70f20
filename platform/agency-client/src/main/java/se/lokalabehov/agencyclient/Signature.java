package se.lokalabehov.agencyclient;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;

/**
 * Whether a webhook comes from whom we share a secret with, and was sent just now
 * (Standard Webhooks 1.0.0). Several secrets and several signatures are tried, so that a
 * secret can be changed on either side first.
 */
final class Signature {

	/** How much older or newer than now a webhook may say that it is. */
	private static final Duration WINDOW = Duration.ofMinutes(5);

	private Signature() {
	}

	/**
	 * Looks at one webhook.
	 * @param secrets those that are valid, {@code whsec_...}
	 * @param id {@code webhook-id}
	 * @param timestamp {@code webhook-timestamp}, seconds since 1970
	 * @param signatures {@code webhook-signature}, separated by spaces
	 * @param payload the body to the letter
	 */
	static boolean holds(List<String> secrets, Clock clock, String id, String timestamp, String signatures,
			String payload) {
		if (!timestamp.matches("[0-9]{1,12}")) {
			return false;
		}
		long seconds = Long.parseLong(timestamp);
		if (Math.abs(clock.instant().getEpochSecond() - seconds) > WINDOW.toSeconds()) {
			return false;
		}
		for (String secret : secrets) {
			byte[] right = sign(secret, id, seconds, payload).getBytes(StandardCharsets.UTF_8);
			for (String signature : signatures.split(" ")) {
				// In constant time: how much is right must not be told by how long it
				// takes.
				if (MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8))) {
					return true;
				}
			}
		}
		return false;
	}

	private static String sign(String secret, String id, long seconds, String payload) {
		try {
			return new Webhook(secret).sign(id, seconds, payload);
		}
		catch (WebhookSigningException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
