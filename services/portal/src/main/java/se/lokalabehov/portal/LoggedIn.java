package se.lokalabehov.portal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.CallerPrincipal;

/**
 * Somebody who has logged in with a browser. It lives in the session, on the server only:
 * no token reaches the browser.
 *
 * @param idToken what the issuer said at login, or when the tokens were last renewed; it
 * is shown to the issuer at logout
 * @param caller who it is for the services, as the access token says
 * @param accessToken what the services are called with
 * @param since when the login was made
 * @param renewed when the tokens came
 */
record LoggedIn(OidcIdToken idToken, Caller caller, String accessToken, Instant since,
		Instant renewed) implements OidcUser, CallerPrincipal {

	@Override
	public Map<String, Object> getClaims() {
		return this.idToken.getClaims();
	}

	@Override
	public @Nullable OidcUserInfo getUserInfo() {
		return null;
	}

	@Override
	public OidcIdToken getIdToken() {
		return this.idToken;
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.idToken.getClaims();
	}

	@Override
	public Collection<? extends GrantedAuthority> getAuthorities() {
		return List.of();
	}

	@Override
	public String getName() {
		return this.caller.subject();
	}

	/** Never the tokens. */
	@Override
	public String toString() {
		return "LoggedIn[" + this.caller + ", since " + this.since + "]";
	}

}
