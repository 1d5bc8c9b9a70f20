package se.lokalabehov.demoissuer;

import java.util.List;
import java.util.Optional;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

import se.lokalabehov.directory.Directory;

/**
 * Puts the demo issuer together: Spring Authorization Server with logins that follow from
 * the directory.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DemoIssuerProperties.class)
@Import(LoginPage.class)
class DemoIssuerConfiguration {

	private static final Logger log = LoggerFactory.getLogger(DemoIssuerApplication.class);

	private static final String AUDIENCE = "lokala-behov";

	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

	@Bean
	@Order(1)
	SecurityFilterChain protocolSecurityFilterChain(HttpSecurity http) throws Exception {
		return http.oauth2AuthorizationServer((server) -> {
			http.securityMatcher(server.getEndpointsMatcher());
			server.oidc(Customizer.withDefaults());
		})
			.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.oauth2ResourceServer((userInfo) -> userInfo.jwt(Customizer.withDefaults()))
			.exceptionHandling((handling) -> handling.defaultAuthenticationEntryPointFor(
					new LoginUrlAuthenticationEntryPoint(LoginPage.PATH),
					new MediaTypeRequestMatcher(MediaType.TEXT_HTML)))
			.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain loginSecurityFilterChain(HttpSecurity http) throws Exception {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/", LoginPage.PATH, "/error")
				.permitAll()
				.anyRequest()
				.authenticated())
			.formLogin((form) -> form.loginPage(LoginPage.PATH))
			.headers((headers) -> headers
				.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY)))
			.build();
	}

	@Bean
	RegisteredClientRepository clients(DemoIssuerProperties properties) {
		return new DemoClients(properties, Directory.standard());
	}

	@Bean
	UserDetailsService logins() {
		return (name) -> DemoLogin.named(name, Directory.standard())
			.map((login) -> User.withUsername(login.name())
				.password(DemoLogin.PASSWORD)
				.roles(login.office().role().name())
				.build())
			.orElseThrow(() -> new UsernameNotFoundException("no such login"));
	}

	@Bean
	PasswordEncoder passwords() {
		return new PlainPasswords();
	}

	@Bean
	OAuth2AuthorizationService authorizations() {
		return new BrowserAuthorizations();
	}

	@Bean
	AuthorizationServerSettings settings(DemoIssuerProperties properties) {
		return AuthorizationServerSettings.builder().issuer(properties.issuer()).build();
	}

	@Bean
	JWKSource<SecurityContext> signingKeys(DemoIssuerProperties properties) {
		return new ImmutableJWKSet<>(new JWKSet(SigningKey.keptIn(properties.directory())));
	}

	@Bean
	JwtDecoder jwtDecoder(JWKSource<SecurityContext> signingKeys) {
		return OAuth2AuthorizationServerConfiguration.jwtDecoder(signingKeys);
	}

	@Bean
	OAuth2TokenCustomizer<JwtEncodingContext> organisationAndRole() {
		return (context) -> Optional.<Authentication>ofNullable(context.getPrincipal())
			.flatMap((somebody) -> DemoLogin.named(somebody.getName(), Directory.standard()))
			.ifPresent((login) -> {
				context.getClaims()
					.claim("organisation", login.organisation().id().value())
					.claim("roles", List.of(login.office().role().wireName()))
					.claim("name", login.displayName())
					.claim("email", login.address());
				// An ID token is for the portal and must not open the API.
				if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
					context.getClaims().audience(List.of(AUDIENCE));
				}
			});
	}

	@Bean
	@Lazy(false)
	ApplicationListener<ApplicationReadyEvent> warning(DemoIssuerProperties properties) {
		return (ready) -> log.warn(
				"DEMO ISSUER at {}: FOR TRYING OUT ONLY. Anyone can log in as anyone (for example {}, password {}).",
				properties.issuer(), Office.FORFATTARE.example(), DemoLogin.PASSWORD);
	}

}
