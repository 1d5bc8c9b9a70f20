package se.lokalabehov.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.search.Spelling.Near;
import se.lokalabehov.search.Swedish.Read;
import se.lokalabehov.search.Swedish.Span;
import se.lokalabehov.search.Swedish.Token;
import se.lokalabehov.search.Word.Part;

/**
 * A text that is asked with, word by word: how much each says (its information content,
 * by how many items have it), and what in an item would answer it, from the very word
 * down to a part of a compound, a synonym or a word that is spelt almost alike.
 */
final class Asked {

	private static final double SAME_ROOT = 0.95;

	private static final double LOST_LETTERS = 0.9;

	private static final double SYNONYM = 0.8;

	private static final double SYNONYM_OF_PART = 0.65;

	private static final double RELATED = 0.3;

	/** For words that mean about the same in general, not in the field. */
	private static final double THESAURUS = 0.5;

	private static final double PART_OF_WORD = 0.8;

	private static final double WORD_AS_PART = 0.9;

	private static final double MISSPELT = 0.9;

	private static final double GRAMS = 0.8;

	private static final double LEAST_GRAMS = 0.5;

	/** How many items the beliefs about a word before counting are worth. */
	private static final double PRIOR_ITEMS = 200;

	private static final double COMMON_SHARE = 0.1;

	private static final double ORDINARY_SHARE = 0.003;

	/** A word that stands in fewer than one item of so many says all that a word can. */
	private static final double RAREST = 1000;

	private static final double LEAST_WEIGHT = 0.05;

	private static final int MOST_CORRECTED = 6;

	/** Words of a text that is so short that it may say everything with other words. */
	private static final int BRIEF = 30;

	private static final int MOST_CLAUSES = 40;

	private static final int MOST_GRAM_CLAUSES = 24;

	/**
	 * A word that is asked for.
	 *
	 * @param token where it stands
	 * @param weight how much it says, up to 1
	 * @param slot where the best answer to the whole word is kept
	 * @param parts where the best answers to its parts are kept
	 * @param resolved whether any item, or the field, knows the word
	 * @param corrected what it was taken for when it is not known
	 */
	record Unit(Token token, double weight, int slot, List<PartSlot> parts, boolean resolved, List<Near> corrected) {
	}

	/**
	 * A part that is asked for.
	 *
	 * @param share of what the whole word says
	 * @param slot where its best answer is kept
	 */
	record PartSlot(double share, int slot) {
	}

	private record Answer(int slot, float likeness) {
	}

	private final Read read;

	private final List<Unit> units = new ArrayList<>();

	private final Map<String, List<Answer>> answers = new LinkedHashMap<>();

	private int slots;

	private final double mass;

	private final int[] keys;

	private final Answer[][] values;

	private final IndexReader reader;

	private @Nullable Grams grams;

	private final Map<String, Integer> counted = new HashMap<>();

	private final boolean loosely;

	private Asked(Read read, IndexReader reader, Swedish swedish, Spelling spelling, int most, boolean loosely)
			throws IOException {
		this.read = read;
		this.reader = reader;
		this.loosely = loosely && read.tokens().size() <= BRIEF;
		Map<String, Unit> distinct = new LinkedHashMap<>();
		Map<Integer, List<Unit>> at = new HashMap<>();
		int corrections = 0;
		for (int place = 0; place < read.tokens().size() && distinct.size() < most; place++) {
			Token token = read.tokens().get(place);
			if (token.word().stop()) {
				continue;
			}
			Unit unit = distinct.get(token.word().root());
			if (unit == null) {
				unit = unit(token, swedish, spelling, corrections < MOST_CORRECTED);
				corrections += unit.resolved() ? 0 : 1;
				distinct.put(token.word().root(), unit);
				this.units.add(unit);
			}
			at.computeIfAbsent(place, (key) -> new ArrayList<>()).add(unit);
		}
		joined(read, at, swedish);
		Synonyms synonyms = Lexicon.STANDARD.synonyms();
		for (Span span : read.spans()) {
			double likeness = synonyms.isRelated(span.concept()) ? RELATED : SYNONYM;
			double partly = synonyms.isRelated(span.concept()) ? RELATED : SYNONYM_OF_PART;
			// A rare word for what is common says no more than the common word does.
			double said = weight(
					Math.max(count(Word.asConcept(span.concept())), count(Word.asPartConcept(span.concept()))), false);
			for (int place = span.from(); place <= span.to(); place++) {
				for (Unit unit : at.getOrDefault(place, List.of())) {
					double share = Math.min(1, Math.sqrt(said / unit.weight()));
					answer(Word.asConcept(span.concept()), unit.slot(), likeness * share);
					answer(Word.asPartConcept(span.concept()), unit.slot(), partly * share);
				}
			}
		}
		this.mass = this.units.stream().mapToDouble(Unit::weight).sum();
		TreeMap<Integer, List<Answer>> byHash = new TreeMap<>();
		this.answers.forEach(
				(feature, of) -> byHash.computeIfAbsent(Said.hash(feature), (hash) -> new ArrayList<>()).addAll(of));
		this.keys = byHash.keySet().stream().mapToInt(Integer::intValue).toArray();
		this.values = byHash.values().stream().map((of) -> of.toArray(new Answer[0])).toArray(Answer[][]::new);
	}

