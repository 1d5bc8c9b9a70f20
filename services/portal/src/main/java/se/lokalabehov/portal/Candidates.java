package se.lokalabehov.portal;

import java.util.List;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.OrganisationId;

/**
 * What may be the same, as the catalogue suggests it for a board. Finding it in many
 * needs takes a second, so it is held: what has been merged meanwhile leaves the board
 * all the same, and what is new comes a moment later.
 */
@Component
class Candidates implements AutoCloseable {

	private final Services services;

	private final Held<List<JsonNode>> held = new Held<>();

	Candidates(Services services) {
		this.services = services;
	}

	/**
	 * The clusters of a cycle, of what whoever asks may see.
	 * @param organisation whose board it is
	 * @throws Services.Away when the service that suggests is away
	 */
	List<JsonNode> of(OrganisationId organisation, String cycle) {
		SecurityContext who = SecurityContextHolder.getContext();
		return this.held.get(organisation + " " + cycle, () -> {
			SecurityContextHolder.setContext(who);
			try {
				return this.services.get("suggestions/clusters?cycle={cycle}", cycle).items();
			}
			finally {
				SecurityContextHolder.clearContext();
			}
		});
	}

	@Override
	public void close() {
		this.held.close();
	}

}
