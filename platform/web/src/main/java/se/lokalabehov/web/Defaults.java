package se.lokalabehov.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Puts {@code defaults.properties} below everything else, so that a service's own file
 * need only say what is its own.
 */
final class Defaults implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		try {
			Map<String, Object> defaults = PropertiesLoaderUtils
				.loadProperties(new ClassPathResource("defaults.properties", Defaults.class))
				.entrySet()
				.stream()
				.collect(Collectors.toMap((entry) -> (String) entry.getKey(), Map.Entry::getValue));
			// What the application itself was started with as defaults is more special.
			@Nullable PropertySource<?> given = environment.getPropertySources().get(DefaultPropertiesPropertySource.NAME);
			if (given instanceof EnumerablePropertySource<?> own) {
				for (String name : own.getPropertyNames()) {
					defaults.remove(name);
				}
			}
			DefaultPropertiesPropertySource.addOrMerge(defaults, environment.getPropertySources());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
