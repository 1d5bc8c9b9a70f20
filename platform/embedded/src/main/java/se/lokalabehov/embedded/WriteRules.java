package se.lokalabehov.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Which commands write, and which of them this store refuses: those whose replay would
 * not give what they gave the first time, and those that the library accepts without
 * honouring them.
 */
final class WriteRules {

	private static final String ID = "_id";

	private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findandmodify", "create",
			"createindexes", "drop", "dropindexes", "dropdatabase", "renamecollection");

	private WriteRules() {
	}

	static boolean isWrite(String command) {
		return WRITES.contains(command.toLowerCase(Locale.ROOT));
	}

	/** Why the command is refused, or nothing. */
	static Optional<String> refusalOf(String command, Document query) {
		return switch (command.toLowerCase(Locale.ROOT)) {
			case "insert" -> first(documents(query, "documents"), WriteRules::refusalOfStored);
			case "update" -> first(documents(query, "updates"),
					(update) -> refusalOfUpdate(update.get("q"), update.get("u"), isTrue(update.get("upsert"))));
			case "delete" -> first(documents(query, "deletes"), (delete) -> refusalOfSelector(delete.get("q")));
			case "findandmodify" -> isTrue(query.get("remove")) ? refusalOfSelector(query.get("query"))
					: refusalOfUpdate(query.get("query"), query.get("update"), isTrue(query.get("upsert")));
			case "createindexes" -> first(documents(query, "indexes"), WriteRules::refusalOfIndex);
			case "aggregate" -> first(documents(query, "pipeline"), WriteRules::refusalOfStage);
			default -> Optional.empty();
		};
	}

	/**
	 * Gives every document to insert an {@code _id}, so that it gets the same at a
	 * replay.
	 */
	static void completeIds(Document insert) {
		List<Document> complete = new ArrayList<>();
		for (Document document : documents(insert, "documents")) {
			if (document.containsKey(ID)) {
				complete.add(document);
			}
			else {
				complete.add(new Document(ID, new ObjectId()).appendAll(document));
			}
		}
		insert.put("documents", complete);
	}

	private static Optional<String> refusalOfUpdate(@Nullable Object selector, @Nullable Object update,
			boolean upsert) {
		if (!(update instanceof Document change)) {
			return Optional.of("an update by a pipeline is not possible here; use update operators");
		}
		if (change.containsKey("$currentDate")) {
			return Optional.of("$currentDate is not possible here; put the time into the update");
		}
		if (upsert && !idIsKnown(selector, change)) {
			return Optional.of("an upsert must name the _id, in its filter or in $setOnInsert");
		}
		return refusalOfSelector(selector).or(() -> refusalOfStored(change));
	}

	private static boolean idIsKnown(@Nullable Object selector, Document change) {
		return namesId(selector) || change.containsKey(ID) || setsId(change.get("$set"))
				|| setsId(change.get("$setOnInsert"));
	}

	private static boolean setsId(@Nullable Object fields) {
		return fields instanceof Document document && document.containsKey(ID);
	}

	private static boolean namesId(@Nullable Object selector) {
		if (!(selector instanceof Document document)) {
			return false;
		}
		if (document.containsKey(ID)) {
			return !(document.get(ID) instanceof Document id) || id.containsKey("$eq")
					|| id.keySet().stream().noneMatch((key) -> key.startsWith("$"));
		}
		return document.get("$and") instanceof List<?> parts && parts.stream().anyMatch(WriteRules::namesId);
	}

	/** The library stops in the middle of updating such a document. */
	private static Optional<String> refusalOfStored(Document document) {
		boolean dotted = document.keySet().stream().anyMatch((field) -> field.contains("."));
		return dotted ? Optional.of("a field name with a dot is not possible here") : Optional.empty();
	}

	private static Optional<String> refusalOfSelector(@Nullable Object selector) {
		return readsClock(selector) ? Optional.of("$$NOW is not possible in a write here; put the time into the filter")
				: Optional.empty();
	}

	private static boolean readsClock(@Nullable Object value) {
		return switch (value) {
			case Document document -> document.values().stream().anyMatch(WriteRules::readsClock);
			case List<?> elements -> elements.stream().anyMatch(WriteRules::readsClock);
			case String text -> text.equals("$$NOW") || text.startsWith("$$NOW.");
			case null, default -> false;
		};
	}

	private static Optional<String> refusalOfIndex(Document index) {
		if (isTrue(index.get("unique")) && index.containsKey("partialFilterExpression")) {
			return Optional.of("a unique index over a part of the documents is not possible here");
		}
		if (index.containsKey("expireAfterSeconds")) {
			return Optional.of("an index that expires documents is not possible here");
		}
		return Optional.empty();
	}

	private static Optional<String> refusalOfStage(Document stage) {
		return (stage.containsKey("$out") || stage.containsKey("$merge"))
				? Optional.of("an aggregation cannot write here; insert its result") : Optional.empty();
	}

	private static Optional<String> first(List<Document> parts, Function<Document, Optional<String>> rule) {
		return parts.stream().map(rule).flatMap(Optional::stream).findFirst();
	}

	private static List<Document> documents(Document command, String field) {
		return (command.get(field) instanceof List<?> elements)
				? elements.stream().filter(Document.class::isInstance).map(Document.class::cast).toList() : List.of();
	}

	private static boolean isTrue(@Nullable Object value) {
		return (value instanceof Number number) ? number.doubleValue() != 0 : Boolean.TRUE.equals(value);
	}

}
