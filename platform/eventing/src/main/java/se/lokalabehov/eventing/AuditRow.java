package se.lokalabehov.eventing;

import java.time.Instant;
import java.util.Date;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.Document;

/**
 * A row of the audit log and the hash that chains it to the one before. Nothing that
 * anybody wrote stands in a row: who, what sort of act, on which identifier.
 *
 * @param number from 1, without gaps
 * @param at when, by the server's clock
 * @param kind what sort of row
 * @param organisation for whom somebody acted, a hyphen when not known
 * @param role in which roles
 * @param person pseudonym, a hyphen when nobody had logged in
 * @param what the events that came of it, or method and address without identifiers
 * @param about the identifier, empty when there is none
 * @param result version of what was changed, or HTTP status, or how many were lost
 */
record AuditRow(long number, Instant at, Kind kind, String organisation, String role, String person, String what,
		String about, String result) {

	/** What sort of row. */
	enum Kind {

		/** A command that took effect. */
		DONE,
		/** A command that was accepted and keeps no memory of its own. */
		ACCEPTED,
		/** A command that was refused. */
		REFUSED,
		/** An operator's act, before it was begun. */
		ASKED,
		/** An operator's act, when it had been answered. */
		OPERATED,
		/** An administrator read. */
		READ,
		/** Somebody logged in or could not, logged out, or was logged out. */
		LOGIN,
		/** So many refusals and readings found no room since the row before. */
		LOST

	}

	/** The hash of a chain's row 0, which there is none of. */
	static String beginning(String chain) {
		return Act.sha256("audit|" + chain);
	}

	/** The hash of this row after another. */
	String hash(String previous) {
		// Every field with its length, so that nothing can be moved from one to the next.
		return Act.sha256(Stream
			.of(previous, Long.toString(this.number), Long.toString(this.at.toEpochMilli()), this.kind.name(),
					this.organisation, this.role, this.person, this.what, this.about, this.result)
			.map((field) -> field.length() + ":" + field)
			.collect(Collectors.joining("\n")));
	}

	AuditRow numbered(long other) {
		return new AuditRow(other, this.at, this.kind, this.organisation, this.role, this.person, this.what, this.about,
				this.result);
	}

	/** As it is kept. */
	Document document(String hash) {
		return new Document("_id", this.number).append("at", Date.from(this.at))
			.append("kind", this.kind.name())
			.append("organisation", this.organisation)
			.append("role", this.role)
			.append("person", this.person)
			.append("what", this.what)
			.append("about", this.about)
			.append("result", this.result)
			.append("hash", hash);
	}

	/**
	 * As it was kept.
	 * @throws RuntimeException when a field is gone or is something else
	 */
	static AuditRow from(Document row) {
		return new AuditRow(row.getLong("_id"), row.getDate("at").toInstant(), Kind.valueOf(row.getString("kind")),
				row.getString("organisation"), row.getString("role"), row.getString("person"), row.getString("what"),
				row.getString("about"), row.getString("result"));
	}

}
