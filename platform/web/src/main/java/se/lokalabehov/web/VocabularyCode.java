package se.lokalabehov.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.directory.Directory;

/**
 * The text must be a code of the controlled vocabulary. Nothing at all is for
 * {@code @NotNull} to refuse.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = VocabularyCode.InVocabulary.class)
public @interface VocabularyCode {

	/** Which list: "area", "target-group", "need-type", "gap-status", "support-kind". */
	String value();

	String message() default "{se.lokalabehov.web.VocabularyCode.message}";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/**
	 * Asks the directory.
	 */
	final class InVocabulary implements ConstraintValidator<VocabularyCode, String> {

		private String scheme = "";

		@Override
		public void initialize(VocabularyCode code) {
			this.scheme = code.value();
		}

		@Override
		public boolean isValid(@Nullable String code, ConstraintValidatorContext context) {
			return code == null || Directory.standard().has(this.scheme, code);
		}

	}

}
