package se.lokalabehov.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * The list of pages ({@code page-routes.txt}): who opens which, and where to find one in
 * the example. What is no page (a part of one, a file) says so.
 *
 * @param path as mapped
 * @param login who opens it, {@code -} for anybody
 * @param address where, with names in braces for what the example has made; {@code -}
 * when it is no page
 */
record PageRoutes(String path, String login, String address) {

	private static final String FILE = "page-routes.txt";

	static List<PageRoutes> all() {
		try (var file = Objects.requireNonNull(PageRoutes.class.getResourceAsStream(FILE), FILE)) {
			return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.map((line) -> line.strip().split("\\s+"))
				.map((row) -> new PageRoutes(row[0], row[1], row[2]))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The pages to open. */
	static Stream<PageRoutes> pages() {
		return all().stream().filter((one) -> !one.address().equals("-"));
	}

	boolean isForAnybody() {
		return this.login.equals("-");
	}

	String address(Map<String, String> made) {
		String found = this.address;
		for (Map.Entry<String, String> one : made.entrySet()) {
			found = found.replace("{" + one.getKey() + "}", one.getValue());
		}
		return found;
	}

	/** For the name of a picture. */
	String name() {
		String name = this.address.replaceAll("[{}?=&]", "").replaceAll("[^a-zåäö0-9-]+", "_").replaceAll("^_|_$", "");
		return (name.isEmpty() ? "forsta" : name) + (isForAnybody() ? "" : "-" + this.login);
	}

	/** What the portal's pages are mapped to, asked of the code. */
	static Set<String> mapped() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
		scanner.addExcludeFilter(new AnnotationTypeFilter(RestController.class));
		Set<String> paths = new TreeSet<>();
		scanner.findCandidateComponents("se.lokalabehov.portal")
			.stream()
			.map((bean) -> ClassUtils.resolveClassName(String.valueOf(bean.getBeanClassName()), null))
			.flatMap((controller) -> Arrays.stream(controller.getDeclaredMethods()))
			.forEach((method) -> {
				var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
				if (mapping != null && List.of(mapping.method()).contains(RequestMethod.GET)) {
					paths.addAll(List.of(mapping.path()));
				}
			});
		return paths;
	}

}
