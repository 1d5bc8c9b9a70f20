package se.lokalabehov.contracts;

/**
 * One topic: its name, the only service that may write to it, and the sealed interface of
 * its events.
 *
 * @param <E> the events of the topic
 * @param name the Kafka topic, for example {@code lokala-behov.3-need}
 * @param owner the owning service, for example {@code need-intake}
 * @param events the sealed interface
 */
public record Topic<E>(String name, String owner, Class<E> events) {

	/** The name without the common prefix, for example {@code 3-need}. */
	public String shortName() {
		return this.name.substring(Topics.PREFIX.length());
	}

	@Override
	public String toString() {
		return this.name;
	}

}
