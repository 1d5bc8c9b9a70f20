package se.lokalabehov.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The written name, with its version, that an event has on the wire: the CloudEvents
 * {@code type}. A class can be renamed, a wire name never.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WireName {

	/** For example {@code need-submitted.v1}. */
	String value();

}
