package se.lokalabehov.portal;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Why a form was not taken: the error summary at the top of the page, with links to the
 * fields. The words are those of the service, which says what is wrong and what to do.
 *
 * @param text what is wrong, if the service or the portal says it in a sentence
 * @param message the key of what the portal says itself, such as that a service is away
 * @param fields what is wrong with which field
 */
record Trouble(@Nullable String text, @Nullable String message, List<Field> fields) {

	/**
	 * What is wrong with a field.
	 *
	 * @param id of the field on the page
	 * @param text what, and what to do
	 */
	record Field(String id, String text) {
	}

	/** Of the problem that a service answered with. */
	static Trouble of(Services.Answer answer) {
		if (answer.status() == 412) {
			return new Trouble(null, "trouble.changed", List.of());
		}
		List<Field> fields = answer.body()
			.path("fields")
			.valueStream()
			.map((field) -> new Field(id(field.path("name").asString("")), field.path("detail").asString("")))
			.toList();
		String text = answer.body().path("detail").asString("");
		return text.isEmpty() ? new Trouble(null, "trouble.refused", fields) : new Trouble(text, null, fields);
	}

	/** The service is away; nothing of what was written is lost. */
	static Trouble of(Services.Away away) {
		return new Trouble(null, away.room().message(), List.of());
	}

	/** What the portal says itself. */
	static Trouble message(String key) {
		return new Trouble(null, key, List.of());
	}

	/** The field's part of it, none when nothing is wrong with the field. */
	public @Nullable String of(String id) {
		return this.fields.stream()
			.filter((field) -> field.id().equals(id))
			.map(Field::text)
			.reduce((one, other) -> one + " " + other)
			.orElse(null);
	}

	/**
	 * The id that a page gives the field that a service calls so: {@code wording.title}
	 * is {@code wording-title}, and one of a list is the list.
	 */
	static String id(String field) {
		return field.replaceAll("\\[[^]]*]", "").replace('.', '-');
	}

}
