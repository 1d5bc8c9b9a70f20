package se.lokalabehov.portal;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;

/**
 * That a public body has registered one of its matters (chapter 5 of the Public Access to
 * Information and Secrecy Act, 2009:400), and what it has handed out of it. Kept and not
 * told: the number says something to nobody but the one whose it is.
 *
 * @param organisation whose
 * @param matter {@link Matter#key}
 * @param numbers the registration number and those it had before, the present one last
 * @param releases what was handed out, oldest first
 */
record Registration(OrganisationId organisation, String matter, List<Number> numbers, List<Release> releases) {

	static final AggregateType<Registration, Registration> TYPE = AggregateType.kept("registrations",
			Registration.class);

	private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} /:.\\-]{0,58}");

	private static final int MOST_WORDS = 2000;

	/**
	 * A registration number.
	 *
	 * @param value as the body writes it, such as {@code SN 2026/123}; empty when it was
	 * taken away
	 * @param at when it was put down
	 * @param role by whom, in which role
	 */
	record Number(String value, Instant at, String role) {
	}

	/**
	 * An extract was made for somebody outside.
	 *
	 * @param at when
	 * @param role by whom, in which role
	 * @param assessment what was weighed before (secrecy, personal data), in the
	 * official's words
	 */
	record Release(Instant at, String role, String assessment) {
	}

	Registration {
		numbers = List.copyOf(numbers);
		releases = List.copyOf(releases);
	}

	static String id(OrganisationId organisation, String matter) {
		return organisation.value() + "~" + matter;
	}

	/** The present number, none when there is none. */
	@Nullable String number() {
		return this.numbers.isEmpty() || this.numbers.getLast().value().isEmpty() ? null
				: this.numbers.getLast().value();
	}

	/** Gives a matter a number, another number, or (when empty) none. */
	static Decision<Registration> numbered(@Nullable Registration before, OrganisationId organisation, String matter,
			Number number) {
		if (!number.value().isEmpty() && !FORM.matcher(number.value()).matches()) {
			return Decision.refuse(Refusal.invalid("number",
					"Skriv diarienumret med bokstäver, siffror, mellanslag och / : . -, högst 59 tecken, som SN 2026/123."));
		}
		Registration now = orEmpty(before, organisation, matter);
		if (before != null && number.value().equals((now.number() != null) ? now.number() : "")) {
			return Decision.of();
		}
		return Decision.of(new Registration(organisation, matter,
				Stream.concat(now.numbers.stream(), Stream.of(number)).toList(), now.releases));
	}

	/** Writes down that an extract was made, and what was weighed. */
	static Decision<Registration> released(@Nullable Registration before, OrganisationId organisation, String matter,
			Release release) {
		if (release.assessment().isBlank() || release.assessment().length() > MOST_WORDS) {
			return Decision.refuse(Refusal.invalid("assessment",
					"Skriv kort vad ni har prövat innan handlingen lämnas ut (sekretess, personuppgifter), högst 2 000 tecken."));
		}
		Registration now = orEmpty(before, organisation, matter);
		return Decision.of(new Registration(organisation, matter, now.numbers,
				Stream.concat(now.releases.stream(), Stream.of(release)).toList()));
	}

	private static Registration orEmpty(@Nullable Registration before, OrganisationId organisation, String matter) {
		return (before != null) ? before : new Registration(organisation, matter, List.of(), List.of());
	}

}
