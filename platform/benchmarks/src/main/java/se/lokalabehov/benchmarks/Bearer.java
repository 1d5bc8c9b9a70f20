package se.lokalabehov.benchmarks;

import java.time.Duration;

import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.TestIssuer;

/**
 * An author at a municipality, whose token is signed anew now and then: it lasts an hour,
 * and signing costs more than a command.
 */
final class Bearer {

	private static final Duration FRESH = Duration.ofMinutes(20);

	/** A token and when it was signed. */
	private record Signed(String token, long at) {
	}

	private final TestIssuer issuer;

	private volatile Signed signed;

	Bearer(TestIssuer issuer) {
		this.issuer = issuer;
		this.signed = sign(issuer);
	}

	private static Signed sign(TestIssuer issuer) {
		return new Signed(issuer.token("0180", Role.MUNICIPALITY_AUTHOR), System.nanoTime());
	}

	String token() {
		Signed last = this.signed;
		if (System.nanoTime() - last.at() > FRESH.toNanos()) {
			last = sign(this.issuer);
			this.signed = last;
		}
		return last.token();
	}

}
