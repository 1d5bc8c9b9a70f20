package se.lokalabehov.security;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom this installation trusts.
 *
 * @param issuers the trusted issuers; empty means that nobody can log in
 * @param assurance the level of assurance (DIGG's <i>tillitsnivå</i>, 1 to 4, by ISO/IEC
 * 29115) that a login must reach for a role to count; none for the roles that are not
 * listed
 * @param metricsToken a secret of at least 16 characters that a collector of metrics
 * bears; without it only SKR's administrators can read them
 */
@ConfigurationProperties("lokala-behov.security")
record SecurityProperties(@DefaultValue List<TrustedIssuer> issuers, @DefaultValue Map<Role, Integer> assurance,
		@Nullable String metricsToken) {

	/** The lowest: somebody has logged in somehow. */
	static final int LOWEST = 1;

	static final int HIGHEST = 4;

	SecurityProperties {
		assurance.forEach((role, level) -> {
			if (level < LOWEST || level > HIGHEST) {
				throw new IllegalArgumentException(
						"lokala-behov.security.assurance: the level of " + role.wireName() + " must be 1 to 4");
			}
		});
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
	 * @param assuranceClaim the claim that says how sure the login is; dots lead into
	 * nested objects
	 * @param assuranceLevels the issuer's own values of it and the level (1 to 4) of
	 * each; the numbers 1 to 4 and the addresses of Sweden's trust framework
	 * ({@code http://id.elegnamnden.se/loa/1.0/loa3}) are known
	 * @param assurance the level of every login there that says nothing higher, as agreed
	 * with the issuer
	 * @param machines the {@code sub} of clients that are no persons: no level is asked
	 * of them, as their secret or key is the proof
	 * @param tokenAge how long ago a token may have been issued, where the issuer's own
	 * tokens live longer than a removed person may stay; any age when left out
	 */
	record TrustedIssuer(String issuer, @Nullable URI jwkSetUri, @DefaultValue("lokala-behov") String audience,
			@DefaultValue("organisation") String organisationClaim, @DefaultValue Map<String, String> organisationNames,
			@DefaultValue("roles") String rolesClaim, @DefaultValue Map<String, Role> roleNames,
			@DefaultValue Set<String> organisations, @DefaultValue Set<Role> roles,
			@DefaultValue("acr") String assuranceClaim, @DefaultValue Map<String, Integer> assuranceLevels,
			@DefaultValue("1") int assurance, @DefaultValue Set<String> machines, @Nullable Duration tokenAge) {

		private static final String ALL = "*";

		private static final Pattern KNOWN = Pattern.compile("(?:http://id\\.elegnamnden\\.se/loa/1\\.0/loa)?([1-4])");

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

		/** The level of assurance that a value stands for, none when it says none. */
		Optional<Integer> levelNamed(String word) {
			return Optional.ofNullable(this.assuranceLevels.get(word))
				.or(() -> Optional.of(KNOWN.matcher(word))
					.filter(Matcher::matches)
					.map((known) -> Integer.valueOf(known.group(1))));
		}

		Optional<Role> roleNamed(String word) {
			return Optional.ofNullable(this.roleNames.get(word))
				.or(() -> Role.ofWireName(word))
				.filter(this.roles::contains);
		}

	}

}
