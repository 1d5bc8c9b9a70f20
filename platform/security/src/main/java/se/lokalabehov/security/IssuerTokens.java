package se.lokalabehov.security;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

import se.lokalabehov.security.SecurityProperties.TrustedIssuer;

/**
 * Verifies the tokens of one issuer. Its address is looked up at the first token and its
 * keys are fetched then, so that a service starts while the issuer is still away; once
 * fetched they outlive an hour of the issuer's absence.
 */
final class IssuerTokens {

	/** Signatures by a private key only: with HS256 whoever can verify can also sign. */
	private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256,
			JWSAlgorithm.PS256);

	private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

	private static final Duration KEYS_OUTLIVE_ISSUER = Duration.ofHours(1);

	private static final int ONE_MEBIBYTE = 1 << 20;

	private final DefaultResourceRetriever retriever = new NoRedirects();

	private final TrustedIssuer issuer;

	private volatile @Nullable NimbusJwtDecoder decoder;

	private final OAuth2TokenValidator<Jwt> claims;

	IssuerTokens(TrustedIssuer issuer) {
		this.issuer = issuer;
		this.claims = claims();
	}

	/** Whether what a decoded token says is valid now, as it was when it was decoded. */
	boolean stillHolds(Jwt decoded) {
		return !this.claims.validate(decoded).hasErrors();
	}

	Jwt decode(String token) {
		try {
			return decoder().decode(token);
		}
		catch (BadJwtException ex) {
			throw ex;
		}
		catch (JwtException ex) {
			// Keys were just fetched and this key was not among them.
			if (causedByRateLimit(ex)) {
				throw new BadJwtException("The token is signed with an unknown key", ex);
			}
			throw ex;
		}
	}

	private static boolean causedByRateLimit(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof RateLimitReachedException) {
				return true;
			}
		}
		return false;
	}

	private NimbusJwtDecoder decoder() {
		NimbusJwtDecoder existing = this.decoder;
		if (existing != null) {
			return existing;
		}
		synchronized (this) {
			NimbusJwtDecoder made = this.decoder;
			if (made == null) {
				made = newDecoder();
				this.decoder = made;
			}
			return made;
		}
	}

	private NimbusJwtDecoder newDecoder() {
		JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(jwkSetUrl(), this.retriever)
			.refreshAheadCache(false)
			.outageTolerant(KEYS_OUTLIVE_ISSUER.toMillis())
			.build();
		DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
		processor.setJWSTypeVerifier(
				new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
		processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
		// The claims are the validator's business.
		processor.setJWTClaimsSetVerifier((claims, context) -> {
		});
		NimbusJwtDecoder made = new NimbusJwtDecoder(processor);
		made.setJwtValidator(this.claims);
		return made;
	}

	private OAuth2TokenValidator<Jwt> claims() {
		return new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(CLOCK_SKEW),
				require("The token has no time of expiry", (jwt) -> jwt.getExpiresAt() != null),
				require("The token is too old", this::isYoung),
				require("The token is from another issuer",
						(jwt) -> this.issuer.issuer().equals(jwt.getClaimAsString("iss"))),
				require("The token is for somebody else",
						(jwt) -> jwt.getAudience() != null && jwt.getAudience().contains(this.issuer.audience())));
	}

	/**
	 * A token that does not say when it was issued is read as if that were just before it
	 * expires, which is in the future as long as it is worth anything.
	 */
	private boolean isYoung(Jwt jwt) {
		Duration age = this.issuer.tokenAge();
		Instant issued = jwt.getIssuedAt();
		Instant now = Instant.now();
		return age == null || (issued != null && issued.isBefore(now.plus(CLOCK_SKEW))
				&& now.isBefore(issued.plus(age).plus(CLOCK_SKEW)));
	}

	private static OAuth2TokenValidator<Jwt> require(String otherwise, Predicate<Jwt> whatMustHold) {
		return (jwt) -> whatMustHold.test(jwt) ? OAuth2TokenValidatorResult.success()
				: OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", otherwise, null));
	}

	private URL jwkSetUrl() {
		try {
			URI configured = this.issuer.jwkSetUri();
			return (configured != null) ? configured.toURL() : discover();
		}
		catch (IOException | ParseException | IllegalArgumentException ex) {
			throw new JwtException("The keys of " + this.issuer.issuer() + " can not be found now", ex);
		}
	}

	/** OpenID Connect Discovery 1.0, section 4. */
	private URL discover() throws IOException, ParseException {
		URI address = URI.create(this.issuer.issuer().replaceAll("/$", "") + "/.well-known/openid-configuration");
		Map<String, Object> found = JSONObjectUtils
			.parse(this.retriever.retrieveResource(address.toURL()).getContent());
		if (!this.issuer.issuer().equals(found.get("issuer"))) {
			throw new IOException(address + " speaks for another issuer");
		}
		return JSONObjectUtils.getURI(found, "jwks_uri").toURL();
	}

	/**
	 * Keys are where the issuer says that they are: who can send us on from there, as
	 * from a page of theirs that redirects, must not be able to give us others.
	 */
	private static final class NoRedirects extends DefaultResourceRetriever {

		NoRedirects() {
			super(2_000, 3_000, ONE_MEBIBYTE);
		}

		@Override
		protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
			HttpURLConnection connection = super.openHTTPConnection(url);
			connection.setInstanceFollowRedirects(false);
			return connection;
		}

	}

}
