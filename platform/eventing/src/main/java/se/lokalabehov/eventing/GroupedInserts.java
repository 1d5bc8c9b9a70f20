package se.lokalabehov.eventing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;
import org.bson.BSONException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Inserts into one collection, those of many callers in few writes (group commit): who
 * comes while a write is under way goes with the next one, so that the store confirms all
 * of them at once. One who comes alone does not wait for others.
 */
final class GroupedInserts {

	private static final int DUPLICATE_KEY = 11000;

	private static final class Waiting {

		private final Document document;

		/** Done when it has been written, or is to be written, with all who wait. */
		private final CompletableFuture<@Nullable Void> turn = new CompletableFuture<>();

		/** Whether it has been written; null until that is known. */
		private @Nullable Boolean written;

		private @Nullable RuntimeException failure;

		Waiting(Document document) {
			this.document = document;
		}

		boolean isOpen() {
			return this.written == null && this.failure == null;
		}

	}

	private final MongoTemplate mongo;

	private final String collection;

	private List<Waiting> waiting = new ArrayList<>();

	private boolean underWay;

	GroupedInserts(MongoTemplate mongo, String collection) {
		this.mongo = mongo;
		this.collection = collection;
	}

	/**
	 * Inserts a document; returns when that is acknowledged.
	 * @return false when there is one with its {@code _id} already
	 */
	boolean insert(Document document) {
		Waiting own = new Waiting(document);
		synchronized (this) {
			this.waiting.add(own);
			if (!this.underWay) {
				this.underWay = true;
				own.turn.complete(null);
			}
		}
		own.turn.join();
		if (own.isOpen()) {
			writeAll();
		}
		if (own.failure != null) {
			throw own.failure;
		}
		return Boolean.TRUE.equals(own.written);
	}

	private void writeAll() {
		List<Waiting> group;
		synchronized (this) {
			group = this.waiting;
			this.waiting = new ArrayList<>();
		}
		try {
			if (group.size() > 1) {
				together(group);
			}
			group.stream().filter(Waiting::isOpen).forEach(this::alone);
		}
		finally {
			synchronized (this) {
				this.underWay = !this.waiting.isEmpty();
				if (this.underWay) {
					this.waiting.getFirst().turn.complete(null);
				}
			}
			group.forEach((one) -> {
				if (one.isOpen()) {
					one.failure = new IllegalStateException("not written");
				}
				one.turn.complete(null);
			});
		}
	}

	/** Leaves those alone that can not be written, and all when that is not told. */
	private void together(List<Waiting> group) {
		try {
			this.mongo.execute(this.collection, (collection) -> {
				try {
					collection.insertMany(group.stream().map((one) -> one.document).toList(),
							new InsertManyOptions().ordered(false));
					group.forEach((one) -> one.written = true);
				}
				catch (MongoBulkWriteException ex) {
					if (ex.getWriteConcernError() != null) {
						throw ex;
					}
					group.forEach((one) -> one.written = true);
					ex.getWriteErrors()
						.forEach((error) -> group.get(error.getIndex()).written = (error.getCode() == DUPLICATE_KEY)
								? Boolean.FALSE : null);
				}
				catch (BSONException ex) {
					// One can not be sent, and it is not said which.
					group.forEach((one) -> one.written = null);
				}
				return null;
			});
		}
		catch (RuntimeException ex) {
			group.forEach((one) -> one.failure = ex);
		}
	}

	private void alone(Waiting one) {
		try {
			this.mongo.insert(one.document, this.collection);
			one.written = true;
		}
		catch (DuplicateKeyException ex) {
			one.written = false;
		}
		catch (RuntimeException ex) {
			one.failure = ex;
		}
	}

}
