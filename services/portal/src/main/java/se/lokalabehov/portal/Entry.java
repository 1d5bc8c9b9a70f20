package se.lokalabehov.portal;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.databind.annotation.JsonTypeIdResolver;

import se.lokalabehov.contracts.FreeText;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Envelope;

/**
 * One event in a trace: who did what, and when.
 *
 * @param sequence within its key, from 1
 * @param time by its owner's clock
 * @param by the organisation that acted
 * @param role the role that it acted in
 * @param event the whole event, kept under its wire name
 */
record Entry(long sequence, Instant time, OrganisationId by, String role, @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM,
		include = JsonTypeInfo.As.PROPERTY, property = "wire") @JsonTypeIdResolver(WireNames.class) Object event) {

	static Entry of(Envelope<?> envelope) {
		return new Entry(envelope.sequence(), envelope.time(), envelope.by(), envelope.role(), envelope.event());
	}

	/** The same with every written text blanked (domain rule 8). */
	Entry blanked() {
		return (this.event instanceof FreeText<?> text)
				? new Entry(this.sequence, this.time, this.by, this.role, text.redacted()) : this;
	}

}
