package se.lokalabehov.benchmarks.others.modulith;

import java.util.Map;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.RoutingTarget;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import se.lokalabehov.benchmarks.others.Door;
import se.lokalabehov.benchmarks.others.Note;
import se.lokalabehov.benchmarks.others.Notes;

/**
 * The note is written, then the publication in Modulith's registry, then it is sent, then
 * the publication is taken away. The embedded store has no transactions, so here the two
 * writes are not one: Modulith is spared what a transaction costs, and its promise does
 * not hold.
 */
@SpringBootApplication
@Import(Door.class)
public class ModulithApplication {

	private static final String TOPIC = "bench.modulith";

	/** What it is set to. */
	public static final Map<String, Object> PROPERTIES = Map.of("spring.modulith.events.completion-mode", "delete",
			"spring.modulith.events.mongodb.transaction-management.enabled", "false",
			"spring.kafka.producer.key-serializer", "org.apache.kafka.common.serialization.StringSerializer",
			"spring.kafka.producer.value-serializer", "org.apache.kafka.common.serialization.ByteArraySerializer",
			"spring.kafka.consumer.key-deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
			"spring.kafka.consumer.value-deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer",
			"spring.kafka.consumer.group-id", "modulith", "spring.kafka.consumer.auto-offset-reset", "earliest");

	/** Keeps notes. */
	@Component
	static class NotesInModulith implements Notes {

		private final MongoTemplate mongo;

		private final ApplicationEventPublisher events;

		NotesInModulith(MongoTemplate mongo, ApplicationEventPublisher events) {
			this.mongo = mongo;
			this.events = events;
		}

		@Override
		@Transactional
		public void keep(Note note) {
			this.mongo.insert(note, Note.KEPT);
			this.events.publishEvent(note);
		}

		@KafkaListener(topics = TOPIC)
		void hear(Note note) {
			this.mongo.save(note, Note.SEEN);
		}

	}

	/** Begins and ends, and does nothing in between. */
	static final class NoTransactions extends AbstractPlatformTransactionManager {

		private static final long serialVersionUID = 1L;

		@Override
		protected Object doGetTransaction() {
			return this;
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

	@Bean
	PlatformTransactionManager transactionManager() {
		return new NoTransactions();
	}

	@Bean
	EventExternalizationConfiguration toKafka() {
		return EventExternalizationConfiguration.externalizing()
			.select((event) -> event instanceof Note)
			.route(Note.class, (note) -> RoutingTarget.forTarget(TOPIC).andKey(note.id()))
			.build();
	}

}
