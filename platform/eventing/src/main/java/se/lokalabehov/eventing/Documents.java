package se.lokalabehov.eventing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/**
 * Reading the documents of one collection: aggregates with their state, or views.
 * Criteria name fields of the state as {@code state.field}.
 *
 * @param <S> the state or view
 */
public sealed class Documents<S> permits Aggregates, Views {

	final MongoTemplate mongo;

	final Codec codec;

	private final Supplier<String> collection;

	private final Class<S> type;

	Documents(MongoTemplate mongo, Codec codec, Supplier<String> collection, Class<S> type) {
		this.mongo = mongo;
		this.codec = codec;
		this.collection = collection;
		this.type = type;
	}

	/** The collection that is read now. */
	String collection() {
		return this.collection.get();
	}

	/** The document with an identifier. */
	public Optional<Stored<S>> find(String id) {
		return all(Criteria.where("_id").is(id)).stream().findFirst();
	}

	/**
	 * The documents with these identifiers, those that are there, in no certain order.
	 */
	public List<Stored<S>> findAll(Collection<String> ids) {
		return ids.isEmpty() ? List.of() : all(Criteria.where("_id").in(ids));
	}

	/** All documents that fit; only where their number is bounded by nature. */
	public List<Stored<S>> all(Criteria criteria) {
		return read(head(criteria));
	}

	/** How many fit. */
	public long count(Criteria criteria) {
		return this.mongo.count(new Query(criteria), collection());
	}

	/**
	 * A page of the documents that fit, oldest first.
	 * @param criteria which
	 * @param cursor from the page before, none for the first
	 * @param limit at most so many
	 * @throws Page.WrongCursor when the cursor is not one of ours
	 */
	public Page<Stored<S>> page(Criteria criteria, @Nullable String cursor, int limit) {
		return page(criteria, cursor, limit, Sort.Direction.ASC);
	}

	/** The same, newest first. */
	public Page<Stored<S>> latest(Criteria criteria, @Nullable String cursor, int limit) {
		return page(criteria, cursor, limit, Sort.Direction.DESC);
	}

	private Page<Stored<S>> page(Criteria criteria, @Nullable String cursor, int limit, Sort.Direction direction) {
		List<Criteria> all = new ArrayList<>(List.of(criteria));
		if (cursor != null) {
			Cursor last = Cursor.parse(cursor);
			Date created = new Date(last.created());
			all.add(direction.isAscending()
					? new Criteria().orOperator(Criteria.where("created").gt(created),
							Criteria.where("created").is(created).and("_id").gt(last.id()))
					: new Criteria().orOperator(Criteria.where("created").lt(created),
							Criteria.where("created").is(created).and("_id").lt(last.id())));
		}
		List<Stored<S>> found = read(
				head(new Criteria().andOperator(all)).with(Sort.by(direction, "created", "_id")).limit(limit + 1));
		if (found.size() <= limit) {
			return new Page<>(found, null);
		}
		List<Stored<S>> items = found.subList(0, limit);
		Stored<S> last = items.getLast();
		return new Page<>(List.copyOf(items), new Cursor(last.created().toEpochMilli(), last.id()).text());
	}

	/**
	 * The first documents that fit, in the order of a field of their own.
	 * @param criteria which; a range of the field to go on from
	 * @param field indexed, and with different values
	 * @param limit at most so many
	 */
	public List<Stored<S>> inOrder(Criteria criteria, String field, int limit) {
		return read(head(criteria).with(Sort.by(field)).limit(limit));
	}

	/** The same from the last on. */
	public List<Stored<S>> inReverse(Criteria criteria, String field, int limit) {
		return read(head(criteria).with(Sort.by(field).descending()).limit(limit));
	}

	private Query head(Criteria criteria) {
		Query query = new Query(criteria);
		// What else stands in a document can be long and is rarely wanted: an aggregate's
		// story, its acts, and what others keep beside its state.
		query.fields().include("version", "sequence", "created", "state");
		return query;
	}

	private List<Stored<S>> read(Query query) {
		return this.mongo.find(query, Document.class, collection())
			.stream()
			.filter((found) -> found.get("state") != null)
			.map(this::stored)
			.toList();
	}

	Stored<S> stored(Document found) {
		return new Stored<>(found.getString("_id"), number(found, "version"), number(found, "sequence"),
				found.getDate("created").toInstant(), this.codec.state(found.get("state", Document.class), this.type));
	}

	static long number(Document document, String field) {
		return (document.get(field) instanceof Number number) ? number.longValue() : 0;
	}

	private record Cursor(long created, String id) {

		static Cursor parse(String text) {
			try {
				String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
				int at = plain.indexOf(' ');
				if (at > 0) {
					return new Cursor(Long.parseLong(plain.substring(0, at)), plain.substring(at + 1));
				}
			}
			catch (IllegalArgumentException ex) {
				// Neither text nor number: refused below like any other.
			}
			throw new Page.WrongCursor();
		}

		String text() {
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString((this.created + " " + this.id).getBytes(StandardCharsets.UTF_8));
		}

	}

}
