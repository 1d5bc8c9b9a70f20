package se.lokalabehov.portal;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;

/**
 * The matters of an organisation, with their registration numbers.
 */
@Component
class Matters {

	private final Traces traces;

	private final Aggregates<Registration, Registration> registrations;

	private final Clock clock;

	Matters(Traces traces, Aggregates<Registration, Registration> registrations, Clock clock) {
		this.traces = traces;
		this.registrations = registrations;
		this.clock = clock;
	}

	/** All of an organisation's, what began last first. */
	List<Matter> of(OrganisationId organisation) {
		Map<String, String> numbers = new HashMap<>();
		registrations(organisation).forEach((one) -> {
			if (one.number() != null) {
				numbers.put(one.matter(), one.number());
			}
		});
		return this.traces.near(organisation.value())
			.stream()
			.filter((node) -> Matter.isOwn(organisation, node))
			.map((node) -> new Matter(node, numbers.get(Matter.key(node))))
			.sorted(Comparator.comparing(Matter::since).reversed().thenComparing(Matter::key))
			.toList();
	}

	/** One of an organisation's, none when there is none or it is another's. */
	Optional<Matter> of(OrganisationId organisation, String key) {
		int dot = key.indexOf('.');
		return kind((dot > 0) ? key.substring(0, dot) : "")
			.flatMap((kind) -> this.traces.find(kind, key.substring(dot + 1)))
			.filter((node) -> Matter.isOwn(organisation, node))
			.map((node) -> new Matter(node, registration(organisation, key).map(Registration::number).orElse(null)));
	}

	private static Optional<Kind> kind(String name) {
		for (Kind kind : Kind.values()) {
			if (kind.name().equals(name)) {
				return Optional.of(kind);
			}
		}
		return Optional.empty();
	}

	/** What is registered of one. */
	Optional<Registration> registration(OrganisationId organisation, String key) {
		return this.registrations.find(Registration.id(organisation, key)).map(Stored::state);
	}

	/** What an organisation has registered. */
	List<Registration> registrations(OrganisationId organisation) {
		return this.registrations.all(Criteria.where("state.organisation").is(organisation.value()))
			.stream()
			.map(Stored::state)
			.toList();
	}

	/**
	 * Gives a matter its number.
	 * @param number empty takes it away
	 * @param key the form's
	 */
	Outcome<Registration> number(Caller caller, String matter, String number, String key) {
		Act act = act(caller, matter, number, key);
		return this.registrations.execute(Registration.id(caller.organisation(), matter), act, (before) -> Registration
			.numbered(before, caller.organisation(), matter, new Registration.Number(number, act.at(), act.role())));
	}

	/** Writes down that an extract was made. */
	Outcome<Registration> release(Caller caller, String matter, String assessment, String key) {
		Act act = act(caller, matter, assessment, key);
		return this.registrations.execute(Registration.id(caller.organisation(), matter), act,
				(before) -> Registration.released(before, caller.organisation(), matter,
						new Registration.Release(act.at(), act.role(), assessment)));
	}

	/** Takes over what was registered elsewhere, where nothing is registered here. */
	void adopt(Registration registration, Caller caller) {
		String id = Registration.id(registration.organisation(), registration.matter());
		this.registrations.execute(id, act(caller, id, "", "adopt"),
				(before) -> (before != null) ? Decision.of() : Decision.of(registration));
	}

	private Act act(Caller caller, String matter, String what, String key) {
		String roles = caller.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(","));
		return new Act(caller.organisation(), roles, caller.subject(), this.clock.instant(),
				Act.sha256(caller.subject() + "|" + key + "|" + matter), Act.sha256(matter + "|" + what), null);
	}

}
