package se.lokalabehov.web;

import java.time.temporal.Temporal;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import se.lokalabehov.contracts.Id;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
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
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

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
			.annotationIntrospector(new Plainly())
			.addModule(new SimpleModule("door").addDeserializer(String.class, new PlainText())
				.setDeserializerModifier(new TimesAreText()))
			.build();
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
	 * Days and instants are ISO 8601 texts, never numbers or lists.
	 */
	private static final class TimesAreText extends ValueDeserializerModifier {

		private static final long serialVersionUID = 1L;

		@Override
		public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config,
				BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
			return Temporal.class.isAssignableFrom(description.getBeanClass()) ? new Time(deserializer) : deserializer;
		}

	}

	private static final class Time extends DelegatingDeserializer {

		Time(ValueDeserializer<?> delegate) {
			super(delegate);
		}

		@Override
		protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
			return new Time(delegate);
		}

		@Override
		public Object deserialize(JsonParser parser, DeserializationContext context) {
			if (!parser.hasToken(JsonToken.VALUE_STRING) || parser.getString().isBlank()) {
				throw MismatchedInputException.from(parser, handledType(), "not a text");
			}
			return super.deserialize(parser, context);
		}

	}

	/**
	 * Identifiers are plain texts, and a value of a sealed interface carries its record's
	 * simple name in {@code kind}: the same as in the store.
	 */
	private static final class Plainly extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1L;

		@Override
		public @Nullable Boolean hasAsValue(MapperConfig<?> config, Annotated annotated) {
			return isIdText(annotated) ? Boolean.TRUE : super.hasAsValue(config, annotated);
		}

		@Override
		public @Nullable Boolean hasAsKey(MapperConfig<?> config, Annotated annotated) {
			return isIdText(annotated) ? Boolean.TRUE : super.hasAsKey(config, annotated);
		}

		private static boolean isIdText(Annotated annotated) {
			return annotated instanceof AnnotatedMethod method && Id.class.isAssignableFrom(method.getDeclaringClass())
					&& method.getName().equals("value") && method.getParameterCount() == 0;
		}

		@Override
		public JsonCreator.@Nullable Mode findCreatorAnnotation(MapperConfig<?> config, Annotated annotated) {
			return (annotated instanceof AnnotatedConstructor constructor
					&& Id.class.isAssignableFrom(constructor.getDeclaringClass())) ? JsonCreator.Mode.DELEGATING
							: super.findCreatorAnnotation(config, annotated);
		}

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
			return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(Plainly::leaves)
					: Stream.of(type);
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
