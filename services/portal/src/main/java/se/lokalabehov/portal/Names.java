package se.lokalabehov.portal;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Term;

/**
 * Never an id where a name can stand.
 */
final class Names {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy");

	private Names() {
	}

	/** "Stockholms kommun", "RSS Stockholms län", "SBU"; the code when it is unknown. */
	static String of(String organisation) {
		return Directory.standard()
			.organisation(new OrganisationId(organisation))
			.map((one) -> (one.kind() == Kind.MUNICIPALITY) ? one.officialName() : one.name())
			.orElse(organisation);
	}

	static String of(OrganisationId organisation) {
		return of(organisation.value());
	}

	/** The codes of the national agencies. */
	static List<String> agencies() {
		return Directory.standard().organisations(Kind.AGENCY).stream().map((one) -> one.id().value()).toList();
	}

	/** "A, B och C". */
	static String ofAll(Collection<OrganisationId> organisations) {
		return list(organisations.stream().map(Names::of).toList());
	}

	/** "a, b och c". */
	static String list(List<String> words) {
		if (words.size() < 2) {
			return String.join("", words);
		}
		return Sentence.of("and", String.join(", ", words.subList(0, words.size() - 1)), words.getLast());
	}

	/** "Skadligt bruk och beroende"; the code when it is unknown. */
	static String area(@Nullable String code) {
		return term("area", code);
	}

	/** What a code of the vocabulary means. */
	static String term(String scheme, @Nullable String code) {
		if (code == null) {
			return "";
		}
		return Directory.standard().term(scheme, code).map(Term::label).orElse(code);
	}

	/** "21 november 2026". */
	static String day(LocalDate day) {
		return DAY.withLocale(Sentence.language()).format(day);
	}

	/** "en annan kommun", "11 andra kommuner". */
	static String otherMunicipalities(long count) {
		return Sentence.of("other-municipalities", count);
	}

	/** "ett behov", "11 behov". */
	static String needs(long count) {
		return Sentence.of("needs", count);
	}

}
