package se.lokalabehov.eventing;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import se.lokalabehov.contracts.Topic;

/**
 * Events of a service that is not there, put on the real broker just as its relay would.
 */
public final class ForeignEvents implements AutoCloseable {

	private final Codec codec = new Codec();

	private final KafkaProducer<byte[], byte[]> producer;

	/** To a broker. */
	public ForeignEvents(String bootstrapServers) {
		this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
				new ByteArraySerializer(), new ByteArraySerializer());
	}

	/** Publishes an event and waits for the broker. */
	public <E> void publish(Topic<E> topic, String key, long sequence, E event, String by) {
		send(Wire.record(topic, key, new StoredEvent(sequence, Codec.wireName(event.getClass()), Instant.now(), by,
				"SYSTEM", null, this.codec.data(event))));
	}

	/** Publishes an event that happened then; {@link #flush} waits for the broker. */
	public <E> void publish(Topic<E> topic, String key, long sequence, E event, Instant time, String by) {
		this.producer.send(Wire.record(topic, key, new StoredEvent(sequence, Codec.wireName(event.getClass()), time, by,
				"SYSTEM", null, this.codec.data(event))));
	}

	/** Publishes an event given as its data; {@link #flush} waits for the broker. */
	public void publish(Topic<?> topic, String key, long sequence, String type, String data) {
		this.producer.send(Wire.record(topic, key,
				new StoredEvent(sequence, type, Instant.parse("2026-01-31T12:30:00Z"), "SKR", "SYSTEM", null, data)));
	}

	/** Waits until the broker has everything. */
	public void flush() {
		this.producer.flush();
	}

	/** The event that some data are. */
	public <E> Envelope<E> envelope(Topic<E> topic, String key, long sequence, String type, String data) {
		return new StoredEvent(sequence, type, Instant.parse("2026-01-31T12:30:00Z"), "SKR", "SYSTEM", null, data)
			.envelope(topic, key, this.codec.event(topic, type, data));
	}

	/** Publishes any bytes and headers, also such as no relay would send. */
	public void send(ProducerRecord<byte[], byte[]> record) {
		try {
			this.producer.send(record).get(20, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.producer.close();
	}

}
