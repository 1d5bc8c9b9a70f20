package se.lokalabehov.eventing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the mechanism.
 *
 * @param partitions of every topic, fixed when a topic is made; all services must agree
 * @param replication of every topic; -1 is the broker's default
 * @param marks how often confirmed events are marked in the store
 * @param sweep how often the store is looked through for events that nobody sends
 * @param auditKey what the audit log's pseudonyms are made with, a secret and the same
 * for all services; each makes its own when there is none
 * @param testOnly allows {@code mutant}
 * @param mutant a known wrong way, for the fault suite
 */
@ConfigurationProperties("lokala-behov.eventing")
record EventingProperties(@DefaultValue("6") int partitions, @DefaultValue("-1") short replication,
		@DefaultValue("20ms") Duration marks, @DefaultValue("60s") Duration sweep, @DefaultValue("") String auditKey,
		@DefaultValue("false") boolean testOnly, @DefaultValue("NONE") Mutant mutant) {

	/** Never the secret. */
	@Override
	public String toString() {
		return "EventingProperties[" + this.partitions + " partitions]";
	}

	EventingProperties {
		if (mutant != Mutant.NONE && !testOnly) {
			throw new IllegalArgumentException("lokala-behov.eventing.mutant is for the fault suite only");
		}
	}

}
