package se.lokalabehov.security;

import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import se.lokalabehov.contracts.OrganisationId;

import static org.assertj.core.api.Assertions.assertThat;

class CallerTests {

	private final OrganisationId stockholm = new OrganisationId("0180");

	private final Caller author = new Caller("a1", this.stockholm, Set.of(Role.MUNICIPALITY_AUTHOR));

	@AfterEach
	void nobodyCalls() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void aRoleIsTiedToItsOrganisation() {
		assertThat(this.author.is(Role.MUNICIPALITY_AUTHOR)).isTrue();
		assertThat(this.author.is(Role.MUNICIPALITY_AUTHOR, this.stockholm)).isTrue();
		assertThat(this.author.is(Role.MUNICIPALITY_AUTHOR, new OrganisationId("1480"))).isFalse();
		assertThat(this.author.is(Role.MUNICIPALITY_APPROVER, this.stockholm)).isFalse();
	}

	@Test
	void nobodyIsAnonymous() {
		assertThat(Caller.current().isAnonymous()).isTrue();
		assertThat(Caller.anonymous().roles()).isEmpty();
		assertThat(this.author.isAnonymous()).isFalse();
	}

	@Test
	void anyLoginThatStandsForACallerIsThatCaller() {
		CallerPrincipal session = () -> this.author;
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(session, null, "ROLE_X"));

		assertThat(Caller.current()).isEqualTo(this.author);
	}

	@Test
	void aLoginThatHasNotBeenVerifiedIsNobody() {
		TestingAuthenticationToken unverified = new TestingAuthenticationToken(this.author, null);
		unverified.setAuthenticated(false);
		SecurityContextHolder.getContext().setAuthentication(unverified);

		assertThat(Caller.current().isAnonymous()).isTrue();
	}

	@Test
	void aPseudonymDependsOnIssuerAndSubjectAndIsStable() {
		// printf '%s' 'https://a|kim' | sha256sum
		assertThat(Caller.pseudonym("https://a", "kim")).isEqualTo("2de892ebdc802802")
			.isNotEqualTo(Caller.pseudonym("https://b", "kim"));
	}

	@Test
	void aRoleIsFoundByEitherSpelling() {
		assertThat(Role.ofWireName("rss-coordinator")).hasValue(Role.RSS_COORDINATOR);
		assertThat(Role.ofWireName("RSS_COORDINATOR")).hasValue(Role.RSS_COORDINATOR);
		assertThat(Role.ofWireName("Rss-Coordinator")).isEmpty();
	}

}
