package se.lokalabehov.eventing;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Topic;

/**
 * An event with its CloudEvents 1.0 attributes.
 *
 * @param <E> the event
 * @param topic where it belongs
 * @param key the aggregate ({@code subject}, and the Kafka key)
 * @param sequence counts the events of the key from 1 without gaps
 * @param type wire name
 * @param time when it happened, by the owner's clock
 * @param by the organisation that acted
 * @param role the role that it acted in
 * @param trace W3C {@code traceparent}, if any
 * @param event the event
 */
public record Envelope<E>(Topic<?> topic, String key, long sequence, String type, Instant time, OrganisationId by,
		String role, @Nullable String trace, E event) {

	/**
	 * CloudEvents {@code id}: the same whenever the event is sent again, and unique
	 * within its owner, who may use the same key on several topics.
	 */
	public String id() {
		return id(this.topic, this.key, this.sequence);
	}

	/**
	 * The attributes of CloudEvents 1.0 and their values as text, those that are ours
	 * ({@code sequence}, {@code organisation}, {@code role}) and those of its extensions
	 * ({@code partitionkey}, {@code traceparent}) included; the same wherever it is sent.
	 */
	public Map<String, String> attributes() {
		Map<String, String> attributes = new LinkedHashMap<>();
		attributes.put("specversion", "1.0");
		attributes.put("id", id());
		attributes.put("source", "/lokala-behov/" + this.topic.owner());
		attributes.put("type", this.type);
		attributes.put("subject", this.key);
		attributes.put("time", this.time.toString());
		attributes.put("partitionkey", this.key);
		attributes.put("sequence", Long.toString(this.sequence));
		attributes.put("organisation", this.by.value());
		attributes.put("role", this.role);
		if (this.trace != null) {
			attributes.put(Trace.PARENT, this.trace);
		}
		return attributes;
	}

	static String id(Topic<?> topic, String key, long sequence) {
		return topic.shortName() + "." + key + "." + sequence;
	}

}
