package se.lokalabehov.standalone;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the API answered.
 *
 * @param status the HTTP status
 * @param eTag the entity tag, if any
 * @param location where a new resource lives, if any
 * @param body JSON; a missing node when there was none
 */
record Answer(int status, @Nullable String eTag, @Nullable String location, JsonNode body) {

	/** The identifier of what a command made or changed. */
	String id() {
		return text("id");
	}

	/** A text of the body. */
	String text(String field) {
		return this.body.path(field).asString("");
	}

	/** A list of the body. */
	List<JsonNode> list(String field) {
		return this.body.path(field).valueStream().toList();
	}

	/** The last part of a problem's type, such as {@code inte-framme}. */
	String problem() {
		String type = text("type");
		return type.substring(type.lastIndexOf('/') + 1);
	}

}
