package se.lokalabehov.search;

import java.util.ArrayList;
import java.util.List;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.IntsRefBuilder;

import se.lokalabehov.search.Swedish.Read;
import se.lokalabehov.search.Swedish.Span;

/**
 * A read text as Lucene indexes it: a place for every word that says something, and in
 * that place everything that the word can be found by and the concepts that begin there.
 */
final class FeatureStream extends TokenStream {

	/** Between two texts of one item, so that no phrase goes across. */
	private static final int GAP = 100;

	private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

	private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);

	private final List<String> features = new ArrayList<>();

	/** Of each feature, how far it is from the one before. */
	private final IntsRefBuilder steps = new IntsRefBuilder();

	private int next;

	FeatureStream(List<Read> texts) {
		int pending = 1;
		for (Read text : texts) {
			int span = 0;
			for (int at = 0; at < text.tokens().size(); at++) {
				Word word = text.tokens().get(at).word();
				if (!word.stop()) {
					for (String feature : word.features()) {
						this.features.add(feature);
						this.steps.append(pending);
						pending = 0;
					}
				}
				while (span < text.spans().size() && text.spans().get(span).from() <= at) {
					Span concept = text.spans().get(span++);
					this.features.add(Word.asConcept(concept.concept()));
					this.steps.append(pending);
					pending = 0;
				}
				pending++;
			}
			pending += GAP;
		}
	}

	@Override
	public boolean incrementToken() {
		if (this.next == this.features.size()) {
			return false;
		}
		clearAttributes();
		this.term.append(this.features.get(this.next));
		this.step.setPositionIncrement(this.steps.intAt(this.next));
		this.next++;
		return true;
	}

	@Override
	public void reset() {
		this.next = 0;
	}

}
