package se.lokalabehov.needintake;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;

/**
 * Must be one of the 290 municipalities: no one else can stand behind a need (domain rule
 * 11).
 */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Municipality.InDirectory.class)
@interface Municipality {

	String message() default "Är ingen kommun.";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/**
	 * Asks the directory.
	 */
	final class InDirectory implements ConstraintValidator<Municipality, OrganisationId> {

		@Override
		public boolean isValid(@Nullable OrganisationId id, ConstraintValidatorContext context) {
			return id == null || Directory.standard()
				.organisation(id)
				.filter((found) -> found.kind() == Kind.MUNICIPALITY)
				.isPresent();
		}

	}

}
