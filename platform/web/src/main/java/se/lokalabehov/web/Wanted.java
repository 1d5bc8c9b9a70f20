package se.lokalabehov.web;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.Id;

/**
 * What a caller wants of a list, as questions to the store: every parameter may be left
 * out, and those that are said must all fit.
 */
public final class Wanted {

	private Wanted() {
	}

	/**
	 * One parameter.
	 * @param field of the document, such as {@code state.cycle}
	 * @param value what it must be, or hold when it is a list; null when not said
	 * @return everything when not said
	 */
	public static Criteria where(String field, @Nullable Object value) {
		return switch (value) {
			case null -> new Criteria();
			case Id id -> Criteria.where(field).is(id.value());
			case Enum<?> constant -> Criteria.where(field).is(constant.name());
			default -> Criteria.where(field).is(value);
		};
	}

	/**
	 * All of them.
	 * @param criteria what the caller may see, and what is wanted of it
	 * @return what fits all
	 */
	public static Criteria all(Criteria... criteria) {
		return new Criteria().andOperator(criteria);
	}

}
