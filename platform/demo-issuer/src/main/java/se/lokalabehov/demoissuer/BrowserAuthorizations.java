package se.lokalabehov.demoissuer;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * Remembers the logins of browsers, until the next start. The tokens of scripts are not
 * remembered: nothing asks for them again, and there can be any number of them.
 */
final class BrowserAuthorizations implements OAuth2AuthorizationService {

	private final OAuth2AuthorizationService remembered = new InMemoryOAuth2AuthorizationService();

	@Override
	public void save(OAuth2Authorization authorization) {
		if (!AuthorizationGrantType.CLIENT_CREDENTIALS.equals(authorization.getAuthorizationGrantType())) {
			this.remembered.save(authorization);
		}
	}

	@Override
	public void remove(OAuth2Authorization authorization) {
		this.remembered.remove(authorization);
	}

	@Override
	public @Nullable OAuth2Authorization findById(String id) {
		return this.remembered.findById(id);
	}

	@Override
	public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType tokenType) {
		return this.remembered.findByToken(token, tokenType);
	}

}
