package se.lokalabehov.web;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

import se.lokalabehov.contracts.Id;

/**
 * JSON as it is spoken at the door. What comes in must be exactly what was agreed, or it
 * is refused; what goes out has no nulls.
 */
final class Json {

	/** A need with everything has four levels. */
	private static final int MAX_DEPTH = 20;

	private static final int MAX_NAME = 200;

	private static final int MAX_NUMBER = 30;

	private Json() {
	}

	static JsonMapper mapper() {
		JsonFactory factory = JsonFactory.builder()
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			// Jackson would otherwise quote the input in its messages.
			.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxNameLength(MAX_NAME)
				.maxNumberLength(MAX_NUMBER)
				.maxStringLength(BodyFilter.LIMIT)
				.maxDocumentLength(BodyFilter.LIMIT)
				.build())
			.build();
		return JsonMapper.builder(factory)
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.withCoercionConfig(LogicalType.Enum, Coercions::none)
			.withCoercionConfig(LogicalType.DateTime, Coercions::none)
			.withCoercionConfig(LogicalType.POJO, Coercions::none)
			.withCoercionConfig(LogicalType.Collection, Coercions::none)
			.changeDefaultPropertyInclusion((before) -> JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT,
					JsonInclude.Include.NON_ABSENT))
			.annotationIntrospector(new Kinds())
			.addModule(door())
			.build();
	}

	private static SimpleModule door() {
		SimpleModule door = new SimpleModule("door");
		door.setDeserializers(new Ids());
		return door.addDeserializer(String.class, new PlainText())
			.setDeserializerModifier(new WrittenExactly())
			.addSerializer(Id.class, new IdText())
			.addKeySerializer(Id.class, new IdName());
	}

	/** Whether a text has no character that hides something from who reads it. */
	static boolean isPlain(String text) {
		return text.codePoints().noneMatch(Json::isForbidden);
	}

	private static boolean isForbidden(int character) {
		// NUL; half a surrogate pair; the controls that turn the direction of a text
		// around.
		return character == 0 || (character >= 0xD800 && character <= 0xDFFF)
				|| (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
	}

	/**
	 * A text has a character that is not taken.
	 */
	static final class ForbiddenCharacter extends MismatchedInputException {

		private static final long serialVersionUID = 1L;

		ForbiddenCharacter(JsonParser parser) {
			super(parser, "forbidden character", String.class);
		}

	}

	/**
	 * Texts are texts, never numbers, and hide nothing.
	 */
	private static final class PlainText extends StdScalarDeserializer<String> {

		PlainText() {
			super(String.class);
		}

		@Override
		public String deserialize(JsonParser parser, DeserializationContext context) {
			if (!parser.hasToken(JsonToken.VALUE_STRING)) {
				throw MismatchedInputException.from(parser, String.class, "not a text");
			}
			String text = parser.getString();
			if (!isPlain(text)) {
				throw new ForbiddenCharacter(parser);
			}
			return text;
		}

		@Override
		public LogicalType logicalType() {
			return LogicalType.Textual;
		}

	}

	/**
	 * Days and instants are ISO 8601 texts, never numbers or lists, and enum constants
	 * are written exactly as they are named.
	 */
	private static final class WrittenExactly extends ValueDeserializerModifier {

		private static final long serialVersionUID = 1L;

		@Override
		public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config,
				BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
			Class<?> type = description.getBeanClass();
			return (Temporal.class.isAssignableFrom(type) || TemporalAmount.class.isAssignableFrom(type))
					? new Exact(deserializer) : deserializer;
		}

		@Override
		public ValueDeserializer<?> modifyEnumDeserializer(DeserializationConfig config, JavaType type,
				BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
			return new Exact(deserializer);
		}

	}

	private static final class Exact extends DelegatingDeserializer {

		Exact(ValueDeserializer<?> delegate) {
			super(delegate);
		}

		@Override
		protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
			return new Exact(delegate);
		}

		@Override
		public Object deserialize(JsonParser parser, DeserializationContext context) {
			if (!parser.hasToken(JsonToken.VALUE_STRING) || parser.getString().isEmpty()
					|| !parser.getString().equals(parser.getString().strip())) {
				throw MismatchedInputException.from(parser, handledType(), "not written exactly");
			}
			return super.deserialize(parser, context);
		}

	}

	/**
	 * Identifiers come in as plain texts.
	 */
	private static final class Ids extends SimpleDeserializers {

		private static final long serialVersionUID = 1L;

		@Override
		public @Nullable ValueDeserializer<?> findBeanDeserializer(JavaType type, DeserializationConfig config,
				BeanDescription.Supplier description) {
			return (type.isTypeOrSubTypeOf(Id.class) && type.getRawClass().isRecord()) ? new OfId(type.getRawClass())
					: super.findBeanDeserializer(type, config, description);
		}

	}

	private static final class OfId extends StdScalarDeserializer<Object> {

		private final Constructor<?> constructor;

		OfId(Class<?> type) {
			super(type);
			try {
				this.constructor = type.getConstructor(String.class);
			}
			catch (NoSuchMethodException ex) {
				throw new IllegalStateException("an identifier is a public record of one text: " + type, ex);
			}
		}

		@Override
		public Object deserialize(JsonParser parser, DeserializationContext context) {
			try {
				if (parser.hasToken(JsonToken.VALUE_STRING)) {
					return this.constructor.newInstance(parser.getString());
				}
			}
			catch (InvocationTargetException ex) {
				// Has not the form: refused below, without what was written.
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
			throw MismatchedInputException.from(parser, handledType(), "not an identifier");
		}

	}

	/**
	 * Identifiers go out as plain texts.
	 */
	private static final class IdText extends ValueSerializer<Id> {

		@Override
		public void serialize(Id id, JsonGenerator json, SerializationContext context) {
			json.writeString(id.value());
		}

	}

	private static final class IdName extends ValueSerializer<Id> {

		@Override
		public void serialize(Id id, JsonGenerator json, SerializationContext context) {
			json.writeName(id.value());
		}

	}

	/**
	 * A value of a sealed interface carries its record's simple name in {@code kind}: the
	 * same as in the store.
	 */
	private static final class Kinds extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1L;

		@Override
		public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
			return (annotated instanceof AnnotatedClass && isOneOfSeveral(annotated.getRawType())) ? JsonTypeInfo.Value
				.construct(JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "kind", null, false, true)
					: super.findPolymorphicTypeInfo(config, annotated);
		}

		@Override
		public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
			return isOneOfSeveral(annotated.getRawType())
					? leaves(annotated.getRawType()).map((type) -> new NamedType(type, type.getSimpleName())).toList()
					: super.findSubtypes(config, annotated);
		}

		private static boolean isOneOfSeveral(Class<?> type) {
			return type.isSealed() && type.isInterface();
		}

		private static Stream<Class<?>> leaves(Class<?> type) {
			return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(Kinds::leaves) : Stream.of(type);
		}

	}

	/**
	 * Nothing is taken for something else.
	 */
	private static final class Coercions {

		private Coercions() {
		}

		static void none(MutableCoercionConfig config) {
			for (CoercionInputShape shape : CoercionInputShape.values()) {
				config.setCoercion(shape, CoercionAction.Fail);
			}
		}

	}

}
