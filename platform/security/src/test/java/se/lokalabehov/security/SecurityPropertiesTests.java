package se.lokalabehov.security;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import se.lokalabehov.security.SecurityProperties.TrustedIssuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SecurityPropertiesTests {

	@Test
	void anIssuerForAllOrganisationsMayGiveAllRoles() {
		TrustedIssuer issuer = bound(Map.of("issuers[0].issuer", "https://a", "issuers[0].organisations", "*"))
			.issuers()
			.getFirst();

		assertThat(issuer.roles()).containsExactlyInAnyOrder(Role.values());
		assertThat(issuer.mayNotSpeakFor("SOS")).isFalse();
		assertThat(issuer.audience()).isEqualTo("lokala-behov");
	}

	@Test
	void anIssuerWithoutOrganisationsStopsTheStart() {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bound(Map.of("issuers[0].issuer", "https://a")))
			.withRootCauseInstanceOf(IllegalArgumentException.class)
			.withStackTraceContaining("list the organisations that https://a may speak for");
	}

	@Test
	void anIssuerForSomeOrganisationsMustSayWhichRolesItMayGive() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bound(Map.of("issuers[0].issuer", "https://a", "issuers[0].organisations", "0180")))
			.withStackTraceContaining("list the roles that https://a may give");
	}

	@Test
	void theSameIssuerTwiceStopsTheStart() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bound(Map.of("issuers[0].issuer", "https://a", "issuers[0].organisations", "*",
					"issuers[1].issuer", "https://a", "issuers[1].organisations", "*")))
			.withStackTraceContaining("the same issuer twice");
	}

	private static SecurityProperties bound(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bind("", SecurityProperties.class).get();
	}

}