	/**
	 * Works out a text.
	 * @param most the most words that are asked with
	 * @param loosely whether the general thesaurus counts; of a long text it never does,
	 * which says enough with its own words
	 */
	static Asked of(Read read, IndexReader reader, Swedish swedish, Spelling spelling, int most, boolean loosely)
			throws IOException {
		return new Asked(read, reader, swedish, spelling, most, loosely);
	}

	private Unit unit(Token token, Swedish swedish, Spelling spelling, boolean mayCorrect) throws IOException {
		Word word = token.word();
		int slot = this.slots++;
		likeWord(word, slot, 1);
		int count = count(word);
		boolean resolved = count > 0 || !Lexicon.STANDARD.synonyms().ofWord(word.root()).isEmpty();
		List<Near> corrected = List.of();
		if (!resolved && mayCorrect) {
			corrected = spelling.near(word, this.reader, Fields.TEXT);
		}
		Word taken = word;
		for (Near near : corrected) {
			Word known = swedish.word(near.form());
			double likeness = MISSPELT - 0.1 * (near.distance() - 1);
			likeWord(known, slot, likeness);
			answer(near.form(), slot, likeness);
			likeConcepts(Lexicon.STANDARD.synonyms().ofWord(known.root()), slot, likeness);
			if (taken == word) {
				taken = known;
			}
		}
		List<PartSlot> parts = parts(taken);
		double weight = (taken == word) ? weight(count, word.common()) : weight(count(taken), taken.common());
		if (count == 0 && !taken.parts().isEmpty()) {
			weight = Math.min(1, heaviestPart(taken) + 0.15);
		}
		if (!resolved && corrected.isEmpty() && Spelling.saysNothing(word)) {
			weight = LEAST_WEIGHT;
		}
		likeThesaurus(taken.root(), slot, weight, THESAURUS);
		return new Unit(token, weight, slot, parts, resolved, corrected);
	}

	private void likeWord(Word word, int slot, double likeness) {
		answer(word.stem(), slot, likeness);
		answer(word.root(), slot, likeness * SAME_ROOT);
		answer(Word.asRoot(word.root()), slot, likeness * SAME_ROOT);
		answer(Word.asPart(word.root()), slot, likeness * PART_OF_WORD);
		String skeleton = word.skeleton();
		if (skeleton != null) {
			answer(Word.asSkeleton(skeleton), slot, likeness * LOST_LETTERS);
			answer(skeleton, slot, likeness * LOST_LETTERS);
		}
		else if (word.stem().length() >= 3) {
			answer(Word.asSkeleton(word.stem()), slot, likeness * LOST_LETTERS);
		}
	}

	/** Two words side by side may be a compound that was written apart: social bidrag. */
	private void joined(Read read, Map<Integer, List<Unit>> at, Swedish swedish) throws IOException {
		for (int place = 0; place + 1 < read.tokens().size(); place++) {
			List<Unit> first = at.getOrDefault(place, List.of());
			List<Unit> second = at.getOrDefault(place + 1, List.of());
			if (first.isEmpty() || second.isEmpty()) {
				continue;
			}
			Word one = read.tokens().get(place).word();
			Word two = read.tokens().get(place + 1).word();
			if (one.form().length() < 3 || two.form().length() < 3
					|| one.form().length() + two.form().length() > Swedish.LONGEST_WORD) {
				continue;
			}
			Word whole = swedish.word(one.form() + two.form());
			List<Integer> concepts = Lexicon.STANDARD.synonyms().ofWord(whole.root());
			if (concepts.isEmpty() && count(whole) == 0) {
				continue;
			}
			double said = weight(count(whole), false);
			for (Unit unit : List.of(first.getFirst(), second.getFirst())) {
				double likeness = WORD_AS_PART * Math.min(1, Math.sqrt(said / unit.weight()));
				likeWord(whole, unit.slot(), likeness);
				likeConcepts(concepts, unit.slot(), likeness);
			}
		}
	}

