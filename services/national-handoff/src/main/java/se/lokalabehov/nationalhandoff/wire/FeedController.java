package se.lokalabehov.nationalhandoff.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.nationalhandoff.wire.FeedEntry.Cursor;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.CloudEvents;
import se.lokalabehov.web.Problem;

/**
 * What concerns an agency, read by its system whenever it wants: from a cursor on, in
 * order, nothing left out.
 */
@RestController
@RequestMapping("/api/v1/hand-off-feed")
@Tag(name = "Moment 6: överlämningar till myndigheters system")
class FeedController {

	static final String PATH = "/api/v1/hand-off-feed";

	private static final int GONE = 410;

	private static final Refusal BEHIND = new Refusal(Refusal.Kind.BEHIND, "lagret-ligger-efter",
			"Uppgifterna återställs just nu från en säkerhetskopia. Försök igen senare med samma markör.", List.of());

	private final Feed feed;

	FeedController(Feed feed) {
		this.feed = feed;
	}

	/**
	 * A part of the feed.
	 *
	 * @param items CloudEvents, in order
	 * @param next what to ask with for what comes after; the same cursor again while
	 * nothing has
	 */
	record Part(List<Object> items, String next) {
	}

	@GetMapping
	@Operation(summary = "Det som rör en myndighet, i ordning från en markör",
			description = "Överlämnat, mottaget, återlämnat, borttaget och begärd bedömning, som CloudEvents. Fråga igen med den markör som svaret ger (next, och Link: rel=next), också när svaret är tomt. Med Accept: application/cloudevents-batch+json är svaret en lista av CloudEvents.")
	ResponseEntity<Object> read(Caller caller,
			@Parameter(description = "Markören från svaret före; ingen från början") @RequestParam @Size(
					max = 500) @Nullable String after,
			@Parameter(description = "Högst så många") @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
			@Parameter(
					description = "Vilken myndighet; behövs bara för SKR") @RequestParam @Nullable OrganisationId agency,
			@RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
		OrganisationId whose = Access.feedOf(caller, agency).orElse(null);
		if (whose == null) {
			return Answers.refused(Refusal.notFound());
		}
		Cursor from = Cursor.parse(after);
		if (!this.feed.knows(whose, from)) {
			return new Problem(Problem.TYPES + "flodet-ar-aterstallt", "Flödet är ett annat än det ni läste", GONE,
					"Markören pekar på en händelse som inte står där i flödet, till exempel för att det är återställt från en säkerhetskopia. "
							+ "Läs från början, utan after, och hoppa över de händelser vars id ni redan har.",
					null, List.of())
				.answer();
		}
		List<FeedEntry> entries = this.feed.after(whose, from.position(), limit);
		List<Envelope<String>> events = entries.stream().flatMap((entry) -> this.feed.event(entry).stream()).toList();
		if (events.size() < entries.size()) {
			// To go on without them would be to lose them.
			return Answers.refused(BEHIND);
		}
		String next = entries.isEmpty() ? from.text() : entries.getLast().cursor();
		boolean batch = CloudEvents.wants(CloudEvents.BATCH, accept);
		ResponseEntity<Object> answer = batch ? CloudEvents.batch(events)
				: ResponseEntity.ok(new Part(events.stream().map(CloudEvents::structured).toList(), next));
		HttpHeaders headers = new HttpHeaders();
		headers.addAll(answer.getHeaders());
		headers.setETag("\"" + fingerprint(batch, events, next) + "\"");
		headers.setVary(List.of(HttpHeaders.ACCEPT));
		headers.set(HttpHeaders.LINK, "<" + PATH + "?after=" + URLEncoder.encode(next, StandardCharsets.UTF_8)
				+ "&limit=" + limit
				+ ((agency != null) ? "&agency=" + URLEncoder.encode(agency.value(), StandardCharsets.UTF_8) : "")
				+ ">; rel=\"next\"");
		return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
	}

	/** Of what is told: a redaction changes what a place says. */
	private static String fingerprint(boolean batch, List<Envelope<String>> events, String next) {
		return Act
			.sha256(events.stream()
				.map((event) -> event.id() + event.event())
				.collect(Collectors.joining("\n", batch + next + "\n", "")))
			.substring(0, 32);
	}

	@GetMapping("/{event}")
	@Operation(summary = "En händelse i flödet, med allt den säger",
			description = "Dit pekar dataref i en webhook vars händelse är för stor att skicka.")
	ResponseEntity<Object> one(Caller caller, @PathVariable String event, @Parameter(
			description = "Vilken myndighet; behövs bara för SKR") @RequestParam @Nullable OrganisationId agency,
			@RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
		Optional<FeedEntry> found = Access.feedOf(caller, agency).flatMap((whose) -> this.feed.find(whose, event));
		return found
			.map((entry) -> this.feed.event(entry)
				.map((told) -> CloudEvents.answer(told, accept))
				.orElseGet(() -> Answers.refused(BEHIND)))
			.orElseGet(() -> Answers.refused(Refusal.notFound()));
	}

}
