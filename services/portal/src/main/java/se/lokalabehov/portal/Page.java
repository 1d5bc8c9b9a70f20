package se.lokalabehov.portal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.stereotype.Controller;

/**
 * A controller of pages for people: no part of the API, and what goes wrong in it is told
 * on a page.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Controller
@Hidden
@interface Page {

}
