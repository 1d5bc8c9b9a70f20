package se.lokalabehov.search;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

	private Said() {
	}

	static int hash(String feature) {
		BytesRef bytes = new BytesRef(feature);
		return StringHelper.murmurhash3_x86_32(bytes, 0);
	}

	/** The features of one word, or of one concept. */
	static List<Integer> hashes(Word word) {
		return word.features().stream().map(Said::hash).toList();
	}

	static BytesRef packed(Read title, Read summary) {
		List<Word> words = new ArrayList<>();
		Set<String> seen = new LinkedHashSet<>();
		for (Token token : title.tokens()) {
			if (!token.word().stop() && seen.add(token.word().root()) && words.size() < 100) {
				words.add(token.word());
			}
		}
		Set<Integer> rest = new LinkedHashSet<>();
		for (Read read : List.of(title, summary)) {
			for (Span span : read.spans()) {
				rest.add(hash(Word.asConcept(span.concept())));
			}
		}
		Set<Character> grams = new LinkedHashSet<>();
		for (Read read : List.of(title, summary)) {
			for (Token token : read.tokens()) {
				if (!token.word().stop()) {
					if (read == summary) {
						rest.addAll(hashes(token.word()));
					}
					for (char gram : token.word().grams()) {
						grams.add(gram);
					}
				}
			}
		}
		int titleInts = words.stream().mapToInt((word) -> Math.min(word.features().size(), 100)).sum();
		ByteBuffer buffer = ByteBuffer
			.allocate(1 + words.size() * 2 + titleInts * 4 + 4 + rest.size() * 4 + grams.size() * 2);
		buffer.put((byte) words.size());
		for (Word word : words) {
			List<Integer> hashes = hashes(word);
			int count = Math.min(hashes.size(), 100);
			buffer.put((byte) (word.common() ? 1 : 0));
			buffer.put((byte) count);
			hashes.subList(0, count).forEach(buffer::putInt);
		}
		buffer.putInt(rest.size());
		rest.forEach(buffer::putInt);
		char[] sorted = new char[grams.size()];
		int next = 0;
		for (char gram : grams) {
			sorted[next++] = gram;
		}
		Arrays.sort(sorted);
		for (char gram : sorted) {
			buffer.putChar(gram);
		}
		return new BytesRef(buffer.array(), 0, buffer.position());
	}

}
