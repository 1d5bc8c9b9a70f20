package se.lokalabehov.security;

import java.util.Collection;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What Spring Security keeps about a request with a valid token.
 */
final class CallerAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient Caller caller;

	private final transient Jwt token;

	CallerAuthentication(Caller caller, Jwt token) {
		super(authorities(caller));
		this.caller = caller;
		this.token = token;
		setAuthenticated(true);
	}

	private static Collection<GrantedAuthority> authorities(Caller caller) {
		return caller.roles()
			.stream()
			.<GrantedAuthority>map((role) -> new SimpleGrantedAuthority("ROLE_" + role.name()))
			.toList();
	}

	@Override
	public Caller getPrincipal() {
		return this.caller;
	}

	@Override
	public Jwt getCredentials() {
		return this.token;
	}

	@Override
	public String getName() {
		return this.caller.subject();
	}

}
