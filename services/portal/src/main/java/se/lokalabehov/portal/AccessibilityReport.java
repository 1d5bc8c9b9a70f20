package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.web.PersonalData;

/**
 * What somebody has told of an obstacle on the site, or a format that they need
 * (DOS-lagen 2018:1937). It is received once, answered once, and then no longer knows
 * whom the answer went to.
 *
 * @param kind what is wanted
 * @param page where it is, as it was written
 * @param text what stands in the way, or what is needed
 * @param email where the answer goes; none when nobody asked for one, and when it has
 * been answered
 * @param at when it came
 * @param handled what came of it, none while it waits
 */
record AccessibilityReport(Kind kind, String page, String text, @Nullable String email, Instant at,
		@Nullable Handled handled) {

	static final AggregateType<AccessibilityReport, AccessibilityReport> TYPE = AggregateType
		.kept("accessibility-reports", AccessibilityReport.class);

	/** So soon it is answered. */
	static final int DAYS = 14;

	static final int LONGEST_PAGE = 300;

	static final int LONGEST_TEXT = 4000;

	private static final int LONGEST_ADDRESS = 254;

	private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"]+@[^\\s@<>\"]+\\.[^\\s@<>\"]+");

	/** What is wanted. */
	enum Kind {

		/** Something can not be used. */
		OBSTACLE,

		/** Something is asked for in another format. */
		FORMAT

	}

	/**
	 * What came of it.
	 *
	 * @param what in words
	 */
	record Handled(Instant at, String what) {
	}

	/** The last day to answer. */
	public LocalDate due() {
		return LocalDate.ofInstant(this.at, Memberships.SWEDEN).plusDays(DAYS);
	}

	/**
	 * The number on the receipt. The same form with the same words gives the same.
	 * @param key the form's
	 */
	String number(String key) {
		return "T-" + Act.sha256(String.join("|", key, this.kind.name(), this.page, this.text))
			.substring(0, 10)
			.toUpperCase(Locale.ROOT);
	}

	/** It has come; sent twice, it has come once. */
	Decision<AccessibilityReport> received(@Nullable AccessibilityReport before) {
		if (before != null) {
			return Decision.of();
		}
		List<Refusal.Field> wrong = new ArrayList<>();
		if (this.page.length() > LONGEST_PAGE) {
			wrong.add(new Refusal.Field("sida", "Skriv sidans namn eller adress med högst 300 tecken."));
		}
		if (this.text.isBlank() || this.text.length() > LONGEST_TEXT) {
			wrong.add(new Refusal.Field("problem", "Beskriv vad det gäller, med högst 4 000 tecken."));
		}
		else if (PersonalData.find(this.text).stream().anyMatch(AccessibilityReport::isPersonalNumber)) {
			wrong.add(new Refusal.Field("problem", "Ta bort personnumret. Vi behöver det inte för att hjälpa dig."));
		}
		if (this.email != null && (this.email.length() > LONGEST_ADDRESS || !EMAIL.matcher(this.email).matches())) {
			wrong.add(new Refusal.Field("epost",
					"E-postadressen ser inte rätt ut. Rätta den, eller lämna fältet tomt om du inte vill ha svar."));
		}
		return wrong.isEmpty() ? Decision.of(this) : Decision.refuse(new Refusal(Refusal.Kind.INVALID,
				"felaktig-uppgift", "Rätta det som är fel och skicka igen. Det du skrev står kvar.", wrong));
	}

	private static boolean isPersonalNumber(PersonalData.Finding finding) {
		return finding.certain() && (finding.kind() == PersonalData.Kind.PERSONAL_NUMBER
				|| finding.kind() == PersonalData.Kind.COORDINATION_NUMBER);
	}

	/**
	 * It has been answered, and the address is no longer needed.
	 * @param what came of it
	 */
	static Decision<AccessibilityReport> handled(@Nullable AccessibilityReport before, String what, Instant at) {
		if (before == null) {
			return Decision.refuse(Refusal.notFound());
		}
		if (before.handled != null) {
			return Decision.refuse(Refusal.conflict("redan-besvarad", "Någon har redan besvarat den här synpunkten."));
		}
		if (what.isBlank() || what.length() > LONGEST_TEXT) {
			return Decision.refuse(Refusal.invalid("svar", "Skriv vad som har gjorts, med högst 4 000 tecken."));
		}
		return Decision
			.of(new AccessibilityReport(before.kind, before.page, before.text, null, before.at, new Handled(at, what)));
	}

}
