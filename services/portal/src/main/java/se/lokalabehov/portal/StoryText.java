package se.lokalabehov.portal;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import se.lokalabehov.eventing.Envelope;

/**
 * What has happened to one thing, as it leaves the platform: for systems as a batch of
 * CloudEvents, for people as plain text.
 */
final class StoryText {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** What a field is called, for whoever reads it on paper. */
	private static final ResourceBundle FIELDS = ResourceBundle.getBundle("se.lokalabehov.portal.fields", Locale.ROOT);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM yyyy 'kl.' HH.mm",
			Locale.of("sv"));

	private StoryText() {
	}

	/** A JSON batch (CloudEvents 1.0, JSON event format 4), the data to the letter. */
	static String json(List<Envelope<String>> story) {
		return story.stream().map(StoryText::json).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
	}

	private static String json(Envelope<String> event) {
		ObjectNode attributes = JSON.createObjectNode();
		event.attributes().forEach(attributes::put);
		attributes.put("datacontenttype", "application/json");
		String written = attributes.toString();
		return written.substring(0, written.length() - 1) + ",\"data\":" + event.event() + "}";
	}

	/**
	 * Every event with its sentence and everything that it says. In Swedish whoever
	 * fetches it: it is a public document.
	 */
	static String text(Matter matter, List<Envelope<String>> story) {
		return Sentence.in(Sentence.SWEDISH, () -> swedish(matter, story));
	}

	private static String swedish(Matter matter, List<Envelope<String>> story) {
		StringBuilder text = new StringBuilder();
		Node node = matter.node();
		text.append(node.title()).append("\n\nTyp: ").append(node.kind().label()).append("\nId: ").append(node.id());
		text.append("\nDiarienummer: ").append((matter.number() != null) ? matter.number() : "inget").append('\n');
		for (int i = 0; i < story.size(); i++) {
			Envelope<String> event = story.get(i);
			ZonedDateTime at = event.time().atZone(Memberships.SWEDEN);
			text.append('\n').append(i + 1).append(". ").append(TIME.format(at)).append(", ");
			text.append(Names.of(event.by())).append("\n   ");
			text.append(Telling.what(node.entries().get(i).event(), Names.of(event.by()))).append('\n');
			lines(text, "   ", null, JSON.readTree(event.event()));
		}
		return text.toString();
	}

	private static void lines(StringBuilder text, String indent, @Nullable String name, JsonNode value) {
		if (value.isObject()) {
			heading(text, indent, name);
			String deeper = (name != null) ? indent + "  " : indent;
			value.properties().forEach((field) -> lines(text, deeper, label(field.getKey()), field.getValue()));
		}
		else if (value.isArray() && value.valueStream().anyMatch(JsonNode::isContainer)) {
			heading(text, indent, name);
			value.valueStream().forEach((one) -> lines(text, indent + "  ", "-", one));
		}
		else if (value.isArray()) {
			line(text, indent, name, value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ")));
		}
		else if (!value.isNull()) {
			line(text, indent, name, value.asString());
		}
	}

	private static void heading(StringBuilder text, String indent, @Nullable String name) {
		if (name != null) {
			text.append(indent).append(name.equals("-") ? name : name + ":").append('\n');
		}
	}

	private static void line(StringBuilder text, String indent, @Nullable String name, String value) {
		String mark = (name == null || name.equals("-")) ? "- " : name + ": ";
		text.append(indent).append(mark).append(value.replace("\n", "\n" + indent + "  ")).append('\n');
	}

	/** In Swedish; codes that are keys of a table have no name. */
	static String label(String field) {
		return FIELDS.containsKey(field) ? FIELDS.getString(field) : field;
	}

}
