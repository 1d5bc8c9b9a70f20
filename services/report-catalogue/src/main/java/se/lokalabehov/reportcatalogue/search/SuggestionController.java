package se.lokalabehov.reportcatalogue.search;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.eventing.Page;
import se.lokalabehov.reportcatalogue.search.Found.What;
import se.lokalabehov.search.Suggestion;
import se.lokalabehov.search.Suggestion.How;
import se.lokalabehov.search.Suggestion.Match;
import se.lokalabehov.search.SuggestionRequest;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;

/**
 * What resembles what is being written.
 */
@RestController
@RequestMapping("/api/v1/suggestions")
@Tag(name = "suggestions", description = "Förslag medan man skriver")
class SuggestionController {

	private static final int USUAL = 5;

	private final Finding finding;

	SuggestionController(Finding finding) {
		this.finding = finding;
	}

	/**
	 * A suggestion.
	 *
	 * @param id of the need or record
	 * @param kind what it is
	 * @param title its title
	 * @param href where it is
	 * @param score how sure it is that the two are about the same, 0 to 1
	 * @param why what they have in common, what weighs most first
	 */
	record Suggested(String id, What kind, String title, String href, double score, List<Why> why) {

		static Suggested of(Suggestion one) {
			return new Suggested(Found.id(one.id()), What.of(one.kind()), one.title(), Found.href(one.id()),
					one.score(), one.why().stream().map(Why::of).toList());
		}

	}

	/**
	 * Something in common.
	 *
	 * @param text the word or phrase of the text
	 * @param found the word or phrase of what is suggested
	 * @param how in what way they are alike
	 * @param shown for people, such as {@code skadligt bruk ≈ missbruk}
	 */
	record Why(String text, String found, How how, String shown) {

		static Why of(Match match) {
			return new Why(match.inText(), match.inItem(), match.how(), match.shown());
		}

	}

	@GetMapping
	@Operation(summary = "Liknande behov som man får se, och vad som redan finns i katalogen, med varför; "
			+ "ingenting när inget liknar texten")
	ResponseEntity<Object> suggest(@RequestParam String text, @RequestParam Optional<Set<What>> kinds,
			@RequestParam Optional<Integer> limit, @RequestParam Optional<List<String>> without, Caller caller) {
		Set<What> wanted = kinds.filter((some) -> !some.isEmpty()).orElse(Set.of(What.values()));
		SuggestionRequest request = new SuggestionRequest(text,
				wanted.stream().map(What::kind).collect(Collectors.toSet()), Access.of(caller), limit.orElse(USUAL),
				without.orElse(List.of())
					.stream()
					.flatMap((id) -> Arrays.stream(Found.values()).map((found) -> found.item(id)))
					.collect(Collectors.toSet()));
		return Answers.page(new Page<>(this.finding.suggest(request), null), Suggested::of);
	}

}
