package se.lokalabehov.web;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.ConstraintValidatorContext.ConstraintViolationBuilder;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.Wording;

/**
 * Stops personal data at the door. What it found goes no further than into its position.
 */
abstract sealed class PersonalDataGuard<A extends Annotation> implements ConstraintValidator<A, Object> {

	/** Says that a number with a wrong check digit is no person's. */
	static final String CONFIRMATION = "X-Confirm-No-Personal-Data";

	/** Enough to mend a text; more would only repeat itself. */
	private static final int TOLD_PER_TEXT = 10;

	private final Set<PersonalData.Kind> refused;

	private final String advice;

	PersonalDataGuard(Set<PersonalData.Kind> refused, String advice) {
		this.refused = refused;
		this.advice = advice;
	}

	@Override
	public boolean isValid(@Nullable Object value, ConstraintValidatorContext context) {
		context.disableDefaultConstraintViolation();
		HibernateConstraintValidatorContext here = context.unwrap(HibernateConstraintValidatorContext.class);
		return switch (value) {
			case null -> true;
			case CharSequence text -> passes(text.toString(), here, ConstraintViolationBuilder::addConstraintViolation);
			case Wording wording -> passes(wording, here);
			case Iterable<?> texts -> passes(texts, here);
			default -> throw new IllegalArgumentException("no text: " + value.getClass());
		};
	}

	private boolean passes(Wording wording, HibernateConstraintValidatorContext here) {
		return passes("title", wording.title(), here) & passes("situation", wording.situation(), here)
				& passes("question", wording.question(), here) & passes("consequence", wording.consequence(), here);
	}

	private boolean passes(String name, String text, HibernateConstraintValidatorContext here) {
		return passes(text, here, (violation) -> violation.addPropertyNode(name).addConstraintViolation());
	}

	private boolean passes(Iterable<?> texts, HibernateConstraintValidatorContext here) {
		boolean passes = true;
		int index = 0;
		for (Object text : texts) {
			int at = index++;
			passes &= !(text instanceof CharSequence words) || passes(words.toString(), here,
					(violation) -> violation.addBeanNode().inIterable().atIndex(at).addConstraintViolation());
		}
		return passes;
	}

	private boolean passes(String text, HibernateConstraintValidatorContext here,
			Consumer<ConstraintViolationBuilder> tell) {
		List<PersonalData.Finding> findings = PersonalData.find(text)
			.stream()
			.filter((finding) -> this.refused.contains(finding.kind()))
			.filter((finding) -> finding.certain() || !isConfirmed())
			.limit(TOLD_PER_TEXT)
			.toList();
		for (PersonalData.Finding finding : findings) {
			here.withDynamicPayload(finding);
			tell.accept(here.buildConstraintViolationWithTemplate(told(finding)));
		}
		return findings.isEmpty();
	}

	private String told(PersonalData.Finding finding) {
		String kind = Messages.text("personal." + finding.kind().name());
		// For a human the first character is number one.
		int position = finding.start() + 1;
		return finding.certain()
				? Messages.text("personal.found", kind, String.valueOf(position), Messages.text(this.advice))
				: Messages.text("personal.uncertain", kind, String.valueOf(position));
	}

	private static boolean isConfirmed() {
		HttpServletRequest request = Requests.current();
		return request != null && "true".equals(request.getHeader(CONFIRMATION));
	}

	/**
	 * For free text.
	 */
	static final class AgainstAll extends PersonalDataGuard<NoPersonalData> {

		AgainstAll() {
			super(Set.of(PersonalData.Kind.values()), "personal.advice");
		}

	}

	/**
	 * For records of the catalogue.
	 */
	static final class AgainstNumbers extends PersonalDataGuard<NoPersonalNumber> {

		AgainstNumbers() {
			super(Set.of(PersonalData.Kind.PERSONAL_NUMBER, PersonalData.Kind.COORDINATION_NUMBER),
					"personal.advice.catalogue");
		}

	}

}