	private void likeConcepts(List<Integer> concepts, int slot, double likeness) {
		for (int concept : concepts) {
			boolean related = Lexicon.STANDARD.synonyms().isRelated(concept);
			answer(Word.asConcept(concept), slot, likeness * (related ? RELATED : SYNONYM));
			answer(Word.asPartConcept(concept), slot, likeness * (related ? RELATED : SYNONYM_OF_PART));
		}
	}

	/**
	 * What is said with a rare word for a common one says no more than the common does.
	 */
	private void likeThesaurus(String root, int slot, double weight, double likeness) throws IOException {
		for (String other : this.loosely ? Lexicon.STANDARD.like(root) : Set.<String>of()) {
			int count = Math.max(count(other), Math.max(count(Word.asRoot(other)), count(Word.asPart(other))));
			if (count > 0) {
				double share = Math.min(1, Math.sqrt(weight(count, Lexicon.STANDARD.isCommon(other)) / weight));
				answer(other, slot, likeness * share);
				answer(Word.asRoot(other), slot, likeness * share);
				answer(Word.asPart(other), slot, likeness * share * PART_OF_WORD);
			}
		}
	}

	/** A compound is answered by its parts too, each for its share. */
	private List<PartSlot> parts(Word word) throws IOException {
		List<Part> whole = word.parts().stream().filter(Part::whole).toList();
		List<Double> weights = new ArrayList<>();
		double sum = 0;
		for (Part part : whole) {
			double weight = weight(countOfPart(part), part.common());
			weights.add(weight);
			sum += weight;
		}
		List<PartSlot> parts = new ArrayList<>();
		for (int at = 0; at < whole.size(); at++) {
			Part part = whole.get(at);
			int slot = this.slots++;
			answer(part.root(), slot, WORD_AS_PART);
			answer(Word.asRoot(part.root()), slot, WORD_AS_PART);
			answer(Word.asPart(part.root()), slot, WORD_AS_PART);
			likeConcepts(part.concepts(), slot, WORD_AS_PART);
			likeThesaurus(part.root(), slot, weights.get(at), THESAURUS * WORD_AS_PART);
			parts.add(new PartSlot(weights.get(at) / sum, slot));
		}
		// familjehemsvård is answered by familjehem for the shares of familj and hem
		for (Part several : word.parts()) {
			if (!several.whole()) {
				for (PartSlot part : parts) {
					int index = parts.indexOf(part);
					if (several.root().contains(whole.get(index).root())) {
						answer(several.root(), part.slot(), WORD_AS_PART);
						answer(Word.asPart(several.root()), part.slot(), WORD_AS_PART);
						likeConcepts(several.concepts(), part.slot(), WORD_AS_PART);
					}
				}
			}
		}
		return parts;
	}

	private double heaviestPart(Word word) throws IOException {
		double heaviest = 0;
		for (Part part : word.parts()) {
			if (part.whole()) {
				heaviest = Math.max(heaviest, weight(countOfPart(part), part.common()));
			}
		}
		return heaviest;
	}

	private void answer(String feature, int slot, double likeness) {
		List<Answer> of = this.answers.computeIfAbsent(feature, (key) -> new ArrayList<>(2));
		for (int at = 0; at < of.size(); at++) {
			if (of.get(at).slot() == slot) {
				if (of.get(at).likeness() < likeness) {
					of.set(at, new Answer(slot, (float) likeness));
				}
				return;
			}
		}
		of.add(new Answer(slot, (float) likeness));
	}

	private int count(Word word) throws IOException {
		return Math.max(count(word.stem()), Math.max(count(word.root()), count(Word.asRoot(word.root()))));
	}

	private int countOfPart(Part part) throws IOException {
		return Math.max(count(part.root()), Math.max(count(Word.asRoot(part.root())), count(Word.asPart(part.root()))));
	}

	private int count(String feature) throws IOException {
		Integer known = this.counted.get(feature);
		if (known == null) {
			known = this.reader.docFreq(new Term(Fields.TEXT, feature));
			this.counted.put(feature, known);
		}
		return known;
	}

	/** How much a word says, by the share of items that have it; 0.05 to 1. */
	private double weight(int count, boolean common) {
		double share = (count + PRIOR_ITEMS * (common ? COMMON_SHARE : ORDINARY_SHARE))
				/ (this.reader.numDocs() + PRIOR_ITEMS);
		return Math.clamp(-Math.log(share) / Math.log(RAREST), LEAST_WEIGHT, 1);
	}

