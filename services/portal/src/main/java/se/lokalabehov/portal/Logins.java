package se.lokalabehov.portal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Where one can log in. An issuer is looked up when somebody first logs in there, so the
 * portal starts while it is away.
 */
final class Logins implements ClientRegistrationRepository {

	private final Map<String, PortalProperties.Login> logins;

	private final Map<String, ClientRegistration> found = new ConcurrentHashMap<>();

	private final RestClient client;

	Logins(PortalProperties properties, RestClient client) {
		this.logins = properties.logins();
		this.client = client;
	}

	/** The logins by their ids, in the order that they are configured. */
	Map<String, PortalProperties.Login> all() {
		return this.logins;
	}

	/**
	 * A login.
	 * @throws RestClientException when its issuer does not answer
	 */
	@Override
	public @Nullable ClientRegistration findByRegistrationId(String id) {
		PortalProperties.Login login = this.logins.get(id);
		return (login != null) ? this.found.computeIfAbsent(id, (key) -> lookUp(key, login)) : null;
	}

	/**
	 * OpenID Connect Discovery 1.0. What the portal itself asks the issuer goes to where
	 * it reaches it; browsers are sent to the issuer's own addresses.
	 */
	private ClientRegistration lookUp(String id, PortalProperties.Login login) {
		String issuer = login.issuer().toString();
		String inside = (login.inside() != null) ? login.inside().toString() : issuer;
		Map<String, Object> told = Objects.requireNonNull(this.client.get()
			.uri(inside + "/.well-known/openid-configuration")
			.retrieve()
			.body(new ParameterizedTypeReference<Map<String, Object>>() {
			}));
		if (!issuer.equals(told.get("issuer"))) {
			throw new RestClientException(inside + " speaks for another issuer");
		}
		Map<String, Object> reached = new HashMap<>(told);
		for (String asked : List.of("token_endpoint", "jwks_uri", "userinfo_endpoint")) {
			reached.computeIfPresent(asked, (key, address) -> address.toString().replace(issuer, inside));
		}
		return ClientRegistrations.fromOidcConfiguration(reached)
			.registrationId(id)
			.clientId(login.clientId())
			.clientSecret(login.clientSecret())
			.clientName(login.name())
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
			.scope(OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL)
			.clientSettings(ClientRegistration.ClientSettings.builder().requireProofKey(true).build())
			.build();
	}

}
