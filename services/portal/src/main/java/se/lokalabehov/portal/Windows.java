package se.lokalabehov.portal;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The operators' windows of the services and of the portal itself ({@code /actuator}),
 * opened as the person who has logged in, so that each service decides who may.
 */
@Component
class Windows {

	private static final Logger log = LoggerFactory.getLogger(Windows.class);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String PORTAL = "portal";

	private final RestClient client;

	private final PortalProperties properties;

	private final Environment environment;

	Windows(RestClient gatewayRestClient, PortalProperties properties, Environment environment) {
		this.client = gatewayRestClient;
		this.properties = properties;
		this.environment = environment;
	}

	/** Name and address of each service, the portal last. */
	Map<String, URI> addresses() {
		Map<String, URI> addresses = new LinkedHashMap<>();
		Arrays.stream(Room.values()).forEach((room) -> addresses.put(room.service(), this.properties.address(room)));
		addresses.put(PORTAL,
				URI.create("http://localhost:" + this.environment.getRequiredProperty("local.server.port")));
		return addresses;
	}

	/** What a window says; none when the service is away. */
	@Nullable JsonNode read(String service, String path) {
		try {
			return JSON.readTree(String.valueOf(this.client.get()
				.uri(address(service, path))
				.headers((headers) -> headers.setBearerAuth(token()))
				.accept(MediaType.APPLICATION_JSON)
				.retrieve()
				.body(String.class)));
		}
		catch (RestClientException ex) {
			log.warn("{} does not say what is at {}: {}", service, path, ex.getMessage());
			return null;
		}
	}

	/**
	 * Acts in a window.
	 * @param token of whoever acts, as it may be done in another thread
	 * @return what it answered; none when the service is away
	 */
	@Nullable JsonNode act(String service, String path, String token, Map<String, String> what) {
		try {
			return JSON.readTree(String.valueOf(this.client.post()
				.uri(address(service, path))
				.headers((headers) -> headers.setBearerAuth(token))
				.contentType(MediaType.APPLICATION_JSON)
				.body(JSON.writeValueAsString(what))
				.retrieve()
				.body(String.class)));
		}
		catch (RestClientException ex) {
			log.warn("{} at {}: {}", what.get("action"), service, ex.getMessage());
			return null;
		}
	}

	private URI address(String service, String path) {
		return Objects.requireNonNull(addresses().get(service), service).resolve(path);
	}

	/** The token of whoever has logged in. */
	static String token() {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof LoggedIn who) ? who.accessToken()
				: "";
	}

}
