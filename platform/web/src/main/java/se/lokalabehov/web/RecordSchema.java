package se.lokalabehov.web;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import se.lokalabehov.contracts.Id;

/**
 * The JSON Schema (2020-12) of a record, as records are written here: identifiers are
 * text, what is {@code @Nullable} is left out when it is not there, days and times are
 * RFC 3339, a value of a sealed interface says which record it is in {@code kind}.
 * Records inside are definitions under {@code $defs}. More fields may come later, so
 * nothing forbids them.
 */
public final class RecordSchema {

	private final String definitions;

	private final Map<String, ObjectNode> defined = new LinkedHashMap<>();

	/**
	 * Several schemas that share their definitions.
	 * @param definitions where these will stand, for example {@code #/$defs/}
	 */
	public RecordSchema(String definitions) {
		this.definitions = definitions;
	}

	/** A schema by itself. */
	public static ObjectNode of(Class<? extends Record> type) {
		RecordSchema schema = new RecordSchema("#/$defs/");
		ObjectNode described = object();
		described.put("$schema", "https://json-schema.org/draft/2020-12/schema");
		described.setAll(schema.fields(type));
		if (!schema.defined.isEmpty()) {
			described.set("$defs", schema.definitions());
		}
		return described;
	}

	/** What the schemas that were asked for refer to, by name. */
	public ObjectNode definitions() {
		ObjectNode all = object();
		this.defined.forEach(all::set);
		return all;
	}

	/** The schema of a record. */
	public ObjectNode fields(Class<?> type) {
		ObjectNode schema = object().put("type", "object");
		ObjectNode properties = schema.putObject("properties");
		ArrayNode required = JsonNodeFactory.instance.arrayNode();
		for (RecordComponent component : type.getRecordComponents()) {
			properties.set(component.getName(), of(component.getAnnotatedType()));
			if (!isOptional(component)) {
				required.add(component.getName());
			}
		}
		if (!required.isEmpty()) {
			schema.set("required", required);
		}
		return schema;
	}

	/** Whether a field may be left out. */
	public static boolean isOptional(RecordComponent component) {
		return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
	}

	private ObjectNode of(AnnotatedType annotated) {
		Type type = annotated.getType();
		Class<?> raw = (Class<?>) ((type instanceof ParameterizedType generic) ? generic.getRawType() : type);
		if (Collection.class.isAssignableFrom(raw)) {
			return object().put("type", "array").set("items", of(argument(annotated, 0)));
		}
		if (Map.class.isAssignableFrom(raw)) {
			ObjectNode map = object().put("type", "object");
			ObjectNode keys = of(argument(annotated, 0));
			if (keys.has("enum")) {
				map.set("propertyNames", keys);
			}
			return map.set("additionalProperties", of(argument(annotated, 1)));
		}
		return plain(raw);
	}

	private static AnnotatedType argument(AnnotatedType type, int which) {
		return ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[which];
	}

	private ObjectNode plain(Class<?> raw) {
		if (raw == String.class || Id.class.isAssignableFrom(raw)) {
			return object().put("type", "string");
		}
		if (raw == boolean.class || raw == Boolean.class) {
			return object().put("type", "boolean");
		}
		if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
			return object().put("type", "integer");
		}
		if (raw == LocalDate.class) {
			return object().put("type", "string").put("format", "date");
		}
		if (raw == Instant.class) {
			return object().put("type", "string").put("format", "date-time");
		}
		if (raw == URI.class) {
			return object().put("type", "string").put("format", "uri");
		}
		if (raw.isEnum()) {
			ObjectNode names = object().put("type", "string");
			ArrayNode values = names.putArray("enum");
			Arrays.stream(raw.getEnumConstants()).forEach((one) -> values.add(((Enum<?>) one).name()));
			return names;
		}
		if (raw.isSealed() && raw.isInterface()) {
			ObjectNode one = object();
			ArrayNode choices = one.putArray("oneOf");
			leaves(raw).forEach((leaf) -> {
				ObjectNode choice = fields(leaf);
				choice.withObjectProperty("properties").putObject("kind").put("const", leaf.getSimpleName());
				choice.withArrayProperty("required").add("kind");
				choices.add(choice);
			});
			return one;
		}
		if (raw.isRecord()) {
			return object().put("$ref", this.definitions + defined(raw));
		}
		throw new IllegalArgumentException("no schema for " + raw);
	}

	private String defined(Class<?> type) {
		// A record that is nested is told apart from one of the same name elsewhere.
		String name = ((type.getEnclosingClass() != null) ? type.getEnclosingClass().getSimpleName() + "." : "")
				+ type.getSimpleName();
		if (!this.defined.containsKey(name)) {
			// Before its fields, as these may name it again.
			this.defined.put(name, object());
			this.defined.put(name, fields(type));
		}
		return name;
	}

	private static Stream<Class<?>> leaves(Class<?> type) {
		return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(RecordSchema::leaves)
				: Stream.of(type);
	}

	private static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

}
