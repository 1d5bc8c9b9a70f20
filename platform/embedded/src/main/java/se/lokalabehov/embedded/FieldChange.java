package se.lokalabehov.embedded;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import de.bwaldvogel.mongo.backend.NumericUtils;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * An update by field that touches only what it names. The library copies and compares the
 * whole document several times at each update, which a document with a long array pays
 * for dearly; this copies the containers on the way to the field and shares the rest.
 *
 * <p>
 * It understands {@code $set}, {@code $unset}, {@code $inc} and {@code $push} (with
 * {@code $each}) on plain paths. Whatever else an update holds, it is left to the
 * library, and so is every error.
 */
final class FieldChange {

	private enum Operator {

		SET, UNSET, INC, PUSH,
		/** Of no effect on a document that exists. */
		SET_ON_INSERT

	}

	private record Step(Operator operator, List<String> path, @Nullable Object argument) {
	}

	/** A document could not be changed here, though perhaps by the library. */
	private static final class NotPlainException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		NotPlainException() {
			super("not a plain path", null, false, false);
		}

	}

	private final List<Step> steps = new ArrayList<>();

	private FieldChange() {
	}

	/** The update in this form, or nothing if it holds more than that. */
	static Optional<FieldChange> of(Document update) {
		FieldChange change = new FieldChange();
		for (String name : update.keySet()) {
			if (!(update.get(name) instanceof Document fields) || !change.understands(name, fields)) {
				return Optional.empty();
			}
		}
		return (update.isEmpty() || change.hasConflict()) ? Optional.empty() : Optional.of(change);
	}

	private boolean understands(String name, Document fields) {
		Operator operator = switch (name) {
			case "$set" -> Operator.SET;
			case "$unset" -> Operator.UNSET;
			case "$inc" -> Operator.INC;
			case "$push" -> Operator.PUSH;
			case "$setOnInsert" -> Operator.SET_ON_INSERT;
			default -> null;
		};
		if (operator == null) {
			return false;
		}
		for (String key : fields.keySet()) {
			List<String> path = Utils.splitPath(key);
			if (!isPlain(path, operator) || !accepts(operator, fields.get(key))) {
				return false;
			}
			this.steps.add(new Step(operator, path, fields.get(key)));
		}
		return true;
	}

	private static boolean isPlain(List<String> path, Operator operator) {
		return (operator == Operator.SET_ON_INSERT || !path.get(0).equals("_id"))
				&& path.stream().noneMatch(FieldChange::isSpecial);
	}

	private static boolean isSpecial(String fragment) {
		return fragment.isEmpty() || fragment.startsWith("$") || fragment.chars().allMatch(Character::isDigit);
	}

	private static boolean accepts(Operator operator, @Nullable Object argument) {
		return switch (operator) {
			case SET, UNSET, SET_ON_INSERT -> true;
			case INC -> argument instanceof Number;
			case PUSH -> !(argument instanceof Document modifiers)
					|| modifiers.keySet().stream().noneMatch((key) -> key.startsWith("$"))
					|| (modifiers.size() == 1 && modifiers.get("$each") instanceof List);
		};
	}

	private boolean hasConflict() {
		for (Step one : this.steps) {
			for (Step other : this.steps) {
				int shorter = Math.min(one.path.size(), other.path.size());
				if (one != other && one.path.subList(0, shorter).equals(other.path.subList(0, shorter))) {
					return true;
				}
			}
		}
		return false;
	}

	/** The top-level fields that this can change. */
	Set<String> fields() {
		Set<String> fields = new HashSet<>();
		this.steps.forEach((step) -> fields.add(step.path.get(0)));
		return fields;
	}

	/**
	 * The document with the change made: the same instance if nothing changed, nothing if
	 * the change does not fit it.
	 */
	Optional<Document> applyTo(Document document) {
		Document changed = document.clone();
		boolean different = false;
		try {
			for (Step step : this.steps) {
				different |= apply(step, changed);
			}
		}
		catch (NotPlainException ex) {
			return Optional.empty();
		}
		return Optional.of(different ? changed : document);
	}

	private static boolean apply(Step step, Document root) {
		if (step.operator == Operator.SET_ON_INSERT) {
			return false;
		}
		@Nullable Document parent = parentOf(step, root);
		String field = step.path.get(step.path.size() - 1);
		if (parent == null) {
			return false;
		}
		@Nullable Object old = parent.get(field);
		return switch (step.operator) {
			case SET -> {
				boolean same = parent.containsKey(field) && Objects.equals(old, step.argument);
				parent.put(field, step.argument);
				yield !same;
			}
			case UNSET -> {
				boolean present = parent.containsKey(field);
				parent.remove(field);
				yield present;
			}
			case INC -> {
				if (old == null ? parent.containsKey(field) : !(old instanceof Number)) {
					throw new NotPlainException();
				}
				Number sum = NumericUtils.addNumbers((old != null) ? (Number) old : Integer.valueOf(0),
						(Number) Objects.requireNonNull(step.argument));
				parent.put(field, sum);
				yield !sum.equals(old);
			}
			case PUSH -> {
				if (old == null ? parent.containsKey(field) : !(old instanceof List)) {
					throw new NotPlainException();
				}
				List<@Nullable Object> longer = new ArrayList<>((old != null) ? (List<?>) old : List.of());
				if (step.argument instanceof Document modifiers && modifiers.get("$each") instanceof List<?> each) {
					longer.addAll(each);
				}
				else {
					longer.add(step.argument);
				}
				parent.put(field, longer);
				yield !longer.equals(old);
			}
			case SET_ON_INSERT -> false;
		};
	}

	/**
	 * The container of the field, copied on the way; null if there is nothing to unset.
	 */
	private static @Nullable Document parentOf(Step step, Document root) {
		Document parent = root;
		for (String field : step.path.subList(0, step.path.size() - 1)) {
			@Nullable Object child = parent.get(field);
			Document copy;
			if (child instanceof Document container) {
				copy = container.clone();
			}
			else if (!parent.containsKey(field)) {
				if (step.operator == Operator.UNSET) {
					return null;
				}
				copy = new Document();
			}
			else {
				throw new NotPlainException();
			}
			parent.put(field, copy);
			parent = copy;
		}
		return parent;
	}

}
