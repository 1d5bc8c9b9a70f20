package se.lokalabehov.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import se.lokalabehov.eventing.Refusal;

/**
 * Reads what comes in another form than JSON, such as the rows of a table, by the very
 * rules for a body of JSON.
 */
public final class Checking {

	private final JsonMapper json;

	private final Validator validator;

	Checking(JsonMapper json, Validator validator) {
		this.json = json;
		this.validator = validator;
	}

	/**
	 * What was read.
	 *
	 * @param value none when there are faults
	 * @param faults every field that is wrong, by its path as in JSON
	 */
	public record Checked<T>(@Nullable T value, List<Refusal.Field> faults) {
	}

	/**
	 * Reads and checks.
	 * @param said texts, numbers, lists and maps of them, as they would stand in JSON
	 * @param type with the constraints
	 */
	public <T> Checked<T> check(Map<String, ?> said, Class<T> type) {
		JsonNode tree = this.json.valueToTree(said);
		List<Refusal.Field> faults = new ArrayList<>();
		while (true) {
			try {
				T value = this.json.treeToValue(tree, type);
				this.validator.validate(value)
					.stream()
					.map((one) -> new Refusal.Field(one.getPropertyPath().toString().replaceAll("\\.<[^>]*>", ""),
							one.getMessage()))
					.filter((one) -> faults.stream().noneMatch((fault) -> fault.name().equals(one.name())))
					.sorted(Comparator.comparing(Refusal.Field::name).thenComparing(Refusal.Field::detail))
					.forEachOrdered(faults::add);
				return new Checked<>(faults.isEmpty() ? value : null, List.copyOf(faults));
			}
			catch (JacksonException ex) {
				List<Refusal.Field> wrong = Problems.unreadable(ex).fields();
				faults.addAll(wrong);
				// Without what is wrong the next is found.
				if (wrong.isEmpty() || !removed(tree, ex.getPath())) {
					return new Checked<>(null, List.copyOf(faults));
				}
			}
		}
	}

	private static boolean removed(JsonNode tree, List<JacksonException.Reference> path) {
		JsonNode at = tree;
		for (JacksonException.Reference one : path.subList(0, Math.max(0, path.size() - 1))) {
			at = (one.getPropertyName() != null) ? at.path(one.getPropertyName()) : at.path(one.getIndex());
		}
		return !path.isEmpty() && switch (at) {
			case ObjectNode object when path.getLast().getPropertyName() != null ->
				object.remove(path.getLast().getPropertyName()) != null;
			case ArrayNode array when path.getLast().getIndex() >= 0 -> array.remove(path.getLast().getIndex()) != null;
			default -> false;
		};
	}

}
