package se.lokalabehov.portal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.oidc.OidcScopes;

/**
 * Where one can log in. An issuer is looked up when somebody first logs in there, so the
 * portal starts while it is away.
 */
final class Logins implements ClientRegistrationRepository {

	private final Map<String, PortalProperties.Login> logins;

	private final Map<String, ClientRegistration> found = new ConcurrentHashMap<>();

	Logins(PortalProperties properties) {
		this.logins = properties.logins();
	}

	/** The logins by their ids, in the order that they are configured. */
	Map<String, PortalProperties.Login> all() {
		return this.logins;
	}

	/**
	 * A login.
	 * @throws IllegalArgumentException when its issuer does not answer
	 */
	@Override
	public @Nullable ClientRegistration findByRegistrationId(String id) {
		PortalProperties.Login login = this.logins.get(id);
		return (login != null) ? this.found.computeIfAbsent(id, (key) -> lookUp(key, login)) : null;
	}

	/** OpenID Connect Discovery 1.0. */
	private static ClientRegistration lookUp(String id, PortalProperties.Login login) {
		return ClientRegistrations.fromIssuerLocation(login.issuer().toString())
			.registrationId(id)
			.clientId(login.clientId())
			.clientSecret(login.clientSecret())
			.clientName(login.name())
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
			.scope(OidcScopes.OPENID, OidcScopes.PROFILE)
			.clientSettings(ClientRegistration.ClientSettings.builder().requireProofKey(true).build())
			.build();
	}

}