	List<Unit> units() {
		return this.units;
	}

	Read read() {
		return this.read;
	}

	/** How much the text says in all. */
	double mass() {
		return this.mass;
	}

	/**
	 * A bounded query for items that may be alike: the features that say most, at most
	 * forty, and for words that nobody knows their rarest 4-grams, at most twenty-four.
	 * @return a query that matches nothing when the text says nothing
	 */
	Query candidates() throws IOException {
		double[] weights = new double[this.slots];
		for (Unit unit : this.units) {
			weights[unit.slot()] = unit.weight();
			unit.parts().forEach((part) -> weights[part.slot()] = unit.weight() * part.share());
		}
		List<Clause> clauses = new ArrayList<>();
		for (Map.Entry<String, List<Answer>> entry : this.answers.entrySet()) {
			int count = count(entry.getKey());
			if (count > 0) {
				double boost = 0;
				for (Answer answer : entry.getValue()) {
					boost = Math.max(boost, answer.likeness() * weights[answer.slot()]);
				}
				clauses.add(new Clause(entry.getKey(), boost * weight(count, false)));
			}
		}
		clauses.sort(Comparator.comparingDouble((Clause clause) -> -clause.boost()).thenComparing(Clause::feature));
		BooleanQuery.Builder query = new BooleanQuery.Builder();
		for (Clause clause : clauses.subList(0, Math.min(MOST_CLAUSES, clauses.size()))) {
			query.add(boosted(new Term(Fields.TEXT, clause.feature()), clause.boost()), Occur.SHOULD);
		}
		int grams = 0;
		for (Unit unit : this.units) {
			if (!unit.resolved() && grams < MOST_GRAM_CLAUSES) {
				grams += addRarestGrams(unit, query, MOST_GRAM_CLAUSES - grams);
			}
		}
		return query.build();
	}

	private int addRarestGrams(Unit unit, BooleanQuery.Builder query, int most) throws IOException {
		List<Clause> grams = new ArrayList<>();
		for (char gram : unit.token().word().grams()) {
			grams.add(new Clause(String.valueOf(gram), grams().weight(gram)));
		}
		grams.sort(Comparator.comparingDouble((Clause clause) -> -clause.boost()).thenComparing(Clause::feature));
		int added = Math.min(Math.min(8, most), grams.size());
		for (Clause gram : grams.subList(0, added)) {
			query.add(boosted(new Term(Fields.GRAMS, gramTerm(gram.feature().charAt(0))),
					gram.boost() * unit.weight() / 4), Occur.SHOULD);
		}
		return added;
	}

	private static Query boosted(Term term, double boost) {
		return new BoostQuery(new ConstantScoreQuery(new TermQuery(term)), (float) boost);
	}

	static BytesRef gramTerm(char gram) {
		return new BytesRef(new byte[] { (byte) (gram >>> 8), (byte) gram });
	}

	private record Clause(String feature, double boost) {
	}

	/** What of the text's 4-grams says how much. */
	private Grams grams() throws IOException {
		Grams known = this.grams;
		if (known == null) {
			Set<Character> asked = new TreeSet<>();
			for (Unit unit : this.units) {
				for (char gram : unit.token().word().grams()) {
					asked.add(gram);
				}
			}
			int[] counts = new int[asked.size()];
			for (LeafReaderContext leaf : this.reader.leaves()) {
				Terms terms = leaf.reader().terms(Fields.GRAMS);
				TermsEnum there = (terms != null) ? terms.iterator() : TermsEnum.EMPTY;
				int at = 0;
				for (char gram : asked) {
					counts[at] += there.seekExact(gramTerm(gram)) ? there.docFreq() : 0;
					at++;
				}
			}
			Map<Character, Double> weights = new TreeMap<>();
			int at = 0;
			for (char gram : asked) {
				weights.put(gram, weight(counts[at++], false));
			}
			known = new Grams(weights);
			this.grams = known;
		}
		return known;
	}

	/**
	 * How alike an item is.
	 *
	 * @param covered share of what the text says that the item answers, 0 to 1
	 * @param title share of the title that the text says
	 * @param rest how much of what the text says the item answers besides the word that
	 * it answers best, in words that say all
	 * @param asked how much the text says in all
	 * @param grams share of the text's 4-grams that the item has, by what they say
	 * @param length 4-grams of the item: a long text has something of everything
	 */
	record Likeness(double covered, double title, double rest, double asked, double grams, int length) {

