package se.lokalabehov.benchmarks.others.stream;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;

import se.lokalabehov.benchmarks.others.Door;
import se.lokalabehov.benchmarks.others.Note;
import se.lokalabehov.benchmarks.others.Notes;

/**
 * The note is written and then sent, and the answer waits for both. A crash between the
 * two loses what should have been told.
 */
@SpringBootApplication
@Import(Door.class)
public class StreamApplication {

	/** What it is set to. */
	public static final Map<String, Object> PROPERTIES = Map.of("spring.cloud.function.definition", "hear",
			"spring.cloud.stream.bindings.hear-in-0.destination", "bench.stream",
			"spring.cloud.stream.bindings.hear-in-0.group", "stream",
			"spring.cloud.stream.bindings.notes-out-0.destination", "bench.stream",
			"spring.cloud.stream.kafka.bindings.notes-out-0.producer.sync", "true",
			"spring.cloud.stream.kafka.binder.auto-create-topics", "false",
			"spring.cloud.stream.kafka.binder.required-acks", "all",
			// What is on the class path because of the other side.
			"spring.modulith.events.externalization.enabled", "false",
			"spring.modulith.events.mongodb.transaction-management.enabled", "false");

	/** Keeps notes. */
	@Component
	static class NotesInStream implements Notes {

		private final MongoTemplate mongo;

		private final StreamBridge bridge;

		NotesInStream(MongoTemplate mongo, StreamBridge bridge) {
			this.mongo = mongo;
			this.bridge = bridge;
		}

		@Override
		public void keep(Note note) {
			this.mongo.insert(note, Note.KEPT);
			this.bridge.send("notes-out-0",
					MessageBuilder.withPayload(note)
						.setHeader(KafkaHeaders.KEY, note.id().getBytes(StandardCharsets.UTF_8))
						.build());
		}

	}

	@Bean
	Consumer<Note> hear(MongoTemplate mongo) {
		return (note) -> mongo.save(note, Note.SEEN);
	}

}
