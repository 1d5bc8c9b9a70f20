package se.lokalabehov.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.EmptyCursor;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one collection, in the order in which they came.
 *
 * <p>
 * A document is never changed once it is here: an update puts another in its place. So a
 * reply may be encoded, a cursor read and a snapshot written while writers go on. And a
 * position is never used again: the order, which decides what an update without a sort
 * finds first, is the same after a replay and after a compaction.
 */
final class StoreCollection extends AbstractMongoCollection<Long> {

	private static final Comparator<Document> BY_ID = Comparator.comparing((document) -> document.get("_id"),
			ValueComparator.asc());

	private final SequencedMap<Long, Document> documents = new LinkedHashMap<>();

	private long nextPosition;

	private final CursorRegistry cursors;

	/** Set while the library updates what a query returns; writers are alone. */
	private boolean updating;

	StoreCollection(MongoDatabase database, String collectionName, CollectionOptions options,
			CursorRegistry cursorRegistry) {
		super(database, collectionName, options, cursorRegistry);
		this.cursors = cursorRegistry;
	}

	/** All documents as they are now; they will not change. */
	List<Document> snapshot() {
		return new ArrayList<>(this.documents.values());
	}

	/** The documents that meet the query, which the caller leaves as they are. */
	Stream<Document> allOf(Document query) {
		return StreamSupport.stream(queryDocuments(query, null, 0, 0, 0, null).spliterator(), false);
	}

	/**
	 * The find command, which alone wraps its filter in {@code $query}, encodes what it
	 * gets; everything else may change it.
	 */
	@Override
	public QueryResult handleQuery(QueryParameters parameters) {
		QueryResult result = super.handleQuery(parameters);
		if (parameters.getQuerySelector().containsKey("$query")) {
			return firstOf(result);
		}
		return copy(result, Document::cloneDeeply);
	}

	/** As much as one reply holds, with a cursor for the rest. */
	private QueryResult firstOf(QueryResult result) {
		List<Document> documents = result.collectDocuments();
		int count = BoundedCursor.fitting(documents);
		if (count == documents.size()) {
			return result;
		}
		List<Document> rest = documents.subList(count, documents.size());
		long id = result.getCursorId();
		if (id == EmptyCursor.get().getId()) {
			id = createCursor(rest).getId();
		}
		else {
			((BoundedCursor) this.cursors.getCursor(id)).putBack(rest);
		}
		return new QueryResult(documents.subList(0, count), id);
	}

	@Override
	protected Cursor createCursor(List<Document> documents) {
		Cursor cursor = new BoundedCursor(this.cursors.generateCursorId(), documents);
		this.cursors.add(cursor);
		return cursor;
	}

	@Override
	protected QueryResult queryDocuments(Document query, @Nullable Document orderBy, int numberToSkip, int limit,
			int batchSize, @Nullable Document fieldSelector) {
		Collection<Long> candidates = narrowest(query);
		QueryResult result;
		if (candidates == null || isNaturalDescending(orderBy)) {
			result = matchDocuments(query, orderBy, numberToSkip, limit, batchSize, fieldSelector);
		}
		else {
			// The library would hold each of a thousand documents against each of the
			// thousand ids that it was found by.
			Document left = Conditions.areOfIdAlone(query) ? new Document() : query;
			result = matchDocuments(left, candidates, orderBy, numberToSkip, limit, batchSize, fieldSelector);
		}
		return this.updating ? copy(result, Document::clone) : result;
	}

	private static QueryResult copy(QueryResult result, UnaryOperator<Document> copier) {
		List<Document> copies = new ArrayList<>();
		result.forEach((document) -> copies.add(copier.apply(document)));
		return new QueryResult(copies, result.getCursorId());
	}

	private @Nullable Collection<Long> narrowest(Document query) {
		Conditions conditions = Conditions.of(query);
		if (conditions.isEmpty()) {
			return null;
		}
		Collection<Long> narrowest = null;
		for (Index<Long> index : getIndexes()) {
			Collection<Long> candidates = ((CandidateIndex) index).candidates(conditions);
			if (candidates != null && (narrowest == null || candidates.size() < narrowest.size())) {
				narrowest = candidates;
			}
			if (narrowest != null && narrowest.size() <= 1) {
				break;
			}
		}
		return narrowest;
	}

	@Override
	protected QueryResult matchDocuments(Document query, @Nullable Document orderBy, int numberToSkip, int limit,
			int batchSize, @Nullable Document fieldSelector) {
		Collection<Document> all = isNaturalDescending(orderBy) ? this.documents.sequencedValues().reversed()
				: this.documents.values();
		return matchDocumentsFromStream(all.stream(), query, orderBy, numberToSkip, limit, batchSize, fieldSelector);
	}

