package se.lokalabehov.eventing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Topic;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as a Kafka record and back: CloudEvents 1.0, Kafka protocol binding, binary
 * mode. Headers are read as text and nothing else.
 */
final class Wire {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private Wire() {
	}

	static ProducerRecord<byte[], byte[]> record(Topic<?> topic, String key, StoredEvent event) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic.name(), utf8(key), utf8(event.data()));
		Headers headers = record.headers();
		event.envelope(topic, key, event.data())
			.attributes()
			.forEach((name, value) -> headers.add("ce_" + name, utf8(value)));
		headers.add("content-type", utf8("application/json"));
		return record;
	}

	/**
	 * Reads a record.
	 * @throws Codec.Unreadable when it is not an event of the topic
	 */
	static <E> Envelope<E> envelope(Codec codec, Topic<E> topic, ConsumerRecord<byte[], byte[]> record) {
		if (record.key() == null) {
			throw new Codec.Unreadable("no key");
		}
		if (record.value() == null) {
			throw new Codec.Unreadable("no data");
		}
		String type = header(record, "ce_type");
		try {
			String key = text(record.key());
			return new Envelope<>(topic, key, sequence(record), type, Instant.parse(header(record, "ce_time")),
					new OrganisationId(header(record, "ce_organisation")), header(record, "ce_role"),
					optional(record, "ce_" + Trace.PARENT), codec.event(topic, type, text(record.value())));
		}
		catch (Codec.Unreadable ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new Codec.Unreadable("malformed attributes: " + ex.getClass().getSimpleName());
		}
	}

	/**
	 * Reads a batch of CloudEvents in the JSON format, the data as text.
	 * @throws IllegalArgumentException when it is none, or of something else
	 */
	static List<Envelope<String>> batch(Topic<?> topic, String json) {
		try {
			List<Envelope<String>> batch = JSON.readTree(json)
				.valueStream()
				.map((event) -> new Envelope<>(topic, event.path("subject").asString(),
						Long.parseLong(event.path("sequence").asString()), event.path("type").asString(),
						Instant.parse(event.path("time").asString()),
						new OrganisationId(event.path("organisation").asString()), event.path("role").asString(),
						event.path(Trace.PARENT).asString(null), event.path("data").toString()))
				.toList();
			if (batch.isEmpty()) {
				throw new IllegalArgumentException("no events");
			}
			return batch;
		}
		catch (JacksonException | DateTimeParseException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** The event as its owner keeps it. */
	static StoredEvent stored(ConsumerRecord<byte[], byte[]> record) {
		return new StoredEvent(sequence(record), header(record, "ce_type"), Instant.parse(header(record, "ce_time")),
				header(record, "ce_organisation"), header(record, "ce_role"), optional(record, "ce_" + Trace.PARENT),
				text(record.value()));
	}

	static long sequence(ConsumerRecord<byte[], byte[]> record) {
		long sequence = Long.parseLong(header(record, "ce_sequence"));
		if (sequence < 1) {
			throw new Codec.Unreadable("sequence below 1");
		}
		return sequence;
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		String value = optional(record, name);
		if (value == null) {
			throw new Codec.Unreadable("no header " + name);
		}
		return value;
	}

	private static @Nullable String optional(ConsumerRecord<byte[], byte[]> record, String name) {
		Header header = record.headers().lastHeader(name);
		return (header != null && header.value() != null) ? text(header.value()) : null;
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
