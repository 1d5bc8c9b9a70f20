package se.lokalabehov.security;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTParser;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.security.SecurityProperties.TrustedIssuer;

/**
 * Reads access tokens of the trusted issuers. The issuer that a token names decides which
 * keys verify it and what it may say; nothing in an unverified token decides anything
 * else.
 */
public final class CallerTokens implements JwtDecoder {

	static final Duration VERIFIED_FOR = Duration.ofMinutes(1);

	static final int MOST_VERIFIED = 2_000;

	private record Verified(Jwt token, IssuerTokens by) {
	}

	private final Map<String, TrustedIssuer> issuers = new HashMap<>();

	private final Map<String, IssuerTokens> tokens = new HashMap<>();

	private final Map<Role, Integer> assurance;

	/**
	 * Whose signature has been verified a short while ago: a signature takes longer than
	 * all the rest that is done at the door. What depends on the time is looked at each
	 * time; a key that the issuer has taken back is still believed for as long as its set
	 * of keys is kept (minutes), so this is no longer.
	 */
	private final Cache<String, Verified> verified = Caffeine.newBuilder()
		.maximumSize(MOST_VERIFIED)
		.expireAfterWrite(VERIFIED_FOR)
		.build();

	CallerTokens(SecurityProperties properties) {
		this.assurance = properties.assurance();
		for (TrustedIssuer issuer : properties.issuers()) {
			this.issuers.put(issuer.issuer(), issuer);
			this.tokens.put(issuer.issuer(), new IssuerTokens(issuer));
		}
	}

	/**
	 * Who a token speaks for.
	 * @param token a JWT as sent
	 * @return the caller, never anonymous
	 * @throws BadJwtException when the token is not to be believed
	 * @throws JwtException when that can not be told now, because the issuer does not
	 * answer
	 */
	public Caller read(String token) {
		return callerOf(decode(token));
	}

	@Override
	public Jwt decode(String token) throws JwtException {
		Verified known = this.verified.getIfPresent(token);
		if (known != null && known.by().stillHolds(known.token())) {
			return known.token();
		}
		IssuerTokens tokensOfIssuer = this.tokens.get(issuerNamedBy(token));
		if (tokensOfIssuer == null) {
			throw new BadJwtException("The issuer is not trusted");
		}
		Jwt decoded = tokensOfIssuer.decode(token);
		this.verified.put(token, new Verified(decoded, tokensOfIssuer));
		return decoded;
	}

	private static String issuerNamedBy(String token) {
		try {
			String issuer = JWTParser.parse(token).getJWTClaimsSet().getIssuer();
			return (issuer != null) ? issuer : "";
		}
		catch (Exception ex) {
			// Whatever the parser stumbles over, it is no token of anybody's.
			throw new BadJwtException("This is not a JWT", ex);
		}
	}

	Caller callerOf(Jwt jwt) {
		String issuerName = String.valueOf(jwt.getClaimAsString("iss"));
		TrustedIssuer issuer = this.issuers.get(issuerName);
		if (issuer == null) {
			throw new BadJwtException("The issuer is not trusted");
		}
		String subject = jwt.getSubject();
		if (subject == null || subject.isBlank()) {
			throw new BadJwtException("The token names no subject");
		}
		Set<Role> given = rolesOf(jwt, issuer);
		int reached = issuer.machines().contains(subject) ? SecurityProperties.HIGHEST : levelOf(jwt, issuer);
		Set<Role> roles = given.stream()
			.filter((role) -> this.assurance.getOrDefault(role, SecurityProperties.LOWEST) <= reached)
			.collect(Collectors.toSet());
		given.removeAll(roles);
		return new Caller(Caller.pseudonym(issuerName, subject), organisationOf(jwt, issuer), roles, given);
	}

	/** The highest level that the token says, at least what is agreed with the issuer. */
	private static int levelOf(Jwt jwt, TrustedIssuer issuer) {
		return words(claim(jwt, issuer.assuranceClaim())).stream()
			.flatMap((word) -> issuer.levelNamed(word).stream())
			.reduce(issuer.assurance(), Math::max);
	}

	private static OrganisationId organisationOf(Jwt jwt, TrustedIssuer issuer) {
		List<String> words = words(claim(jwt, issuer.organisationClaim()));
		if (words.size() != 1) {
			throw new BadJwtException("The token does not name one organisation");
		}
		String organisation = issuer.organisationNamed(words.getFirst());
		if (issuer.mayNotSpeakFor(organisation)) {
			throw new BadJwtException("The issuer may not speak for this organisation");
		}
		try {
			return new OrganisationId(organisation);
		}
		catch (IllegalArgumentException ex) {
			throw new BadJwtException("The organisation is no identifier", ex);
		}
	}

	private static Set<Role> rolesOf(Jwt jwt, TrustedIssuer issuer) {
		Set<Role> roles = EnumSet.noneOf(Role.class);
		words(claim(jwt, issuer.rolesClaim())).forEach((word) -> issuer.roleNamed(word).ifPresent(roles::add));
		return roles;
	}

	/** A claim of that very name, else the one that the dots lead to. */
	private static @Nullable Object claim(Jwt jwt, String path) {
		Map<String, Object> claims = jwt.getClaims();
		if (claims.containsKey(path)) {
			return claims.get(path);
		}
		Object at = claims;
		for (String step : path.split("\\.", -1)) {
			at = (at instanceof Map<?, ?> map) ? map.get(step) : null;
		}
		return at;
	}

	private static List<String> words(@Nullable Object claim) {
		if (claim instanceof String text) {
			return Arrays.stream(text.trim().split("\\s+")).filter((word) -> !word.isEmpty()).toList();
		}
		List<String> words = new ArrayList<>();
		if (claim instanceof Collection<?> list) {
			list.forEach((word) -> words.add(String.valueOf(word)));
		}
		return words;
	}

}