	/** The library looks the field up by its path at every comparison. */
	@Override
	protected QueryResult matchDocumentsFromStream(Stream<Document> documents, Document query,
			@Nullable Document orderBy, int numberToSkip, int limit, int batchSize, @Nullable Document fieldSelector) {
		if (orderBy != null && orderBy.size() == 1 && orderBy.get("_id") instanceof Number order
				&& order.intValue() == 1) {
			return matchDocumentsFromStream(query, documents, numberToSkip, limit, batchSize, BY_ID, fieldSelector);
		}
		return super.matchDocumentsFromStream(documents, query, orderBy, numberToSkip, limit, batchSize, fieldSelector);
	}

	@Override
	public Document updateDocuments(Document selector, Document update, ArrayFilters arrayFilters, boolean isMulti,
			boolean isUpsert, Oplog oplog) {
		Optional<FieldChange> change = arrayFilters.isEmpty() ? FieldChange.of(update) : Optional.empty();
		if (change.isPresent() && !getIndexes().isEmpty()) {
			List<Document> matches = new ArrayList<>();
			queryDocuments(selector, null, 0, isMulti ? 0 : 1, 0, null).forEach(matches::add);
			if (!matches.isEmpty()) {
				return updateFields(matches, change.get(), update, arrayFilters, oplog);
			}
		}
		return updateWhole(selector, update, arrayFilters, isMulti, isUpsert, oplog);
	}

	private Document updateWhole(Document selector, Document update, ArrayFilters arrayFilters, boolean isMulti,
			boolean isUpsert, Oplog oplog) {
		this.updating = true;
		try {
			return super.updateDocuments(selector, update, arrayFilters, isMulti, isUpsert, oplog);
		}
		finally {
			this.updating = false;
		}
	}

	private Document updateFields(List<Document> matches, FieldChange change, Document update,
			ArrayFilters arrayFilters, Oplog oplog) {
		Set<String> fields = change.fields();
		int modified = 0;
		for (Document old : matches) {
			Optional<Document> changed = change.applyTo(old);
			if (changed.isEmpty()) {
				Document byId = new Document("_id", new Document("$eq", old.get("_id")));
				Document result = updateWhole(byId, update, arrayFilters, false, false, oplog);
				modified += Integer.valueOf(1).equals(result.get("nModified")) ? 1 : 0;
			}
			else if (changed.get() != old) {
				replace(old, changed.get(), fields);
				modified++;
			}
		}
		return new Document("n", matches.size()).append("nModified", modified);
	}

	private void replace(Document old, Document changed, Set<String> fields) {
		List<Index<Long>> concerned = getIndexes().stream()
			.filter((index) -> fields.stream().anyMatch(((CandidateIndex) index)::covers))
			.toList();
		concerned.forEach((index) -> index.checkUpdate(old, changed, this));
		Long position = positionOf(old);
		concerned.forEach((index) -> index.updateInPlace(old, changed, position, this));
		this.documents.put(position, changed);
	}

	@Override
	public void removeDocument(Document document) {
		if (getIndexes().isEmpty()) {
			super.removeDocument(document);
			return;
		}
		Long position = positionOf(document);
		Document stored = getDocument(position);
		getIndexes().forEach((index) -> ((CandidateIndex) index).forget(stored, position));
		removeDocument(position);
	}

	private Long positionOf(Document document) {
		for (Index<Long> index : getIndexes()) {
			@Nullable Long position = index.getPosition(document);
			if (position != null) {
				return position;
			}
		}
		throw new IllegalStateException("a document of " + getFullName() + " is not in its index on _id");
	}

	@Override
	protected Long addDocumentInternal(Document document) {
		Long position = this.nextPosition++;
		this.documents.put(position, document);
		return position;
	}

	@Override
	protected void handleUpdate(Long position, Document oldDocument, Document newDocument) {
		this.documents.put(position, newDocument);
	}

	@Override
	protected void removeDocument(Long position) {
		this.documents.remove(position);
	}

	@Override
	protected Document getDocument(Long position) {
		Document document = this.documents.get(position);
		if (document == null) {
			throw new IllegalStateException("an index of " + getFullName() + " leads nowhere");
		}
		return document;
	}

	@Override
	protected Stream<DocumentWithPosition<Long>> streamAllDocumentsWithPosition() {
		return this.documents.entrySet()
			.stream()
			.map((entry) -> new DocumentWithPosition<>(entry.getValue(), entry.getKey()));
	}

	@Override
	public int count() {
		return this.documents.size();
	}

	/** Keeping the size would encode every document at every change. */
	@Override
	protected boolean tracksDataSize() {
		return false;
	}

	@Override
	protected void updateDataSize(int sizeDelta) {
		// not tracked
	}

	@Override
	protected int getDataSize() {
		return (int) Math.min(Integer.MAX_VALUE, this.documents.values().stream().mapToLong(BsonBytes::sizeOf).sum());
	}

}
