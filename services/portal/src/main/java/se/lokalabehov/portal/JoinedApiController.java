package se.lokalabehov.portal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/**
 * One description of the whole API: the portal's own and every service's. A service that
 * is away is left out and named in {@code x-unavailable}. Beside it that of the topics.
 */
@Hidden
@RestController
class JoinedApiController {

	private static final Logger log = LoggerFactory.getLogger(JoinedApiController.class);

	private static final String DOCUMENT = "/v3/api-docs";

	private final OpenApiWebMvcResource own;

	private final RestClient client;

	private final PortalProperties properties;

	private final GatewayConfiguration.Guards guards;

	private final OpenDataDescription description;

	private final MailProperties mail;

	JoinedApiController(OpenApiWebMvcResource own, RestClient gatewayRestClient, PortalProperties properties,
			GatewayConfiguration.Guards guards, OpenDataDescription description, MailProperties mail) {
		this.own = own;
		this.client = gatewayRestClient;
		this.properties = properties;
		this.guards = guards;
		this.description = description;
		this.mail = mail;
	}

	@GetMapping(path = DOCUMENT, produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<byte[]> joined(HttpServletRequest request) throws Exception {
		JoinedApi joined = new JoinedApi();
		Map<Room, Future<@Nullable JsonNode>> asked = new LinkedHashMap<>();
		for (Room room : Room.values()) {
			asked.put(room, this.guards.threads().submit(() -> ask(room, joined)));
		}
		joined.add("portal", joined
			.read(new String(this.own.openapiJson(request, DOCUMENT, Locale.of("sv")), StandardCharsets.UTF_8)));
		List<String> unavailable = new ArrayList<>();
		for (Map.Entry<Room, Future<@Nullable JsonNode>> answer : asked.entrySet()) {
			JsonNode document = answer.getValue().get();
			if (document != null) {
				joined.add(answer.getKey().service(), document);
			}
			else {
				unavailable.add(answer.getKey().service());
			}
		}
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.body(joined.document(unavailable, this.description.at(""), this.mail.contact())
				.getBytes(StandardCharsets.UTF_8));
	}

	/** The topics, for programs on the same cluster: AsyncAPI 3, as the contracts say. */
	@GetMapping(path = "/asyncapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
	Resource topics() {
		return new ClassPathResource("asyncapi.json");
	}

	private @Nullable JsonNode ask(Room room, JoinedApi joined) {
		try {
			String document = this.guards.of(room)
				.call(true,
						() -> this.client.get()
							.uri(this.properties.address(room).resolve(DOCUMENT))
							.accept(MediaType.APPLICATION_JSON)
							.retrieve()
							.body(String.class));
			return (document != null) ? joined.read(document) : null;
		}
		catch (Exception ex) {
			// Away or broken: the document says which, and the rest of it stands.
			log.info("no description from {}: {}", room.service(), ex.getClass().getSimpleName());
			return null;
		}
	}

}
