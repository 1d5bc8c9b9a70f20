package se.lokalabehov.portal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import se.lokalabehov.security.Role;

/**
 * Who a page is for. Without it anybody may open it; what they may see and do there is
 * decided by the services all the same. On a method it counts instead of the class's.
 */
@Documented
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@interface For {

	/** In one of these roles; anybody who has logged in when none is named. */
	Role[] value() default {};

}
