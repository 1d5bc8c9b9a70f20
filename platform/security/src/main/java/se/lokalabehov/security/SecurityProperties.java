package se.lokalabehov.security;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom this installation trusts.
 *
 * @param issuers the trusted issuers; empty means that nobody can log in
 * @param metricsToken a secret of at least 16 characters that a collector of metrics
 * bears; without it only SKR's administrators can read them
 */
@ConfigurationProperties("lokala-behov.security")
record SecurityProperties(@DefaultValue List<TrustedIssuer> issuers, @Nullable String metricsToken) {

	SecurityProperties {
		if (metricsToken != null && metricsToken.length() < 16) {
			throw new IllegalArgumentException(
					"lokala-behov.security.metrics-token is too short: at least 16 characters of chance");
		}
		if (issuers.stream().map(TrustedIssuer::issuer).distinct().count() < issuers.size()) {
			throw new IllegalArgumentException("lokala-behov.security.issuers names the same issuer twice");
		}
	}

	/**
	 * One issuer, and what its word is worth. An issuer is believed only about the
	 * organisations and the roles that are listed: a municipality's own issuer must not
	 * be able to make an agency officer or an administrator.
	 *
	 * @param issuer the exact {@code iss}
	 * @param jwkSetUri where its keys are; without it they are discovered, at the first
	 * token, from {@code <issuer>/.well-known/openid-configuration}
	 * @param audience what {@code aud} must contain
	 * @param organisationClaim the claim that names the organisation; dots lead into
	 * nested objects
	 * @param organisationNames the issuer's own names of organisations (a tenant id, an
	 * organisation number) and the directory's id of each; other values count as they are
	 * @param rolesClaim the claim that lists the roles, as a list or separated by spaces;
	 * dots lead into nested objects
	 * @param roleNames the issuer's own names of roles and the role of each; what is not
	 * here counts when it is the role's own name in either spelling
	 * @param organisations the ids it may speak for, or {@code *} for all; required
	 * @param roles the roles it may give; all when it may speak for all organisations,
	 * else required
	 */
	record TrustedIssuer(String issuer, @Nullable URI jwkSetUri, @DefaultValue("lokala-behov") String audience,
			@DefaultValue("organisation") String organisationClaim, @DefaultValue Map<String, String> organisationNames,
			@DefaultValue("roles") String rolesClaim, @DefaultValue Map<String, Role> roleNames,
			@DefaultValue Set<String> organisations, @DefaultValue Set<Role> roles) {

		private static final String ALL = "*";

		TrustedIssuer {
			if (organisations.isEmpty()) {
				throw new IllegalArgumentException("lokala-behov.security.issuers: list the organisations that "
						+ issuer + " may speak for (or *)");
			}
			if (roles.isEmpty()) {
				if (!organisations.contains(ALL)) {
					throw new IllegalArgumentException(
							"lokala-behov.security.issuers: list the roles that " + issuer + " may give");
				}
				roles = EnumSet.allOf(Role.class);
			}
		}

		boolean mayNotSpeakFor(String organisation) {
			return !this.organisations.contains(ALL) && !this.organisations.contains(organisation);
		}

		String organisationNamed(String word) {
			return this.organisationNames.getOrDefault(word, word);
		}

		Optional<Role> roleNamed(String word) {
			return Optional.ofNullable(this.roleNames.get(word))
				.or(() -> Role.ofWireName(word))
				.filter(this.roles::contains);
		}

	}

}
