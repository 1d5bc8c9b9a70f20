package se.lokalabehov.demoissuer;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

import se.lokalabehov.directory.Directory;

/**
 * The OAuth clients: the portal, through which people log in with a browser, and every
 * login itself, for scripts.
 */
final class DemoClients implements RegisteredClientRepository {

	static final String PORTAL = "portal";

	private static final Duration ONE_WORKING_DAY = Duration.ofHours(12);

	private final DemoIssuerProperties properties;

	private final Directory directory;

	DemoClients(DemoIssuerProperties properties, Directory directory) {
		this.properties = properties;
		this.directory = directory;
	}

	@Override
	public @Nullable RegisteredClient findById(String id) {
		return findByClientId(id);
	}

	@Override
	public @Nullable RegisteredClient findByClientId(String clientId) {
		if (clientId.equals(PORTAL)) {
			return portal();
		}
		return DemoLogin.named(clientId, this.directory).map(this::script).orElse(null);
	}

	private RegisteredClient portal() {
		return client(PORTAL).authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
			.redirectUris((uris) -> uris.addAll(this.properties.redirectUris()))
			.postLogoutRedirectUris((uris) -> uris.addAll(this.properties.postLogoutRedirectUris()))
			.scope(OidcScopes.OPENID)
			.scope(OidcScopes.PROFILE)
			.scope(OidcScopes.EMAIL)
			.clientSettings(ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(false).build())
			.build();
	}

	private RegisteredClient script(DemoLogin login) {
		return client(login.name()).authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS).build();
	}

	private RegisteredClient.Builder client(String name) {
		return RegisteredClient.withId(name)
			.clientId(name)
			.clientSecret(DemoLogin.PASSWORD)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.tokenSettings(TokenSettings.builder()
				.accessTokenTimeToLive(this.properties.tokenLifetime())
				.refreshTokenTimeToLive(ONE_WORKING_DAY)
				.build());
	}

	@Override
	public void save(RegisteredClient registeredClient) {
		throw new UnsupportedOperationException("the clients follow from the directory");
	}

}
