package se.lokalabehov.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.eventing.Envelope;

/**
 * Events over HTTP: CloudEvents 1.0, HTTP protocol binding and JSON event format. Binary
 * unless something else is asked for; many in one answer only when that is asked for.
 */
public final class CloudEvents {

	/** One event in structured mode. */
	public static final MediaType STRUCTURED = new MediaType("application", "cloudevents+json");

	/** A batch. */
	public static final MediaType BATCH = new MediaType("application", "cloudevents-batch+json");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private CloudEvents() {
	}

	/**
	 * Answers with one event.
	 * @param event with its data as JSON text
	 * @param accept the header {@code Accept} of the request, if any
	 * @return structured when that is asked for by name, otherwise binary: the data, and
	 * the attributes in headers {@code ce-...}
	 */
	public static ResponseEntity<Object> answer(Envelope<String> event, @Nullable String accept) {
		if (wants(STRUCTURED, accept)) {
			return ResponseEntity.ok().contentType(STRUCTURED).body(structured(event));
		}
		HttpHeaders headers = new HttpHeaders();
		event.attributes().forEach((name, value) -> headers.set("ce-" + name, encoded(value)));
		return ResponseEntity.ok()
			.headers(headers)
			.contentType(MediaType.APPLICATION_JSON)
			.body(event.event().getBytes(StandardCharsets.UTF_8));
	}

	/** Answers with a batch of events, in their order. */
	public static ResponseEntity<Object> batch(List<Envelope<String>> events) {
		return ResponseEntity.ok().contentType(BATCH).body(events.stream().map(CloudEvents::structured).toList());
	}

	/** Whether a request asks for a media type by its name; wildcards do not. */
	public static boolean wants(MediaType type, @Nullable String accept) {
		return accept != null
				&& MediaType.parseMediaTypes(accept).stream().anyMatch((one) -> one.equalsTypeAndSubtype(type));
	}

	/**
	 * An event in the JSON event format, as part of an answer.
	 * @param event with its data as JSON text
	 * @return what is written as JSON
	 */
	public static Object structured(Envelope<String> event) {
		Map<String, String> attributes = new LinkedHashMap<>(event.attributes());
		attributes.put("datacontenttype", MediaType.APPLICATION_JSON_VALUE);
		return new Structured(attributes, event.event());
	}

	/**
	 * The same as text, for what is signed and sent.
	 * @param event with its data as JSON text
	 * @return JSON
	 */
	public static String text(Envelope<String> event) {
		return JSON.writeValueAsString(structured(event));
	}

	/**
	 * The same without its data, for what may not be long: the claim check of CloudEvents
	 * (extension {@code dataref}).
	 * @param event of which the attributes are told
	 * @param dataref where its data are
	 * @return JSON
	 */
	public static String text(Envelope<String> event, URI dataref) {
		Map<String, String> attributes = new LinkedHashMap<>(event.attributes());
		attributes.put("datacontenttype", MediaType.APPLICATION_JSON_VALUE);
		attributes.put("dataref", dataref.toString());
		return JSON.writeValueAsString(attributes);
	}

	/**
	 * What a header cannot carry is percent-encoded, and so are % and quotes (3.1.3.2).
	 */
	static String encoded(String value) {
		StringBuilder encoded = new StringBuilder(value.length());
		for (byte one : value.getBytes(StandardCharsets.UTF_8)) {
			if (one > ' ' && one < 0x7f && one != '"' && one != '%') {
				encoded.append((char) one);
			}
			else {
				encoded.append('%').append(String.format("%02X", one));
			}
		}
		return encoded.toString();
	}

	/** The JSON event format: the attributes beside each other, and the data as it is. */
	record Structured(@JsonAnyGetter Map<String, String> attributes, @JsonRawValue String data) {
	}

}
