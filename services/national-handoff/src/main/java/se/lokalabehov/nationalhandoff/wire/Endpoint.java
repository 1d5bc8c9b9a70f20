package se.lokalabehov.nationalhandoff.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;

/**
 * Where an agency's own system is reached: registered, perhaps disabled for a while, at
 * last removed. What happens while it is disabled waits for it.
 *
 * @param agency whose
 * @param name what the agency calls it
 * @param url its address
 * @param status whether it is sent to
 * @param cause why it is disabled, in Swedish; none when it is not
 * @param secrets what is signed with, the latest first; none when it is removed
 * @param taken up to which position of the feed there are deliveries
 * @param tests how many tests have been asked for
 */
record Endpoint(OrganisationId agency, String name, String url, Status status, @Nullable String cause,
		List<Secret> secrets, long taken, int tests) {

	/** How many secrets may be valid at once. */
	private static final int SECRETS = 3;

	/** Whether an endpoint is sent to. */
	enum Status {

		/** It is. */
		ENABLED,
		/** Not for now. */
		DISABLED,
		/** Never again. */
		REMOVED

	}

	/**
	 * A shared secret.
	 *
	 * @param value {@code whsec_} and base64 of 32 random bytes, as {@link Keys} keeps it
	 * @param until how long it is signed with besides a later one; none for the latest
	 */
	record Secret(String value, @Nullable Instant until) {

		@Override
		public String toString() {
			return "Secret[until=" + this.until + "]";
		}

	}

	Endpoint {
		secrets = List.copyOf(secrets);
	}

	Endpoint takenTo(long position) {
		return new Endpoint(this.agency, this.name, this.url, this.status, this.cause, this.secrets,
				Math.max(position, this.taken), this.tests);
	}

	Endpoint tested() {
		return new Endpoint(this.agency, this.name, this.url, this.status, this.cause, this.secrets, this.taken,
				this.tests + 1);
	}

	Endpoint enabled() {
		return new Endpoint(this.agency, this.name, this.url, Status.ENABLED, null, this.secrets, this.taken,
				this.tests);
	}

	Endpoint disabled(String why) {
		return new Endpoint(this.agency, this.name, this.url, Status.DISABLED, why, this.secrets, this.taken,
				this.tests);
	}

	Endpoint removed() {
		return new Endpoint(this.agency, this.name, this.url, Status.REMOVED, null, List.of(), this.taken, this.tests);
	}

	/** A new secret; those before it are valid for a while. */
	Endpoint rotated(String secret, Instant until) {
		List<Secret> all = new ArrayList<>();
		all.add(new Secret(secret, null));
		this.secrets.stream()
			.limit(SECRETS - 1L)
			.map((one) -> (one.until() == null) ? new Secret(one.value(), until) : one)
			.forEach(all::add);
		return new Endpoint(this.agency, this.name, this.url, this.status, this.cause, all, this.taken, this.tests);
	}

	/** With its secrets kept in another way. */
	Endpoint keeping(UnaryOperator<String> how) {
		return new Endpoint(this.agency, this.name, this.url, this.status, this.cause,
				this.secrets.stream().map((one) -> new Secret(how.apply(one.value()), one.until())).toList(),
				this.taken, this.tests);
	}

	/** What is signed with now, as it is kept, the latest first. */
	List<String> valid(Instant now) {
		return this.secrets.stream()
			.filter((one) -> one.until() == null || now.isBefore(one.until()))
			.map(Secret::value)
			.toList();
	}

}
