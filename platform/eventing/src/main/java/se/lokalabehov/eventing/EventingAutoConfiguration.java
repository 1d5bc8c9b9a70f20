package se.lokalabehov.eventing;

import java.lang.reflect.Type;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.mongodb.WriteConcern;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.PropertySource;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.converter.BatchMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Puts the mechanism together: relay and outbox for the aggregates that a service asks
 * for, one consumer through Spring Cloud Stream for its projections, and the operator's
 * endpoint.
 */
@AutoConfiguration
@EnableConfigurationProperties(EventingProperties.class)
@PropertySource("classpath:se/lokalabehov/eventing/eventing.properties")
class EventingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Clock clock() {
		return Clock.systemUTC();
	}

	/** An acknowledged write is on the disks of most members (house.md, 3). */
	@Bean
	MongoClientSettingsBuilderCustomizer acknowledgedIsDurable() {
		return (settings) -> settings.writeConcern(WriteConcern.MAJORITY.withJournal(true)).retryWrites(true);
	}

	@Bean
	Codec codec() {
		return new Codec();
	}

	@Bean
	Meters eventingMeters(MeterRegistry registry) {
		return new Meters(registry);
	}

	/** Without tracing on the class path, events carry no trace. */
	@Bean
	Trace eventingTrace(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
		return new Trace(tracer.getIfAvailable(() -> Tracer.NOOP), propagator.getIfAvailable(() -> Propagator.NOOP));
	}

	@Bean(destroyMethod = "close")
	Admin eventingAdmin(KafkaProperties kafka) {
		return Admin.create(kafka.buildAdminProperties());
	}

	@Bean(destroyMethod = "")
	Producer<byte[], byte[]> relayProducer(KafkaProperties kafka) {
		Map<String, Object> properties = kafka.buildProducerProperties();
		properties.put("acks", "all");
		properties.put("enable.idempotence", true);
		properties.putIfAbsent("max.block.ms", 5000);
		properties.putIfAbsent("delivery.timeout.ms", 30000);
		properties.putIfAbsent("request.timeout.ms", 10000);
		return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
	}

	@Bean
	TopicReader topicReader(KafkaProperties kafka) {
		return new TopicReader(() -> {
			Map<String, Object> properties = kafka.buildConsumerProperties();
			properties.remove("group.id");
			properties.put("enable.auto.commit", false);
			properties.put("auto.offset.reset", "earliest");
			properties.put("max.poll.records", 1000);
			return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
		});
	}

	@Bean
	Divergence divergence(MongoTemplate mongo, TopicReader reader, Codec codec, Meters meters) {
		return new Divergence(mongo, reader, codec, meters);
	}

	@Bean
	Peers peers(MongoTemplate mongo) {
		return new Peers(mongo);
	}

	@Bean
	Relay relay(MongoTemplate mongo, Producer<byte[], byte[]> producer, Divergence divergence, Peers peers,
			Meters meters, Trace trace, Clock clock, EventingProperties properties) {
		return new Relay(mongo, producer, divergence, peers, meters, trace, clock, properties);
	}

	@Bean
	Repair repair(MongoTemplate mongo, Codec codec, TopicReader reader, Relay relay, Divergence divergence, Peers peers,
			Admin admin) {
		return new Repair(mongo, codec, reader, relay, divergence, peers, admin);
	}

	@Bean
	Registry projectionRegistry(MongoTemplate mongo) {
		return new Registry(mongo);
	}

	@Bean
	Parked parked(MongoTemplate mongo, Registry registry, Clock clock, Meters meters) {
		return new Parked(mongo, registry, clock, meters);
	}

	@Bean
	Indexes indexes(MongoTemplate mongo) {
		return new Indexes(mongo);
	}

	@Bean
	Inbox inboxOfProjections(MongoTemplate mongo, Codec codec, Parked parked, Registry registry, Divergence divergence,
			Meters meters, Trace trace, EventingProperties properties) {
		return new Inbox(mongo, codec, parked, registry, divergence, meters, trace, properties);
	}

	@Bean
	Replay replay(MongoTemplate mongo, TopicReader reader, Inbox inbox, Registry registry, Indexes indexes,
			Divergence divergence) {
		return new Replay(mongo, reader, inbox, registry, indexes, divergence);
	}

	@Bean
	Audit audit(MongoTemplate mongo, Producer<byte[], byte[]> producer, Admin admin, TopicReader reader,
			EventingProperties properties, Clock clock, Meters meters,
			@Value("${lokala-behov.service:service}") String service) {
		return new Audit(mongo, producer, admin, reader, properties, clock, meters, service);
	}

	@Bean
	AuditEndpoint auditEndpoint(Audit audit) {
		return new AuditEndpoint(audit);
	}

	@Bean
	Eventing eventing(MongoTemplate mongo, Codec codec, TopicReader reader, Relay relay, Divergence divergence,
			Repair repair, Inbox inbox, Registry registry, Indexes indexes, Meters meters, Audit audit, Trace trace) {
		return new DefaultEventing(mongo, codec, reader, relay, divergence, repair, inbox, registry, indexes, meters,
				audit, trace);
	}

	@Bean
	Beginning beginning(Admin admin, EventingProperties properties, Indexes indexes, Inbox inbox, Replay replay,
			Repair repair, Divergence divergence, BindingServiceProperties bindings) {
		return new Beginning(admin, properties, indexes, inbox, replay, repair, divergence, bindings);
	}

	@Bean
	Lag lag(Admin admin, Inbox inbox, BindingServiceProperties bindings, Meters meters) {
		return new Lag(admin, inbox, bindings, meters);
	}

	/** The function that Spring Cloud Stream binds: a poll's records, raw. */
	@Bean
	Consumer<List<ConsumerRecord<byte[], byte[]>>> inbox(Inbox inbox, EventingProperties properties) {
		return (properties.mutant() == Mutant.EARLY_COMMIT) ? Mutant.early(inbox::accept) : inbox::accept;
	}

	/**
	 * Gives the function the records as they are: no header is turned into any type, so a
	 * hostile type header can do nothing.
	 */
	@Bean
	BatchMessageConverter rawRecords() {
		return new BatchMessageConverter() {

			@Override
			public Message<?> toMessage(List<ConsumerRecord<?, ?>> records, @Nullable Acknowledgment acknowledgment,
					org.apache.kafka.clients.consumer.@Nullable Consumer<?, ?> consumer, Type payloadType) {
				return new GenericMessage<>(List.copyOf(records));
			}

			@Override
			public List<ProducerRecord<?, ?>> fromMessage(Message<?> message, String defaultTopic) {
				throw new IllegalStateException("the relay sends, not Spring Cloud Stream");
			}

		};
	}

	/**
	 * Trouble with the store is waited out: the offset is not committed before the
	 * effect.
	 */
	@Bean
	ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> waitForTheStore() {
		return (container, destination, group) -> {
			ExponentialBackOff backOff = new ExponentialBackOff(200, 2);
			backOff.setMaxInterval(5000);
			container.setCommonErrorHandler(new DefaultErrorHandler(backOff));
			container.getContainerProperties().setLogContainerConfig(false);
			// Waiting for a commit, the container makes one that a rebalance prevented
			// later, although another has come further meanwhile.
			container.getContainerProperties().setSyncCommits(false);
			container.getContainerProperties().setCommitCallback(LateCommits::committed);
		};
	}

	@Bean
	LateCommits lateCommits() {
		return new LateCommits();
	}

	@Bean
	HealthIndicator eventingHealthIndicator(Divergence divergence, Parked parked, Relay relay) {
		return () -> {
			// What is behind refuses by itself; the rest of the service can be used.
			return (divergence.isCompared() ? Health.up() : Health.outOfService())
				.withDetail("compared", divergence.isCompared())
				.withDetail("behind", divergence.behind().size())
				.withDetail("lostTails", divergence.lost().size())
				.withDetail("parked", parked.count())
				.withDetail("pending", relay.pending())
				.build();
		};
	}

	/**
	 * No part of readiness: acts are taken without the broker, and are published when it
	 * is back.
	 */
	@Bean
	HealthIndicator brokerHealthIndicator(Lag lag) {
		return () -> (lag.isAnswered() ? Health.up() : Health.down()).build();
	}

	@Bean
	EventingEndpoint eventingEndpoint(Inbox inbox, Parked parked, Replay replay, Repair repair, Relay relay,
			Divergence divergence, Registry registry) {
		return new EventingEndpoint(inbox, parked, replay, repair, relay, divergence, registry);
	}

}
