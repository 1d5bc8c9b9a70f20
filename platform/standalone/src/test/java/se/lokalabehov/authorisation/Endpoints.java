package se.lokalabehov.authorisation;

import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * The endpoints that there are, asked of the platform itself.
 */
final class Endpoints {

	private static final List<String> SERVICES = List.of("need-intake", "prioritisation", "national-handoff",
			"feedback", "report-catalogue", "portal");

	/** The portal's own, which nobody else sees. */
	private static final String FOR_PEOPLE = "se.lokalabehov.portal.For";

	private static final String LOGIN = "se.lokalabehov.portal.LoginPages";

	private Endpoints() {
	}

	/** What a service describes, {@code ~} for {@code /api/v1}. */
	static Set<String> described(Calls calls, URI service, String document) {
		Set<String> endpoints = new TreeSet<>();
		calls.get(Who.ANYONE, service, document)
			.json()
			.path("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.propertyNames()
				.forEach((method) -> endpoints.add(endpoint(method.toUpperCase(Locale.ROOT), path.getKey()))));
		return endpoints;
	}

	/**
	 * What the code of the services maps, described or not: the pages for anybody as
	 * well.
	 */
	static Set<String> mapped() {
		return mapped(Predicate.not(Endpoints::isForPeople));
	}

	/**
	 * The pages that one must have logged in to open, the forms on them, and logging in
	 * itself.
	 */
	static Set<String> forPeople() {
		return mapped(Endpoints::isForPeople);
	}

	private static boolean isForPeople(Method handler) {
		return handler.getDeclaringClass().getName().equals(LOGIN)
				|| AnnotatedElementUtils.isAnnotated(handler, FOR_PEOPLE)
				|| AnnotatedElementUtils.isAnnotated(handler.getDeclaringClass(), FOR_PEOPLE);
	}

	private static Set<String> mapped(Predicate<Method> which) {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
		Set<String> endpoints = new TreeSet<>();
		SERVICES.stream()
			.map((service) -> "se.lokalabehov." + service.replace("-", ""))
			.flatMap((service) -> scanner.findCandidateComponents(service).stream())
			.map((bean) -> ClassUtils.resolveClassName(String.valueOf(bean.getBeanClassName()), null))
			.forEach((controller) -> mapped(controller, which).forEach(endpoints::add));
		return endpoints;
	}

	private static Stream<String> mapped(Class<?> controller, Predicate<Method> which) {
		List<String> bases = paths(AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class));
		return Arrays.stream(controller.getDeclaredMethods())
			.filter(which)
			.flatMap((handler) -> bases.stream().flatMap((base) -> mapped(base, handler)));
	}

	private static Stream<String> mapped(String base, Method handler) {
		@Nullable RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(handler, RequestMapping.class);
		if (mapping == null) {
			return Stream.empty();
		}
		List<RequestMethod> methods = List.of(mapping.method());
		if (methods.isEmpty()) {
			throw new IllegalStateException(handler + " answers every method: say which");
		}
		return paths(mapping).stream()
			.flatMap((path) -> methods.stream()
				.map((method) -> endpoint(method.name(),
						base + (path.isEmpty() || path.startsWith("/") ? "" : "/") + path)));
	}

	private static List<String> paths(@Nullable RequestMapping mapping) {
		return (mapping == null || mapping.path().length == 0) ? List.of("") : List.of(mapping.path());
	}

	/** What is there for operation, by the links of the actuator. */
	static Set<String> operated(Calls calls, URI service) {
		Set<String> endpoints = new TreeSet<>();
		calls.get(Who.ADMINISTRATOR, service, "/actuator")
			.json()
			.path("_links")
			.forEach((link) -> endpoints
				.add("GET " + link.path("href").asString("").replaceFirst("^https?://[^/]+", "")));
		return endpoints;
	}

	private static String endpoint(String method, String path) {
		return method + " " + path.replaceFirst("^/api/v1", "~");
	}

}
