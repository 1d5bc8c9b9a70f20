package se.lokalabehov.portal;

import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.nimbusds.jwt.JWTParser;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

import se.lokalabehov.eventing.Audit;
import se.lokalabehov.security.CallerTokens;

/**
 * Renews the tokens of a login at its issuer, at the latest ten minutes after they came:
 * who was removed there, or has got another role, is out, or another, within a quarter of
 * an hour. When they can not be renewed, or the login is older than a session may be, the
 * session ends.
 */
final class StayingLoggedIn extends OncePerRequestFilter {

	private static final Logger log = LoggerFactory.getLogger(StayingLoggedIn.class);

	private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(30);

	/** How long the issuer may be away before nobody can be sure who is who. */
	private static final Duration WITHOUT_ISSUER = Duration.ofMinutes(15);

	private final OAuth2AuthorizedClientRepository clients;

	private final OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> issuer;

	private final CallerTokens tokens;

	private final People people;

	private final Audit audit;

	private final PortalProperties properties;

	private final Clock clock;

	private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

	StayingLoggedIn(OAuth2AuthorizedClientRepository clients,
			OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> issuer, CallerTokens tokens, People people,
			Audit audit, PortalProperties properties, Clock clock) {
		this.clients = clients;
		this.issuer = issuer;
		this.tokens = tokens;
		this.people = people;
		this.audit = audit;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpSession session = request.getSession(false);
		if (session != null && login() != null) {
			// One renewal at a time: an issuer that hands out a new refresh token takes
			// the old one only once.
			synchronized (WebUtils.getSessionMutex(session)) {
				renew(request, response, session);
			}
		}
		chain.doFilter(request, response);
	}

	private static @Nullable OAuth2AuthenticationToken login() {
		return (SecurityContextHolder.getContext().getAuthentication() instanceof OAuth2AuthenticationToken token
				&& token.getPrincipal() instanceof LoggedIn) ? token : null;
	}

	private void renew(HttpServletRequest request, HttpServletResponse response, HttpSession session) {
		// Who waited for the mutex reads what the one before has left.
		if (session.getAttribute(
				HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) instanceof SecurityContext context) {
			SecurityContextHolder.setContext(context);
		}
		OAuth2AuthenticationToken login = login();
		if (login == null || !(login.getPrincipal() instanceof LoggedIn who)) {
			return;
		}
		if (this.people.isShutOut(who.caller())) {
			log.info("a session ends, as its organisation has shut somebody out");
			end(session, who);
			return;
		}
		Instant now = this.clock.instant();
		OAuth2AuthorizedClient client = this.clients.loadAuthorizedClient(login.getAuthorizedClientRegistrationId(),
				login, request);
		if (client == null || now.isAfter(who.since().plus(this.properties.session()))) {
			end(session, who);
			return;
		}
		Instant expiry = client.getAccessToken().getExpiresAt();
		boolean expires = expiry != null && now.isAfter(expiry.minus(BEFORE_EXPIRY));
		if (!expires && now.isBefore(who.renewed().plus(this.properties.renewal()))) {
			return;
		}
		OAuth2RefreshToken refreshToken = client.getRefreshToken();
		if (refreshToken == null) {
			end(session, who);
			return;
		}
		try {
			OAuth2AccessTokenResponse answer = this.issuer.getTokenResponse(new OAuth2RefreshTokenGrantRequest(
					client.getClientRegistration(), client.getAccessToken(), refreshToken));
			take(answer, client, who, login, now, request, response);
		}
		catch (OAuth2AuthorizationException | JwtException ex) {
			if (isRefusal(ex) || expires || now.isAfter(who.renewed().plus(WITHOUT_ISSUER))) {
				log.info("a session ends, as its tokens were not renewed: {}", ex.getMessage());
				end(session, who);
			}
		}
	}

	private void take(OAuth2AccessTokenResponse answer, OAuth2AuthorizedClient client, LoggedIn who,
			OAuth2AuthenticationToken login, Instant now, HttpServletRequest request, HttpServletResponse response) {
		OAuth2AccessToken accessToken = answer.getAccessToken();
		LoggedIn again = new LoggedIn(idToken(answer.getAdditionalParameters(), who.idToken()),
				this.tokens.read(accessToken.getTokenValue()), accessToken.getTokenValue(), who.since(), now);
		if (!again.caller().equals(who.caller())) {
			this.people.loggedIn(again, LocaleContextHolder.getLocale());
		}
		OAuth2AuthenticationToken renewed = new OAuth2AuthenticationToken(again, again.getAuthorities(),
				login.getAuthorizedClientRegistrationId());
		renewed.setDetails(login.getDetails());
		this.clients.saveAuthorizedClient(new OAuth2AuthorizedClient(client.getClientRegistration(),
				client.getPrincipalName(), accessToken, answer.getRefreshToken()), renewed, request, response);
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(renewed);
		SecurityContextHolder.setContext(context);
		this.contexts.saveContext(context, request, response);
	}

	/** It came from the issuer itself, asked by us (OIDC Core 3.1.3.7, point 6). */
	private static OidcIdToken idToken(Map<String, Object> parameters, OidcIdToken before) {
		if (parameters.get(OidcParameterNames.ID_TOKEN) instanceof String token) {
			try {
				var claims = JWTParser.parse(token).getJWTClaimsSet();
				return new OidcIdToken(token, claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant(),
						claims.getClaims());
			}
			catch (ParseException ex) {
				log.warn("the issuer's ID token can not be read, the old one is kept");
			}
		}
		return before;
	}

	/** The issuer said no, as opposed to nothing. */
	private static boolean isRefusal(Exception ex) {
		return ex instanceof OAuth2AuthorizationException refused
				&& !"invalid_token_response".equals(refused.getError().getErrorCode());
	}

	private void end(HttpSession session, LoggedIn who) {
		LoginConfiguration.note(this.audit, who.caller(), "session ended", "");
		session.invalidate();
		SecurityContextHolder.clearContext();
	}

}
