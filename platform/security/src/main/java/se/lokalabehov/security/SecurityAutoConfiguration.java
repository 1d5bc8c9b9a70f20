package se.lokalabehov.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

import jakarta.servlet.DispatcherType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import se.lokalabehov.contracts.OrganisationId;

/**
 * Guards every service in the same way. {@code apiSecurityFilterChain} takes the API, the
 * actuator and the API's description; {@code pagesSecurityFilterChain} takes all the rest
 * and denies it. A service that has pages (the portal) replaces the second by a bean of
 * that name, or puts chains of its own before either by a lower {@link Order}.
 */
@AutoConfiguration(beforeName = { "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
		"org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.OAuth2ResourceServerAutoConfiguration" })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(SecurityProperties.class)
class SecurityAutoConfiguration {

	/** Order of the chain that guards the API; a lower one goes before it. */
	static final int API_ORDER = 100;

	/** Answers are data: a browser that is led to one shows it and loads nothing. */
	private static final String NO_PAGE = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; "
			+ "frame-ancestors 'none'; sandbox";

	private static final String METRICS = "/actuator/prometheus";

	/** Whose administrators run the installation. */
	private static final OrganisationId OPERATOR = new OrganisationId("SKR");

	private static final Logger log = LoggerFactory.getLogger(SecurityAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	CallerTokens callerTokens(SecurityProperties properties) {
		if (properties.issuers().isEmpty()) {
			log.warn("lokala-behov.security.issuers is empty: nobody can log in, only reading is possible");
		}
		return new CallerTokens(properties);
	}

	/** No span for each filter of each request; who was refused is in the audit log. */
	@Bean
	@ConditionalOnMissingBean
	SecurityObservationSettings noObservationsOfFilters() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	@Order(API_ORDER)
	@ConditionalOnMissingBean(name = "apiSecurityFilterChain")
	SecurityFilterChain apiSecurityFilterChain(HttpSecurity http, CallerTokens tokens) throws Exception {
		Refusals refusals = new Refusals();
		return http.securityMatcher("/api/**", "/actuator/**", "/v3/api-docs/**", "/v3/api-docs.yaml")
			.headers(SecurityAutoConfiguration::ofData)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			// A browser never adds a bearer token by itself, so there is nothing to
			// forge.
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.authorizeHttpRequests((requests) -> requests
				.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
				.permitAll()
				.requestMatchers("/actuator/health/**", "/actuator/info", "/v3/api-docs/**", "/v3/api-docs.yaml")
				.permitAll()
				.requestMatchers("/actuator/**")
				.access((who, request) -> new AuthorizationDecision(runsTheInstallation(who.get())))
				// What the public may see is the use cases' to decide.
				.requestMatchers(HttpMethod.GET, "/api/**")
				.permitAll()
				.requestMatchers(HttpMethod.HEAD, "/api/**")
				.permitAll()
				.anyRequest()
				.authenticated())
			.oauth2ResourceServer((server) -> server.bearerTokenResolver(new BearerTokens())
				.authenticationEntryPoint(refusals)
				.accessDeniedHandler(refusals)
				.withObjectPostProcessor(answering503WhenTheIssuerIsAway(refusals))
				.jwt((jwt) -> jwt.decoder(tokens).jwtAuthenticationConverter((token) -> authentication(tokens, token))))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
			.build();
	}

	/**
	 * A collector of metrics is nobody who could act: it bears a secret of its own, which
	 * opens this one page and nothing else.
	 */
	@Bean
	@Order(API_ORDER - 1)
	@ConditionalOnProperty("lokala-behov.security.metrics-token")
	SecurityFilterChain metricsSecurityFilterChain(HttpSecurity http, SecurityProperties properties) throws Exception {
		byte[] expected = ("Bearer " + properties.metricsToken()).getBytes(StandardCharsets.UTF_8);
		return http.securityMatcher((request) -> METRICS.equals(request.getRequestURI())
				&& request.getHeader(HttpHeaders.AUTHORIZATION) != null
				// Takes as long whatever is wrong with it.
				&& MessageDigest.isEqual(expected,
						request.getHeader(HttpHeaders.AUTHORIZATION).getBytes(StandardCharsets.UTF_8)))
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers(HttpMethod.GET).permitAll().anyRequest().denyAll())
			.build();
	}

	private static void ofData(HeadersConfigurer<HttpSecurity> headers) {
		headers.contentSecurityPolicy((policy) -> policy.policyDirectives(NO_PAGE))
			.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER));
	}

	/**
	 * What is parked there is everybody's (domain rule 7), so not any organisation's
	 * administrator may.
	 */
	private static boolean runsTheInstallation(@Nullable Authentication who) {
		return who != null && who.getPrincipal() instanceof CallerPrincipal principal
				&& principal.caller().is(Role.ADMINISTRATOR, OPERATOR);
	}

	private static CallerAuthentication authentication(CallerTokens tokens, Jwt token) {
		try {
			return new CallerAuthentication(tokens.callerOf(token), token);
		}
		catch (BadJwtException ex) {
			throw new InvalidBearerTokenException("The token does not say who is calling", ex);
		}
	}

	/** The filter's own handler makes a 500 of an issuer that does not answer. */
	private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answering503WhenTheIssuerIsAway(
			Refusals refusals) {
		return new ObjectPostProcessor<>() {
			@Override
			public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
				filter.setAuthenticationFailureHandler(refusals::commence);
				return filter;
			}
		};
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	@ConditionalOnMissingBean(name = "pagesSecurityFilterChain")
	SecurityFilterChain pagesSecurityFilterChain(HttpSecurity http) throws Exception {
		Refusals refusals = new Refusals();
		return http.headers(SecurityAutoConfiguration::ofData)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.anyRequest()
				.denyAll())
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
			.build();
	}

	@Bean
	WebMvcConfigurer callerAsControllerParameter() {
		return new WebMvcConfigurer() {
			@Override
			public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
				resolvers.add(new CallerArgumentResolver());
			}
		};
	}

}
