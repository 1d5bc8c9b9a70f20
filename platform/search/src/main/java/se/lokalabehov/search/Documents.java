package se.lokalabehov.search;

import java.util.List;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.search.Swedish.Read;
import se.lokalabehov.search.Swedish.Token;

/**
 * How an item becomes a document of the index.
 */
final class Documents {

	/** Words of title and summary that are read. */
	static final int SUMMARY_WORDS = 2_000;

	/** Words of a whole text that are read; what comes after cannot be found. */
	static final int BODY_WORDS = 200_000;

	private static final FieldType FEATURES = featureType(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, false);

	private static final FieldType GRAMS = featureType(IndexOptions.DOCS, true);

	private final Swedish swedish;

	Documents(Swedish swedish) {
		this.swedish = swedish;
	}

	private static FieldType featureType(IndexOptions options, boolean omitNorms) {
		FieldType type = new FieldType();
		type.setTokenized(true);
		type.setIndexOptions(options);
		type.setOmitNorms(omitNorms);
		type.freeze();
		return type;
	}

	Document document(Item item) {
		Read title = this.swedish.read(Folding.repaired(item.title()), SUMMARY_WORDS);
		Read summary = this.swedish.read(Folding.repaired(item.summary()), SUMMARY_WORDS);
		Document document = new Document();
		document.add(new StringField(Fields.ID, item.id(), Field.Store.YES));
		document.add(new NumericDocValuesField(Fields.KEY, key(item.id())));
		document.add(new Field(Fields.TITLE, new FeatureStream(List.of(title)), FEATURES));
		document.add(new Field(Fields.TEXT, new FeatureStream(texts(item, title, summary)), FEATURES));
		char[] grams = Said.grams(title, summary);
		document.add(new Field(Fields.GRAMS, new GramStream(grams), GRAMS));
		document.add(new BinaryDocValuesField(Fields.SAID, Said.packed(title, summary, grams)));
		facet(document, Fields.KIND, item.kind().name());
		facet(document, Fields.PUBLISHER, item.publisher());
		facet(document, Fields.YEAR, (item.year() != null) ? item.year().toString() : null);
		facet(document, Fields.LANGUAGE, item.language());
		item.areas().stream().distinct().forEach((area) -> facet(document, Fields.AREA, area));
		item.targetGroups().stream().distinct().forEach((group) -> facet(document, Fields.TARGET_GROUP, group));
		item.visibleTo().forEach((mark) -> document.add(new StringField(Fields.VISIBLE_TO, mark, Field.Store.NO)));
		if (item.date() != null) {
			document.add(new LongField(Fields.DATE, item.date().toEpochDay(), Field.Store.NO));
		}
		document.add(new NumericDocValuesField(Fields.SORTED_YEAR, (item.year() != null) ? item.year() : 0));
		document.add(new SortedDocValuesField(Fields.SORTED_TITLE, sortKey(item.title())));
		document.add(new StoredField(Fields.SHOWN_TITLE, item.title()));
		document.add(new StoredField(Fields.SHOWN_SUMMARY, item.summary()));
		return document;
	}

	private List<Read> texts(Item item, Read title, Read summary) {
		String rest = String.join("\n", item.authors()) + "\n" + ((item.publisher() != null) ? item.publisher() : "")
				+ "\n" + ((item.method() != null) ? item.method() : "");
		Read body = this.swedish.read(Folding.repaired(item.body()), BODY_WORDS);
		return List.of(title, summary, this.swedish.read(Folding.repaired(rest), SUMMARY_WORDS), body);
	}

	private static void facet(Document document, String field, @Nullable String value) {
		if (value != null && !value.isBlank()) {
			document.add(new StringField(field, value, Field.Store.YES));
			document.add(new SortedSetDocValuesField(field, new BytesRef(value)));
		}
	}

	/** Puts å, ä and ö after z, and makes no difference of case and accents. */
	private static BytesRef sortKey(String title) {
		String letters = Folding.lowerCase(Folding.repaired(title.substring(0, Math.min(title.length(), 100))));
		StringBuilder key = new StringBuilder(letters.length());
		for (int at = 0; at < letters.length(); at++) {
			char letter = letters.charAt(at);
			key.append(switch (letter) {
				case 'å' -> '{';
				case 'ä', 'æ' -> '|';
				case 'ö', 'ø' -> '}';
				default -> Folding.folded(letter);
			});
		}
		return new BytesRef(key);
	}

	/** A number of 64 bits made of an id (FNV-1a). */
	static long key(String id) {
		long hash = 0xcbf29ce484222325L;
		for (int at = 0; at < id.length(); at++) {
			hash = (hash ^ id.charAt(at)) * 0x100000001b3L;
		}
		return hash;
	}

	/** 4-grams as two bytes each. */
	private static final class GramStream extends TokenStream {

		private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);

		private final char[] grams;

		private int next;

		GramStream(char[] grams) {
			this.grams = grams;
		}

		@Override
		public boolean incrementToken() {
			if (this.next == this.grams.length) {
				return false;
			}
			clearAttributes();
			this.term.setBytesRef(Asked.gramTerm(this.grams[this.next++]));
			return true;
		}

		@Override
		public void reset() {
			this.next = 0;
		}

	}

}
