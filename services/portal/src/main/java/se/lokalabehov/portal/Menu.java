package se.lokalabehov.portal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A page that stands in the main navigation of those whom it is {@link For for}. Its
 * words are the message {@code menu.<name>}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Menu {

	/** Last part of the message's key. */
	String value();

	/** The lower comes first. */
	int order();

}
