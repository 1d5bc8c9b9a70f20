package se.lokalabehov.search;

import java.util.BitSet;

import se.lokalabehov.search.Swedish.Read;
import se.lokalabehov.search.Swedish.Span;
import se.lokalabehov.search.Swedish.Token;

/**
 * Marks in a text what was found, as HTML in which nothing but the marks is markup.
 */
final class Marking {

	private static final double LEAST = 0.5;

	private static final int EXCERPT = 280;

	private static final int BEFORE = 60;

	private final Swedish swedish;

	private final Asked asked;

	Marking(Swedish swedish, Asked asked) {
		this.swedish = swedish;
		this.asked = asked;
	}

	String whole(String text) {
		return html(text, marked(text), 0, text.length());
	}

	/** The part of a text around the first mark. */
	String excerpt(String text) {
		BitSet marks = marked(text);
		int first = Math.max(0, marks.nextSetBit(0));
		int begin = (first > BEFORE && text.length() > EXCERPT) ? wordBegin(text, first - BEFORE) : 0;
		int end = (text.length() - begin > EXCERPT) ? wordBegin(text, begin + EXCERPT) : text.length();
		return ((begin > 0) ? "… " : "") + html(text, marks, begin, end).strip() + ((end < text.length()) ? " …" : "");
	}

	private static int wordBegin(String text, int at) {
		int begin = at;
		while (begin > 0 && begin > at - 40 && !Character.isWhitespace(text.charAt(begin - 1))) {
			begin--;
		}
		return (begin > 0 && Character.isLowSurrogate(text.charAt(begin))) ? begin - 1 : begin;
	}

	private BitSet marked(String text) {
		Read read = this.swedish.read(text, Documents.SUMMARY_WORDS);
		BitSet marks = new BitSet(text.length());
		for (Token token : read.tokens()) {
			if (!token.word().stop()
					&& token.word().features().stream().anyMatch((feature) -> this.asked.answered(feature) >= LEAST)) {
				marks.set(token.begin(), token.end());
			}
		}
		for (Span span : read.spans()) {
			if (this.asked.answered(Word.asConcept(span.concept())) >= LEAST) {
				marks.set(read.tokens().get(span.from()).begin(), read.tokens().get(span.to()).end());
			}
		}
		return marks;
	}

	private static String html(String text, BitSet marks, int begin, int end) {
		StringBuilder html = new StringBuilder();
		boolean open = false;
		for (int at = begin; at < end; at++) {
			if (marks.get(at) != open) {
				html.append(open ? "</mark>" : "<mark>");
				open = !open;
			}
			char letter = text.charAt(at);
			switch (letter) {
				case '<' -> html.append("&lt;");
				case '>' -> html.append("&gt;");
				case '&' -> html.append("&amp;");
				case '"' -> html.append("&quot;");
				case '\'' -> html.append("&#39;");
				default -> html.append(letter);
			}
		}
		return html.append(open ? "</mark>" : "").toString();
	}

}
