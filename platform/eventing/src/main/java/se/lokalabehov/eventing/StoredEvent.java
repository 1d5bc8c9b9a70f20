package se.lokalabehov.eventing;

import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Topic;

/**
 * An event as it stands in its aggregate's document: the data as the text that is sent,
 * so that every sending is the same to the letter.
 */
record StoredEvent(long sequence, String type, Instant time, String by, String role, @Nullable String trace,
		String data) {

	static StoredEvent from(Document document) {
		return new StoredEvent(Documents.number(document, "sequence"), document.getString("type"),
				document.getDate("time").toInstant(), document.getString("by"), document.getString("role"),
				document.getString("trace"), document.getString("data"));
	}

	static StoredEvent of(Envelope<String> envelope) {
		return new StoredEvent(envelope.sequence(), envelope.type(), envelope.time(), envelope.by().value(),
				envelope.role(), envelope.trace(), envelope.event());
	}

	Document document() {
		Document document = new Document("sequence", this.sequence).append("type", this.type)
			.append("time", Date.from(this.time))
			.append("by", this.by)
			.append("role", this.role);
		if (this.trace != null) {
			document.append("trace", this.trace);
		}
		return document.append("data", this.data);
	}

	StoredEvent withData(String changed) {
		return new StoredEvent(this.sequence, this.type, this.time, this.by, this.role, this.trace, changed);
	}

	<E> Envelope<E> envelope(Topic<?> topic, String key, E event) {
		return new Envelope<>(topic, key, this.sequence, this.type, this.time, new OrganisationId(this.by), this.role,
				this.trace, event);
	}

}
