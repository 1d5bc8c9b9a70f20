package se.lokalabehov.portal;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.web.client.RestClient;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;
import org.springframework.web.util.HttpSessionMutexListener;

import se.lokalabehov.eventing.Audit;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.CallerPrincipal;
import se.lokalabehov.security.CallerTokens;

/**
 * How people come in: a session for the pages, beside the API, which takes bearer tokens
 * as before. Logging in is OpenID Connect with a code and PKCE; the tokens stay here.
 */
@Configuration(proxyBeanMethods = false)
class LoginConfiguration {

	static final String LOGIN = "/logga-in";

	private static final String OF_THIS_HOST = "__Host-";

	private static final Locale SWEDISH = Locale.of("sv");

	@Bean
	Logins logins(PortalProperties properties, RestClient gatewayRestClient) {
		return new Logins(properties, gatewayRestClient);
	}

	@Bean
	OAuth2AuthorizedClientRepository authorizedClients() {
		return new HttpSessionOAuth2AuthorizedClientRepository();
	}

	@Bean
	OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> renewals() {
		return new RestClientRefreshTokenTokenResponseClient();
	}

	/** No parameter says that there is a saved request: null stands for none. */
	@Bean
	@SuppressWarnings("NullAway")
	RequestCache requestCache() {
		HttpSessionRequestCache cache = new HttpSessionRequestCache();
		cache.setMatchingRequestParameterName(null);
		return cache;
	}

	/**
	 * Who may open which page is said at the page ({@link For}), and what they may do is
	 * decided by the services.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	SecurityFilterChain pagesSecurityFilterChain(HttpSecurity http, Logins logins, CallerTokens tokens,
			OAuth2AuthorizedClientRepository clients, RequestCache requestCache,
			OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> renewals, PortalProperties properties,
			People people, Audit audit, LocaleResolver locales, Clock clock) throws Exception {
		StayingLoggedIn staying = new StayingLoggedIn(clients, renewals, tokens, people, audit, properties, clock);
		return http
			.headers((headers) -> headers
				.contentSecurityPolicy((policy) -> policy.policyDirectives(contentSecurity(properties)))
				.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
			.requestCache((cache) -> cache.requestCache(requestCache))
			// OAI-PMH reads by POST as well; who reports an obstacle needs no session.
			.csrf((csrf) -> csrf.ignoringRequestMatchers("/oai", AccessibilityPages.STATEMENT))
			.addFilterBefore(staying, CsrfFilter.class)
			.exceptionHandling((handling) -> handling.accessDeniedHandler(keepingForms()))
			.oauth2Login((login) -> login.loginPage(LOGIN)
				.clientRegistrationRepository(logins)
				.authorizationEndpoint((issuer) -> issuer.authorizationRequestResolver(asking(logins)))
				.authorizedClientRepository(clients)
				.userInfoEndpoint((user) -> user.oidcUserService(whoItIs(tokens, people, clock)))
				.successHandler(afterLogin(requestCache, people, audit, locales))
				.failureHandler(notLoggedIn(audit)))
			.logout((logout) -> logout.logoutUrl("/logga-ut")
				.addLogoutHandler((request, response, who) -> note(audit, who, "logout", ""))
				.logoutSuccessHandler(atTheIssuerToo(logins)))
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.GET, "/**")
				.permitAll()
				.requestMatchers(HttpMethod.HEAD, "/**")
				.permitAll()
				.requestMatchers(HttpMethod.POST, "/**")
				.permitAll()
				.anyRequest()
				.denyAll())
			.build();
	}

	/** Asks the issuer for the level of assurance that is configured. */
	private static OAuth2AuthorizationRequestResolver asking(Logins logins) {
		DefaultOAuth2AuthorizationRequestResolver resolver = new DefaultOAuth2AuthorizationRequestResolver(logins);
		resolver.setAuthorizationRequestCustomizer((request) -> request.attributes((attributes) -> {
			PortalProperties.Login login = logins.all()
				.get(String.valueOf(attributes.get(OAuth2ParameterNames.REGISTRATION_ID)));
			if (login != null && !login.acrValues().isEmpty()) {
				request.additionalParameters(
						(parameters) -> parameters.put("acr_values", String.join(" ", login.acrValues())));
			}
		}));
		return resolver;
	}

	/**
	 * Nothing from anywhere else. A form may lead to the issuers: browsers count where a
	 * form is redirected to as well.
	 */
	private static String contentSecurity(PortalProperties properties) {
		String forms = Stream
			.concat(Stream.of("'self'"), properties.logins().values().stream().map((login) -> originOf(login.issuer())))
			.distinct()
			.collect(Collectors.joining(" "));
		return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
				+ "form-action " + forms + "; base-uri 'none'; frame-ancestors 'none'";
	}

	private static String originOf(URI uri) {
		return uri.getScheme() + "://" + uri.getAuthority();
	}

	/**
	 * The services believe the access token, so the pages do as well, and nothing else.
	 */
	private static OAuth2UserService<OidcUserRequest, OidcUser> whoItIs(CallerTokens tokens, People people,
			Clock clock) {
		return (request) -> {
			String token = request.getAccessToken().getTokenValue();
			Instant now = clock.instant();
			try {
				Caller caller = tokens.read(token);
				if (people.isShutOut(caller)) {
					throw new OAuth2AuthenticationException(new OAuth2Error("access_denied"));
				}
				return new LoggedIn(request.getIdToken(), caller, token, now, now);
			}
			catch (JwtException ex) {
				throw new OAuth2AuthenticationException(new OAuth2Error("invalid_token"), ex.getMessage(), ex);
			}
		};
	}

