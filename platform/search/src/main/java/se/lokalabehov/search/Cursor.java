package se.lokalabehov.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.search.SearchRequest.Order;

/**
 * Where a page ended: the values that its last hit was ordered by. The last of them, a
 * number made of the id, is different for every item, so no hit comes twice and none is
 * passed over.
 *
 * @param order the order of the pages
 * @param lenient whether the pages are those of items with only some of the words
 * @param values as text
 */
record Cursor(Order order, boolean lenient, List<String> values) {

	static Sort sort(Order order) {
		SortField last = new SortField(Fields.KEY, SortField.Type.LONG);
		return switch (order) {
			case RELEVANCE -> new Sort(SortField.FIELD_SCORE, last);
			case NEWEST -> new Sort(new SortField(Fields.SORTED_YEAR, SortField.Type.LONG, true), last);
			case OLDEST -> new Sort(new SortField(Fields.SORTED_YEAR, SortField.Type.LONG), last);
			case TITLE -> new Sort(new SortField(Fields.SORTED_TITLE, SortField.Type.STRING), last);
		};
	}

	static Cursor of(Order order, boolean lenient, FieldDoc hit) {
		List<String> values = new ArrayList<>();
		for (Object value : hit.fields) {
			values.add((value instanceof BytesRef bytes)
					? Base64.getUrlEncoder().encodeToString(BytesRef.deepCopyOf(bytes).bytes) : String.valueOf(value));
		}
		return new Cursor(order, lenient, values);
	}

	String written() {
		String all = this.order.ordinal() + " " + (this.lenient ? 1 : 0) + " " + String.join(" ", this.values);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(all.getBytes(StandardCharsets.UTF_8));
	}

	/** None when it is no cursor of this order. */
	static @Nullable Cursor read(@Nullable String written, Order order) {
		if (written == null || written.length() > 2_000) {
			return null;
		}
		try {
			String[] all = new String(Base64.getUrlDecoder().decode(written), StandardCharsets.UTF_8).split(" ");
			Cursor cursor = new Cursor(order, all[1].equals("1"), List.of(all[2], all[3]));
			cursor.after();
			return all[0].equals(String.valueOf(order.ordinal())) ? cursor : null;
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			return null;
		}
	}

	/** The place after which the next page begins. */
	FieldDoc after() {
		Object first = switch (this.order) {
			case RELEVANCE -> Float.valueOf(this.values.get(0));
			case NEWEST, OLDEST -> Long.valueOf(this.values.get(0));
			case TITLE -> new BytesRef(Base64.getUrlDecoder().decode(this.values.get(0)));
		};
		// No document has this number, so what is exactly alike is not repeated.
		return new FieldDoc(Integer.MAX_VALUE, Float.NaN, new Object[] { first, Long.valueOf(this.values.get(1)) });
	}

}
