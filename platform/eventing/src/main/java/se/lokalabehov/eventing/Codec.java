package se.lokalabehov.eventing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import de.undercouch.bson4jackson.BsonFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import se.lokalabehov.contracts.Id;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.WireName;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;

/**
 * Events to JSON and back by their wire names, states to BSON and back. Fields that
 * today's code does not know are passed over, so that an older consumer can read a newer
 * event.
 */
final class Codec {

	private final Map<String, Class<?>> types = new HashMap<>();

	private final JsonMapper json;

	private final JsonMapper bson;

	Codec() {
		Topics.all()
			.forEach((topic) -> leaves(topic.events())
				.forEach((type) -> this.types.put(topic.name() + "/" + wireName(type), type)));
		this.json = built(JsonMapper.builder());
		this.bson = built(JsonMapper.builder(new BsonFactory()));
	}

	private static JsonMapper built(JsonMapper.Builder mapper) {
		return mapper.annotationIntrospector(new Plainly())
			.addModule(ids())
			.changeDefaultPropertyInclusion(
					(ignored) -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.build();
	}

	/** The event types of a sealed interface. */
	static Stream<Class<?>> leaves(Class<?> type) {
		return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(Codec::leaves) : Stream.of(type);
	}

	/** The wire name that stands on the event's record. */
	static String wireName(Class<?> type) {
		return Objects.requireNonNull(type.getAnnotation(WireName.class), () -> type + " has no @WireName").value();
	}

	/** The event's data as it travels. */
	String data(Object event) {
		return this.json.writeValueAsString(event);
	}

	/**
	 * Reads an event.
	 * @throws Unreadable when the type is unknown or the data do not fit it
	 */
	@SuppressWarnings("unchecked")
	<E> E event(Topic<E> topic, String type, String data) {
		Class<?> known = this.types.get(topic.name() + "/" + type);
		if (known == null) {
			throw new Unreadable("unknown type " + type + " on " + topic);
		}
		try {
			return (E) Objects.requireNonNull(this.json.readValue(data, known), "no event");
		}
		catch (RuntimeException ex) {
			// The parser's message may quote the data, which must not reach a log.
			throw new Unreadable(type + " can not be read: " + ex.getClass().getSimpleName());
		}
	}

	/** A state or view as BSON, in the bytes that the driver sends. */
	RawBsonDocument state(Object state, Class<?> declared) {
		return new RawBsonDocument(this.bson.writerFor(declared).writeValueAsBytes(state));
	}

	/** A state or view from BSON. */
	<S> S state(Document stored, Class<S> type) {
		return this.json.convertValue(stored, type);
	}

	private static SimpleModule ids() {
		return new SimpleModule("ids").addSerializer(Id.class, new ValueSerializer<Id>() {

			@Override
			public void serialize(Id id, JsonGenerator json, SerializationContext context) {
				json.writeString(id.value());
			}

		}).addKeySerializer(Id.class, new ValueSerializer<Id>() {

			@Override
			public void serialize(Id id, JsonGenerator json, SerializationContext context) {
				json.writeName(id.value());
			}

		});
	}

	/**
	 * What could not be read.
	 */
	static final class Unreadable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Unreadable(String message) {
			super(message);
		}

	}

	/**
	 * Identifiers are plain text, and a value of a sealed interface carries its record's
	 * simple name in {@code kind}, without the model having to know Jackson.
	 */
	private static final class Plainly extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1L;

		@Override
		public JsonCreator.@Nullable Mode findCreatorAnnotation(MapperConfig<?> config, Annotated annotated) {
			if (annotated instanceof AnnotatedConstructor constructor
					&& Id.class.isAssignableFrom(constructor.getDeclaringClass())) {
				return JsonCreator.Mode.DELEGATING;
			}
			return super.findCreatorAnnotation(config, annotated);
		}

		@Override
		public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
			if (annotated instanceof AnnotatedClass && oneOfSeveral(annotated.getRawType())) {
				return JsonTypeInfo.Value.construct(JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "kind", null, false,
						true);
			}
			return super.findPolymorphicTypeInfo(config, annotated);
		}

		@Override
		public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
			Class<?> raw = annotated.getRawType();
			if (oneOfSeveral(raw)) {
				return leaves(raw).map((type) -> new NamedType(type, type.getSimpleName())).toList();
			}
			return super.findSubtypes(config, annotated);
		}

		private static boolean oneOfSeveral(Class<?> type) {
			return type.isSealed() && type.isInterface();
		}

	}

}
