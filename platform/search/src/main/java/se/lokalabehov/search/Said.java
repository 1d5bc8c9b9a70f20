package se.lokalabehov.search;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

import se.lokalabehov.search.Swedish.Read;
import se.lokalabehov.search.Swedish.Span;
import se.lokalabehov.search.Swedish.Token;

/**
 * What the title and the summary of an item say, packed in a doc value: hashes of
 * features of 32 bits (title word by word, then the rest) and of 4-grams of 16 bits. Two
 * features with the same hash are possible and harmless: they are one in four billion.
 */
final class Said {

	private static final int MOST_TITLE_WORDS = 100;

	private static final int MOST_FEATURES = 100;

	private Said() {
	}

	static int hash(String feature) {
		BytesRef bytes = new BytesRef(feature);
		return StringHelper.murmurhash3_x86_32(bytes, 0);
	}

	/** The 4-grams of what is read, in order, no two alike. */
	static char[] grams(Read title, Read summary) {
		char[] grams = new char[64];
		int count = 0;
		for (Read read : List.of(title, summary)) {
			for (Token token : read.tokens()) {
				char[] more = token.word().grams();
				if (count + more.length > grams.length) {
					grams = Arrays.copyOf(grams, (count + more.length) * 2);
				}
				System.arraycopy(more, 0, grams, count, more.length);
				count += more.length;
			}
		}
		Arrays.sort(grams, 0, count);
		int distinct = 0;
		for (int at = 0; at < count; at++) {
			if (at == 0 || grams[at] != grams[at - 1]) {
				grams[distinct++] = grams[at];
			}
		}
		return Arrays.copyOf(grams, distinct);
	}

	static BytesRef packed(Read title, Read summary, char[] grams) {
		Set<Word> words = new LinkedHashSet<>();
		int titleInts = 0;
		for (Token token : title.tokens()) {
			if (!token.word().stop() && words.size() < MOST_TITLE_WORDS && words.add(token.word())) {
				titleInts += Math.min(token.word().hashes().length, MOST_FEATURES);
			}
		}
		int[] rest = rest(title, summary);
		ByteBuffer buffer = ByteBuffer
			.allocate(1 + words.size() * 2 + titleInts * 4 + 4 + rest.length * 4 + grams.length * 2);
		buffer.put((byte) words.size());
		for (Word word : words) {
			int count = Math.min(word.hashes().length, MOST_FEATURES);
			buffer.put((byte) (word.common() ? 1 : 0));
			buffer.put((byte) count);
			for (int at = 0; at < count; at++) {
				buffer.putInt(word.hashes()[at]);
			}
		}
		buffer.putInt(rest.length);
		for (int hash : rest) {
			buffer.putInt(hash);
		}
		for (char gram : grams) {
			buffer.putChar(gram);
		}
		return new BytesRef(buffer.array(), 0, buffer.position());
	}

	/** Features of the summary and concepts of both, in order, no two alike. */
	private static int[] rest(Read title, Read summary) {
		int[] hashes = new int[256];
		int count = 0;
		for (Read read : List.of(title, summary)) {
			for (Span span : read.spans()) {
				hashes = ArrayUtil.grow(hashes, count + 1);
				hashes[count++] = Lexicon.STANDARD.synonyms().hash(span.concept());
			}
		}
		for (Token token : summary.tokens()) {
			if (!token.word().stop()) {
				int[] more = token.word().hashes();
				hashes = ArrayUtil.grow(hashes, count + more.length);
				System.arraycopy(more, 0, hashes, count, more.length);
				count += more.length;
			}
		}
		Arrays.sort(hashes, 0, count);
		int distinct = 0;
		for (int at = 0; at < count; at++) {
			if (at == 0 || hashes[at] != hashes[at - 1]) {
				hashes[distinct++] = hashes[at];
			}
		}
		return Arrays.copyOf(hashes, distinct);
	}

}