		/**
		 * How sure it is that the two are about the same: a logistic regression on the
		 * dev queries, with a choice among the candidates and none of them (softmax). It
		 * knows nothing of how many items there are.
		 */
		double score() {
			double sum = -4.66 + 9.69 * this.covered + 3.42 * this.title + 1.52 * Math.log(this.rest + 0.15)
					- 0.54 * Math.log(this.asked + 0.5) + 4.16 * this.grams - 1.77 * (Math.log(this.length + 20.0) - 5);
			return 1 / (1 + Math.exp(-sum));
		}

	}

	/** How alike an item is, by its packed doc value. */
	Likeness likeness(BytesRef said) throws IOException {
		float[] best = new float[this.slots];
		ByteBuffer buffer = ByteBuffer.wrap(said.bytes, said.offset, said.length);
		double titleMass = 0;
		double titleSaid = 0;
		for (int word = buffer.get(); word > 0; word--) {
			double weight = (buffer.get() == 1) ? 0.35 : 1;
			float said1 = 0;
			for (int feature = buffer.get(); feature > 0; feature--) {
				said1 = Math.max(said1, take(buffer.getInt(), best));
			}
			titleMass += weight;
			titleSaid += weight * said1;
		}
		for (int feature = buffer.getInt(); feature > 0; feature--) {
			take(buffer.getInt(), best);
		}
		Grams grams = grams();
		int length = buffer.remaining() / 2;
		double share = grams.share(buffer, buffer.position(), length);
		double covered = 0;
		double strongest = 0;
		for (Unit unit : this.units) {
			double answered = unit.weight() * likeness(unit, best, grams);
			covered += answered;
			strongest = Math.max(strongest, Math.min(answered, unit.weight() * one(unit, best)));
		}
		return new Likeness((this.mass > 0) ? covered / this.mass : 0, (titleMass > 0) ? titleSaid / titleMass : 0,
				covered - strongest, this.mass, share, length);
	}

	/** How much of a unit one word of the item answers: of a compound, one part. */
	private static double one(Unit unit, float[] best) {
		double most = best[unit.slot()];
		for (PartSlot part : unit.parts()) {
			most = Math.max(most, part.share() * best[part.slot()]);
		}
		return (most > 0) ? most : 1;
	}

	private static double likeness(Unit unit, float[] best, Grams grams) {
		double direct = best[unit.slot()];
		double parts = 0;
		for (PartSlot part : unit.parts()) {
			parts += part.share() * best[part.slot()];
		}
		double likeness = Math.max(direct, parts);
		char[] word = unit.token().word().grams();
		if (likeness < GRAMS && !unit.resolved() && word.length >= 3) {
			double share = grams.share(word);
			likeness = (share >= LEAST_GRAMS) ? Math.max(likeness, GRAMS * share) : likeness;
		}
		return likeness;
	}

	private float take(int hash, float[] best) {
		int at = Arrays.binarySearch(this.keys, hash);
		if (at < 0) {
			return 0;
		}
		float most = 0;
		for (Answer answer : this.values[at]) {
			best[answer.slot()] = Math.max(best[answer.slot()], answer.likeness());
			most = Math.max(most, answer.likeness());
		}
		return most;
	}

	/** How well a feature answers any word that is asked for, 0 to 1. */
	double answered(String feature) {
		double most = 0;
		for (Answer answer : this.answers.getOrDefault(feature, List.of())) {
			most = Math.max(most, answer.likeness());
		}
		return most;
	}

	/** How well a feature answers a unit, as a whole word or by its parts. */
	double answered(String feature, Unit unit) {
		double most = 0;
		for (Answer answer : this.answers.getOrDefault(feature, List.of())) {
			boolean ofPart = unit.parts().stream().anyMatch((part) -> part.slot() == answer.slot());
			if (answer.slot() == unit.slot() || ofPart) {
				most = Math.max(most, answer.likeness() * (ofPart ? 0.9 : 1));
			}
		}
		return most;
	}

	/** Everything that answers a unit, with how well; for a query of one's own. */
	Map<String, Double> answersTo(Unit unit) {
		return answersIn(unit.slot());
	}

	/** The parts of a unit, each with what answers it. */
	List<Map<String, Double>> answersToParts(Unit unit) {
		return unit.parts().stream().map((part) -> answersIn(part.slot())).toList();
	}

	private Map<String, Double> answersIn(int slot) {
		Map<String, Double> found = new LinkedHashMap<>();
		this.answers.forEach((feature, of) -> of.stream()
			.filter((answer) -> answer.slot() == slot)
			.forEach((answer) -> found.merge(feature, (double) answer.likeness(), Math::max)));
		return found;
	}

}
