package se.lokalabehov.portal;

import java.util.concurrent.Callable;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page of a closed round: what everybody may read of it, asked of the service that
 * owns rounds as nobody in particular.
 */
@Page
class RankingPages {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final RestClient client;

	private final PortalProperties properties;

	private final GatewayConfiguration.Guards guards;

	RankingPages(RestClient gatewayRestClient, PortalProperties properties, GatewayConfiguration.Guards guards) {
		this.client = gatewayRestClient;
		this.properties = properties;
		this.guards = guards;
	}

	@GetMapping("/prioritering/{id}/resultat")
	ModelAndView result(@PathVariable String id) throws Exception {
		if (!PagesController.ID.matcher(id).matches()) {
			return PageProblems.notFound();
		}
		String path = "/api/v1/prioritisation-rounds/" + id;
		try {
			ResponseEntity<byte[]> round = ask(path);
			if (!round.getStatusCode().is2xxSuccessful()) {
				return PageProblems.notFound();
			}
			ResponseEntity<byte[]> explained = ask(path + "/explanation");
			if (!explained.getStatusCode().is2xxSuccessful()) {
				return PageProblems.later("later.counting", HttpStatus.CONFLICT);
			}
			return new ModelAndView("portal/resultat").addObject("page", RankingPage.of(json(round), json(explained)));
		}
		catch (Guard.Away | CallNotPermittedException ex) {
			return PageProblems.later(Room.PRIORITISATION.message(), HttpStatus.SERVICE_UNAVAILABLE);
		}
	}

	private ResponseEntity<byte[]> ask(String path) throws Exception {
		Callable<ResponseEntity<byte[]>> call = () -> this.client.get()
			.uri(this.properties.address(Room.PRIORITISATION).resolve(path))
			.accept(MediaType.APPLICATION_JSON)
			.exchange((request, response) -> ResponseEntity.status(response.getStatusCode())
				.body(response.getBody().readAllBytes()));
		return this.guards.of(Room.PRIORITISATION).call(true, call);
	}

	private static JsonNode json(ResponseEntity<byte[]> answer) {
		byte[] body = answer.getBody();
		return JSON.readTree((body != null) ? body : new byte[0]);
	}

}
