package se.lokalabehov.reportcatalogue;

import java.util.List;
import java.util.Optional;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.CloudEvents;

/**
 * What has happened to a record, as CloudEvents over HTTP: the same events, with the same
 * identifiers, as the topic has. Whoever sees a record's versions sees them.
 */
@RestController
@RequestMapping("/api/v1/records/{id}/events")
@Tag(name = "records")
class EventsController {

	private final Aggregates<CatalogueRecord, CatalogueEvent> records;

	EventsController(Aggregates<CatalogueRecord, CatalogueEvent> records) {
		this.records = records;
	}

	/**
	 * An event in a list.
	 *
	 * @param id of the CloudEvent
	 * @param sequence counts the record's events from 1
	 * @param type wire name
	 * @param href where it is
	 */
	record Listed(String id, long sequence, String type, String href) {
	}

	@GetMapping
	@Operation(
			summary = "Visar vad som har hänt en post; som CloudEvents om man ber om application/cloudevents-batch+json")
	ResponseEntity<Object> all(@PathVariable String id,
			@RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept, Caller caller) {
		List<Envelope<String>> events = seen(id, caller);
		if (events.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		if (CloudEvents.wants(CloudEvents.BATCH, accept)) {
			return CloudEvents.batch(events);
		}
		return Answers.page(new Page<>(events, null), (event) -> new Listed(event.id(), event.sequence(), event.type(),
				"/api/v1/records/" + id + "/events/" + event.sequence()));
	}

	@GetMapping("/{sequence}")
	@Operation(summary = "Visar en händelse som CloudEvent, binärt eller som application/cloudevents+json")
	ResponseEntity<Object> one(@PathVariable String id, @PathVariable long sequence,
			@RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept, Caller caller) {
		Optional<Envelope<String>> event = seen(id, caller).stream()
			.filter((one) -> one.sequence() == sequence)
			.findFirst();
		return event.map((one) -> CloudEvents.answer(one, accept)).orElseGet(() -> Answers.refused(Refusal.notFound()));
	}

	private List<Envelope<String>> seen(String id, Caller caller) {
		return this.records.find(id)
			.filter((stored) -> Access.seesVersions(caller, stored.state()))
			.map((stored) -> this.records.sent(id))
			.orElse(List.of());
	}

}
