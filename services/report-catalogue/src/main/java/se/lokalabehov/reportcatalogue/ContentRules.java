package se.lokalabehov.reportcatalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.contracts.CatalogueEvent.ResearchProject;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.eventing.Refusal;

/**
 * What holds between the parts of a record's content, beyond the form of each field.
 */
final class ContentRules {

	/** Nothing older is described here; a smaller number is a mistyped one. */
	static final int FIRST_YEAR = 1900;

	private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

	private ContentRules() {
	}

	/**
	 * Looks at a whole content.
	 * @param today the day it is published or revised
	 * @param directory who there is
	 * @return every fault, or none at all when it is in order
	 */
	static @Nullable Refusal refused(Content content, LocalDate today, Directory directory) {
		List<Refusal.Field> faults = new ArrayList<>();
		hasExactlyThePartOfItsKind(content, faults);
		namesKnownOrganisations(content, directory, faults);
		if (!LANGUAGES.contains(content.language())) {
			faults.add(new Refusal.Field("content.language", "Ange språket med två bokstäver enligt ISO 639-1."));
		}
		if (content.report() != null) {
			hasASaneYear(content.report(), today, faults);
		}
		if (content.project() != null) {
			isConfirmedInThePast(content.project(), today, faults);
		}
		return faults.isEmpty() ? null : new Refusal(Refusal.Kind.INVALID, "felaktig-uppgift",
				"En eller flera uppgifter är fel. Rätta dem och försök igen.", faults);
	}

	private static void hasExactlyThePartOfItsKind(Content content, List<Refusal.Field> faults) {
		Object needed = switch (content.kind()) {
			case REPORT -> content.report();
			case RESEARCH_PROJECT -> content.project();
			case KNOWLEDGE_SUPPORT -> content.support();
		};
		long parts = Stream.of(content.report(), content.project(), content.support()).filter(Objects::nonNull).count();
		if (needed == null || parts != 1) {
			faults.add(new Refusal.Field("content.kind",
					"Ange just den del som hör till slaget: report för REPORT, project för RESEARCH_PROJECT, support för KNOWLEDGE_SUPPORT."));
		}
	}

	private static void namesKnownOrganisations(Content content, Directory directory, List<Refusal.Field> faults) {
		if (directory.organisation(content.publisher()).isEmpty()) {
			faults.add(new Refusal.Field("content.publisher", "Det finns ingen sådan organisation."));
		}
		if (content.project() == null) {
			return;
		}
		List<OrganisationId> participants = content.project().participants();
		for (int i = 0; i < participants.size(); i++) {
			if (directory.organisation(participants.get(i))
				.filter((one) -> one.kind() == Kind.MUNICIPALITY)
				.isEmpty()) {
				faults
					.add(new Refusal.Field("content.project.participants[" + i + "]", "Det finns ingen sådan kommun."));
			}
		}
	}

	/** What is printed late in the year may bear the next. */
	private static void hasASaneYear(Report report, LocalDate today, List<Refusal.Field> faults) {
		if (report.year() < FIRST_YEAR || report.year() > today.getYear() + 1) {
			faults.add(new Refusal.Field("content.report.year",
					"Ange ett år från %d till %d.".formatted(FIRST_YEAR, today.getYear() + 1)));
		}
	}

	private static void isConfirmedInThePast(ResearchProject project, LocalDate today, List<Refusal.Field> faults) {
		if (project.confirmedCurrent().isAfter(today)) {
			faults.add(new Refusal.Field("content.project.confirmedCurrent", "Dagen kan inte ligga framåt i tiden."));
		}
	}

}
