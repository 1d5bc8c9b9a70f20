package se.lokalabehov.nationalhandoff.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Page;

/**
 * A place in what an agency is told. It names the event and has no word of it: what is
 * told is read when it is sent, so that a redaction holds here too.
 *
 * @param agency to whom
 * @param position from 1 without gaps, in the order in which the agency can first see
 * them
 * @param event CloudEvents {@code id}
 * @param topic its topic
 * @param key its key
 * @param sequence its sequence within the key
 * @param type its type
 * @param at when it happened
 */
record FeedEntry(OrganisationId agency, long position, String event, String topic, String key, long sequence,
		String type, Instant at) {

	/** What stands after this, is asked for with this. */
	String cursor() {
		return new Cursor(this.position, this.event).text();
	}

	/**
	 * From where one reads on. It says which event it stands after, so that a feed that
	 * is another than the one that was read (restored from a backup) can be told.
	 *
	 * @param position of the last that was read, 0 before the first
	 * @param event which that was
	 */
	record Cursor(long position, String event) {

		static final Cursor BEGINNING = new Cursor(0, "");

		/**
		 * Reads what an answer gave.
		 * @throws Page.WrongCursor when no answer gave it
		 */
		static Cursor parse(@Nullable String text) {
			if (text == null) {
				return BEGINNING;
			}
			try {
				String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
				int at = plain.indexOf(' ');
				if (at > 0) {
					return new Cursor(Long.parseLong(plain.substring(0, at)), plain.substring(at + 1));
				}
			}
			catch (IllegalArgumentException ex) {
				// Neither text nor number: refused below like any other.
			}
			throw new Page.WrongCursor();
		}

		String text() {
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString((this.position + " " + this.event).getBytes(StandardCharsets.UTF_8));
		}

	}

}