	/**
	 * Puts into the audit log what became of a login; nothing of what the browser brought
	 * along.
	 */
	private static void note(Audit audit, @Nullable Authentication who, String what, String result) {
		Caller caller = (who != null && who.getPrincipal() instanceof CallerPrincipal principal) ? principal.caller()
				: Caller.anonymous();
		note(audit, caller, what, result);
	}

	static void note(Audit audit, Caller caller, String what, String result) {
		audit.note("LOGIN", caller.organisation().value(),
				caller.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(",")), caller.subject(),
				what, "", result);
	}

	private static AuthenticationFailureHandler notLoggedIn(Audit audit) {
		AuthenticationFailureHandler handler = new SimpleUrlAuthenticationFailureHandler(LOGIN + "?fel");
		return (request, response, refused) -> {
			note(audit, Caller.anonymous(), "login", "401");
			handler.onAuthenticationFailure(request, response, refused);
		};
	}

	private static AuthenticationSuccessHandler afterLogin(RequestCache requestCache, People people, Audit audit,
			LocaleResolver locales) {
		SavedRequestAwareAuthenticationSuccessHandler asked = new SavedRequestAwareAuthenticationSuccessHandler();
		asked.setRequestCache(requestCache);
		asked.setDefaultTargetUrl("/start");
		return (request, response, authentication) -> {
			if (authentication.getPrincipal() instanceof LoggedIn who) {
				note(audit, who.caller(), "login", "200");
				people.loggedIn(who, locales.resolveLocale(request));
			}
			if (PendingForm.in(request.getSession(false)).isPresent()) {
				response.sendRedirect(request.getContextPath() + "/fortsatt");
			}
			else {
				asked.onAuthenticationSuccess(request, response, authentication);
			}
		};
	}

	private static LogoutSuccessHandler atTheIssuerToo(Logins logins) {
		OidcClientInitiatedLogoutSuccessHandler handler = new OidcClientInitiatedLogoutSuccessHandler(logins);
		handler.setPostLogoutRedirectUri("{baseUrl}/");
		return handler;
	}

	private static AccessDeniedHandler keepingForms() {
		return (request, response, denied) -> {
			boolean kept = denied instanceof CsrfException
					&& PendingForm.keep(request, response, !Caller.current().isAnonymous());
			String type = request.getContentType();
			if (!kept && type != null && type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE)) {
				// A file is a step of its own, which is begun again; nothing typed is
				// with it.
				response.sendRedirect(request.getRequestURI());
			}
			else if (!kept) {
				response.sendError(HttpStatus.FORBIDDEN.value());
			}
		};
	}

	@Bean
	FilterRegistrationBean<CallerLimit> callerLimit(CallerLimit.Settings settings) {
		FilterRegistrationBean<CallerLimit> filter = new FilterRegistrationBean<>(new CallerLimit(settings));
		// After Spring Security has read the token, before all else.
		filter.setOrder(-1);
		return filter;
	}

	/** Who was shut out does not come in with a token either. */
	@Bean
	FilterRegistrationBean<OncePerRequestFilter> shutOut(People people) {
		FilterRegistrationBean<OncePerRequestFilter> filter = new FilterRegistrationBean<>(new OncePerRequestFilter() {
			@Override
			protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
					throws ServletException, IOException {
				if (people.isShutOut(Caller.current())) {
					response.sendError(HttpStatus.FORBIDDEN.value());
				}
				else {
					chain.doFilter(request, response);
				}
			}
		});
		filter.addUrlPatterns("/api/*");
		// After Spring Security has read the token.
		filter.setOrder(0);
		return filter;
	}

	/** One renewal of a session's tokens at a time, whichever facade a request got. */
	@Bean
	HttpSessionMutexListener sessionMutex() {
		return new HttpSessionMutexListener();
	}

	/**
	 * Where people find the portal by TLS, no cookie is sent without it, and none can be
	 * set by another host or without it (RFC 6265bis, 4.1.3.2).
	 */
	@Bean
	ServletContextInitializer sessionCookie(MailProperties mail) {
		return (context) -> {
			if (isByTls(mail)) {
				SessionCookieConfig cookie = context.getSessionCookieConfig();
				cookie.setName(OF_THIS_HOST + cookie.getName());
				cookie.setPath("/");
				cookie.setSecure(true);
			}
		};
	}

	private static boolean isByTls(MailProperties mail) {
		return "https".equalsIgnoreCase(mail.address().getScheme());
	}

	@Bean
	LocaleResolver localeResolver(MailProperties mail) {
		CookieLocaleResolver resolver = new CookieLocaleResolver((isByTls(mail) ? OF_THIS_HOST : "") + "sprak");
		resolver.setDefaultLocale(SWEDISH);
		resolver.setCookieSameSite("Lax");
		resolver.setCookieHttpOnly(true);
		resolver.setCookieSecure(isByTls(mail));
		return resolver;
	}

	@Bean
	WebMvcConfigurer pagesForPeople() {
		LocaleChangeInterceptor language = new LocaleChangeInterceptor();
		language.setParamName("sprak");
		language.setIgnoreInvalidLocale(true);
		return new WebMvcConfigurer() {
			@Override
			public void addInterceptors(InterceptorRegistry interceptors) {
				interceptors.addInterceptor(language);
				interceptors.addInterceptor(new WhoMayOpen());
			}
		};
	}

}
