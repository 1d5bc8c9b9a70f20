package se.lokalabehov.reportcatalogue.search;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.reportcatalogue.search.Found.What;
import se.lokalabehov.reportcatalogue.search.Gathering.Draftable;
import se.lokalabehov.search.Clusters.Cluster;
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

	private final Gathering gathering;

	SuggestionController(Finding finding, Gathering gathering) {
		this.finding = finding;
		this.gathering = gathering;
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
		Set<What> wanted = kinds.filter((some) -> !some.isEmpty() && !some.contains(null))
			.orElse(Set.of(What.values()));
		SuggestionRequest request = new SuggestionRequest(text,
				wanted.stream().map(What::kind).collect(Collectors.toSet()), Access.of(caller), limit.orElse(USUAL),
				without.orElse(List.of())
					.stream()
					.flatMap((id) -> Arrays.stream(Found.values()).map((found) -> found.item(id)))
					.collect(Collectors.toSet()));
		return Answers.page(new Page<>(this.finding.suggest(request), null), Suggested::of);
	}

	/**
	 * What may be merged.
	 *
	 * @param title what it may be called: that of the most central
	 * @param central the id of the one that is most like the others
	 * @param ids of all of them
	 * @param why what the most central has in common with the others
	 * @param draft what a draft of a need would begin with; for notes only
	 */
	record Gathered(String title, String central, List<String> ids, List<Why> why, @Nullable Draft draft) {

		static Gathered of(Cluster cluster, @Nullable Draft draft) {
			return new Gathered(cluster.title(), cluster.central(), cluster.ids(),
					cluster.why().stream().map(Why::of).toList(), draft);
		}

	}

	/**
	 * The beginning of a draft, as {@code POST /api/v1/needs} takes it.
	 *
	 * @param area the one that most notes guess; none when none does
	 * @param municipalities whose notes they are
	 * @param wording its title and question
	 * @param notes behind it
	 */
	record Draft(@Nullable String area, List<OrganisationId> municipalities, Words wording, List<String> notes) {

		static Draft of(Draftable one) {
			return new Draft(one.area(), one.municipalities(), new Words(one.title(), one.question()),
					one.cluster().ids());
		}

	}

	/** The words of a draft that are there already. */
	record Words(String title, String question) {
	}

	@GetMapping("/clusters")
	@Operation(
			summary = "Vad som kan vara samma: regionens behov som inte är sammanförda, för SKR det som är levererat; "
					+ "med notes=true de egna frågenoteringarna, med ett påbörjat utkast")
	ResponseEntity<Object> clusters(@RequestParam Optional<CycleId> cycle,
			@RequestParam(defaultValue = "false") boolean notes, Caller caller) {
		if (!notes && cycle.isEmpty()) {
			return Answers.refused(Refusal.invalid("cycle", "Ange vilken omgång, eller notes=true."));
		}
		List<Gathered> gathered = notes
				? this.gathering.notes(caller).stream().map((one) -> Gathered.of(one.cluster(), Draft.of(one))).toList()
				: this.gathering.needs(caller, cycle.orElseThrow())
					.stream()
					.map((one) -> Gathered.of(one, null))
					.toList();
		return Answers.page(new Page<>(gathered, null));
	}

}
