package se.lokalabehov.embedded;

import java.util.ArrayList;
import java.util.List;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;

/**
 * What is left of a result. The library puts as many documents as are asked for into one
 * reply, however long it gets, and a driver takes none that is longer than a message may
 * be; MongoDB ends a reply at 16 MB and the client asks for more.
 */
final class BoundedCursor extends AbstractCursor {

	/** A character is at most three bytes. */
	private static final long MOST_CHARACTERS = 5L * 1024 * 1024;

	private List<Document> left;

	BoundedCursor(long id, List<Document> left) {
		super(id);
		this.left = left;
	}

	@Override
	public boolean isEmpty() {
		return this.left.isEmpty();
	}

	/**
	 * The next documents.
	 * @param most at most so many; 0 for as many as a reply holds
	 */
	@Override
	public List<Document> takeDocuments(int most) {
		int count = fitting((most > 0 && most < this.left.size()) ? this.left.subList(0, most) : this.left);
		List<Document> taken = this.left.subList(0, count);
		this.left = this.left.subList(count, this.left.size());
		return taken;
	}

	/** Puts documents back before those that are left. */
	void putBack(List<Document> documents) {
		List<Document> all = new ArrayList<>(documents);
		all.addAll(this.left);
		this.left = all;
	}

	/** How many of these, from the first on, a reply holds: at least one. */
	static int fitting(List<Document> documents) {
		if (documents.size() < 2) {
			return documents.size();
		}
		long characters = 0;
		int count = 0;
		for (Document document : documents) {
			characters += BsonBytes.characters(document);
			if (characters > MOST_CHARACTERS && count > 0) {
				break;
			}
			count++;
		}
		return count;
	}

}
