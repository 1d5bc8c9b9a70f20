package se.lokalabehov.portal;

import java.time.Clock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;

/**
 * What the portal is made of.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PortalProperties.class)
class PortalConfiguration {

	/** Nothing from anywhere else, and no script at all. */
	private static final String CONTENT_SECURITY = "default-src 'none'; style-src 'self'; img-src 'self'; "
			+ "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	@Bean
	Traces traces(Eventing eventing) {
		return new Traces(eventing);
	}

	@Bean
	Aggregates<Memberships, DirectoryEvent> memberships(Eventing eventing) {
		return eventing.aggregates(Memberships.TYPE);
	}

	@Bean
	CurrentDirectory currentDirectory(Aggregates<Memberships, DirectoryEvent> memberships, Clock clock) {
		return new CurrentDirectory(memberships, clock);
	}

	/** The pages are public and only read; OAI-PMH reads by POST as well. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	SecurityFilterChain pagesSecurityFilterChain(HttpSecurity http) throws Exception {
		return http.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY))
				.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.GET, "/**")
				.permitAll()
				.requestMatchers(HttpMethod.HEAD, "/**")
				.permitAll()
				.requestMatchers(HttpMethod.POST, "/oai")
				.permitAll()
				.anyRequest()
				.denyAll())
			.build();
	}

}
