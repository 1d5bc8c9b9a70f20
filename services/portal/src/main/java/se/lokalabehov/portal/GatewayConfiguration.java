package se.lokalabehov.portal;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions;
import org.springframework.cloud.gateway.server.mvc.filter.FormFilter;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The gateway: which paths go where, and through what.
 */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

	@Bean(destroyMethod = "close")
	HttpClient gatewayClient(Guards guards) {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(Duration.ofSeconds(1))
			.executor(guards.threads())
			.build();
	}

	@Bean
	RestClient gatewayRestClient(HttpClient gatewayClient, PortalProperties properties,
			ObservationRegistry observations) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(gatewayClient);
		requests.setReadTimeout(properties.bodyLimit());
		return RestClient.builder().requestFactory(requests).observationRegistry(observations).build();
	}

	/** In place of the gateway's own, for the client with our limits. */
	@Bean
	RestClientProxyExchange proxyExchange(RestClient gatewayRestClient, GatewayMvcProperties properties) {
		return new RestClientProxyExchange(gatewayRestClient, properties);
	}

	/**
	 * Passes on the body of a form (OAI-PMH asks by one), which reading its parameters
	 * would take.
	 */
	@Bean
	FilterRegistrationBean<FormFilter> passedForms() {
		FilterRegistrationBean<FormFilter> forms = new FilterRegistrationBean<>(new FormFilter());
		forms.addUrlPatterns("/oai");
		forms.setOrder(FormFilter.FORM_FILTER_ORDER);
		return forms;
	}

	@Bean
	PassedHeaders.Inwards headersInwards() {
		return new PassedHeaders.Inwards();
	}

	@Bean
	PassedHeaders.Outwards headersOutwards(PortalProperties properties) {
		return new PassedHeaders.Outwards(properties.services().values());
	}

	@Bean(destroyMethod = "close")
	Guards guards(PortalProperties properties) {
		return new Guards(properties);
	}

	@Bean
	RouterFunction<ServerResponse> routes(PortalProperties properties, Guards guards) {
		return Arrays.stream(Room.values())
			.map((room) -> GatewayRouterFunctions.route(room.service())
				.route(pathsOf(room), HandlerFunctions.http())
				.before(BeforeFilterFunctions.uri(properties.address(room)))
				.filter(guards.of(room))
				.build())
			.reduce(RouterFunction::and)
			.orElseThrow();
	}

	private static RequestPredicate pathsOf(Room room) {
		return Stream
			.concat(room.resources().stream().map((resource) -> "/api/v1/" + resource + "/**"),
					room.machines().stream())
			.map(RequestPredicates::path)
			.reduce(RequestPredicate::or)
			.orElseThrow();
	}

	/**
	 * One guard before each service, and the threads that wait for them. The threads are
	 * no bean: an executor that is one takes the place of the application's own.
	 */
	static final class Guards implements AutoCloseable {

		// What is asked of a service belongs to the trace of what was asked of the
		// portal.
		private final ExecutorService threads = ContextExecutorService.wrap(Executors.newVirtualThreadPerTaskExecutor(),
				ContextSnapshotFactory.builder().build());

		private final Map<Room, Guard> guards = new EnumMap<>(Room.class);

		Guards(PortalProperties properties) {
			for (Room room : Room.values()) {
				this.guards.put(room, new Guard(room, properties, this.threads));
			}
		}

		Guard of(Room room) {
			return Objects.requireNonNull(this.guards.get(room));
		}

		ExecutorService threads() {
			return this.threads;
		}

		@Override
		public void close() {
			this.threads.shutdownNow();
		}

	}

}
