package se.lokalabehov.portal;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.impl.TypeIdResolverBase;

import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.WireName;

/**
 * Lets an event be kept inside a view under its wire name, whatever its topic.
 */
final class WireNames extends TypeIdResolverBase {

	private static final Map<String, Class<?>> TYPES = Topics.all()
		.stream()
		.flatMap((topic) -> leaves(topic.events()))
		.collect(Collectors.toUnmodifiableMap(WireNames::of, (type) -> type));

	/** The wire name of an event type. */
	static String of(Class<?> type) {
		return Objects.requireNonNull(type.getAnnotation(WireName.class), () -> type + " has no @WireName").value();
	}

	private static Stream<Class<?>> leaves(Class<?> type) {
		return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(WireNames::leaves)
				: Stream.of(type);
	}

	@Override
	public String idFromValue(DatabindContext context, Object value) {
		return of(value.getClass());
	}

	@Override
	public String idFromValueAndType(DatabindContext context, @Nullable Object value, Class<?> suggestedType) {
		return of((value != null) ? value.getClass() : suggestedType);
	}

	@Override
	public @Nullable JavaType typeFromId(DatabindContext context, String id) {
		Class<?> type = TYPES.get(id);
		return (type != null) ? context.constructType(type) : null;
	}

	@Override
	public JsonTypeInfo.Id getMechanism() {
		return JsonTypeInfo.Id.CUSTOM;
	}

}
