package se.lokalabehov.eventing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import se.lokalabehov.contracts.OrganisationId;

/**
 * Who does something, when, and how a repetition of it is recognised. Made at the door
 * (platform/web) for a person or a machine, or by {@link #system} for what follows from
 * an event or from time.
 *
 * @param by the organisation that acts
 * @param role the role that it acts in, for example {@code RSS_COORDINATOR}
 * @param subject pseudonym of the caller
 * @param at when, by the server's clock, whole milliseconds
 * @param key the idempotency key, made unique per caller; none when the act can not be
 * repeated by key
 * @param fingerprint SHA-256, hex, of method, path and body
 * @param expectedVersion the version that the caller has seen (If-Match), if said
 */
public record Act(OrganisationId by, String role, String subject, Instant at, @Nullable String key, String fingerprint,
		@Nullable Long expectedVersion) {

	public Act {
		at = at.truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * What the platform does by itself, as a consequence.
	 * @param by the organisation that it is done for
	 * @param at when
	 * @param cause what it follows from, for example an event's id: the same cause acts
	 * once
	 */
	public static Act system(OrganisationId by, Instant at, String cause) {
		return new Act(by, "SYSTEM", "system", at, sha256("system|" + cause), sha256(cause), null);
	}

	/**
	 * The identifier that this act gives to what it creates: the same caller with the
	 * same key meets its own document.
	 * @param prefix says the kind, for example {@code need}
	 * @return prefix, a hyphen and 24 hex digits
	 */
	public String newId(String prefix) {
		if (this.key == null) {
			throw new IllegalStateException("creating needs an idempotency key");
		}
		return prefix + "-" + sha256(prefix + "|" + this.key).substring(0, 24);
	}

	/** Whether an identifier is one that this act gives. */
	boolean creates(String id) {
		int end = id.lastIndexOf('-');
		return this.key != null && end > 0 && id.equals(newId(id.substring(0, end)));
	}

	/** SHA-256 over UTF-8, hex. */
	public static String sha256(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
