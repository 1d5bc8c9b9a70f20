package se.lokalabehov.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * The text must not hold a personal or co-ordination number, a phone number or an e-mail
 * address (domain rule 8). For a text, a list of texts or a
 * {@link se.lokalabehov.contracts.Wording}.
 *
 * <p>
 * The refusal says what was found and where, never the text: code {@code personuppgift},
 * or {@code personuppgift-bekrafta} when all that was found are numbers with a right date
 * and a wrong check digit. Those pass when the request says
 * {@code X-Confirm-No-Personal-Data: true}.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PersonalDataGuard.AgainstAll.class)
public @interface NoPersonalData {

	String message() default "";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
