package se.lokalabehov.portal;

import jakarta.servlet.http.HttpSession;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * The stream of server-sent events (HTML, 9.2) that a board or the screening listens to:
 * only that something has changed ({@link Changes}).
 */
@Page
class LivePages {

	private final Changes changes;

	LivePages(Changes changes) {
		this.changes = changes;
	}

	/** 503 when there are too many: the page is then as it is without script. */
	@GetMapping("/handelser")
	@For({ Role.RSS_COORDINATOR, Role.SKR_COMPILER, Role.AGENCY_OFFICER })
	ResponseEntity<SseEmitter> stream(@RequestParam String omgang, Caller caller, HttpSession session) {
		return this.changes.open(omgang, caller, session)
			.map(ResponseEntity::ok)
			.orElseGet(() -> ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build());
	}

}
