package se.lokalabehov.portal;

import java.util.List;
import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.Paging;

/**
 * Reading the trace over HTTP.
 */
@RestController
@RequestMapping("/api/v1/traces")
@Tag(name = "traces", description = "Spårning: ett behovs hela väg, åt båda håll")
class TraceController {

	private final Traces traces;

	TraceController(Traces traces) {
		this.traces = traces;
	}

	@GetMapping("/{id}")
	@Operation(summary = "Hela kedjan för vad som helst som har en identitet")
	ResponseEntity<Object> trace(@PathVariable String id, Caller caller) {
		return this.traces.around(id)
			.flatMap((found) -> new Reading(caller, found.around()).trace(found.seed()))
			.map(Tagged::ok)
			.orElseGet(() -> Answers.refused(Refusal.notFound()));
	}

	@GetMapping
	@Operation(summary = "Behoven, var de är nu och vilka svar de har fått: kommunens egna, regionens eller levererade")
	ResponseEntity<Object> standings(@RequestParam @Nullable String municipality, @RequestParam @Nullable String cycle,
			Caller caller, Paging paging) {
		Optional<Access.Scope> scope = Access.mayList(caller, municipality);
		if (scope.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		Page<Node> page = this.traces.needs(scope.get(), cycle, paging);
		List<Node> needs = page.items();
		Reading reading = new Reading(caller, this.traces.aroundNeeds(needs));
		return Answers
			.page(new Page<>(needs.stream().filter(reading::sees).map(reading::standing).toList(), page.next()));
	}

}
