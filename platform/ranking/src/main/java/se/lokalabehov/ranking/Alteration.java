package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A small set of ballots whose change makes another top k: how near it was. A changed
 * ballot stays in its group of the panel and may say anything.
 *
 * <p>
 * Found by letting ballots put one item that is outside first and one that is inside
 * last, for pairs near the border, those that gain most first; then what can be spared is
 * left as it was. For up to five items all changes of one ballot, two, ... are tried,
 * 100,000 recounts at most.
 *
 * <p>
 * The bound is proven. At least one ballot must change. For Borda and the sum of ranks
 * one item outside must catch up with one inside, and one ballot moves their difference
 * by what it gives now up to n-1 points. For Schulze, ranked pairs and Kemeny: if every
 * item inside has a majority against every one outside, one of those majorities must
 * fall. And what was tried without success when all changes are tried.
 *
 * @param changes the ballots concerned
 * @param ballots how many there are
 * @param bound fewer than this never suffice
 * @param before the top k as it is, ascending
 * @param after the top k that it becomes, ascending
 */
public record Alteration(List<Change> changes, int ballots, int bound, List<Integer> before, List<Integer> after) {

	private static final int MOST_ITEMS_TO_TRY_ALL = 5;

	private static final long MOST_RECOUNTS = 100_000;

	/** How many items on each side of the border are tried. */
	private static final int NEAR = 4;

	/**
	 * Equal ballots that change alike.
	 *
	 * @param group which part of the panel, or none
	 * @param count how many
	 * @param from the order they have
	 * @param to the order they get
	 */
	public record Change(@Nullable String group, int count, List<List<Integer>> from, List<List<Integer>> to) {

		public Change {
			from = from.stream().map(List::copyOf).toList();
			to = to.stream().map(List::copyOf).toList();
		}

		/** Says nothing of ballots. */
		@Override
		public String toString() {
			return "Change[secret]";
		}

	}

	public Alteration {
		changes = List.copyOf(changes);
		before = List.copyOf(before);
		after = List.copyOf(after);
	}

	/** Whether no smaller set exists: proven. */
	public boolean minimum() {
		return this.ballots == this.bound;
	}

	/**
	 * Searches.
	 * @param ranking of the profile, with {@link Limit#STANDARD}
	 * @return none when there is no ballot or no other top k
	 */
	public static Optional<Alteration> of(Profile profile, Parameters parameters, Ranking ranking) {
		if (profile.ballots().isEmpty() || parameters.topK() >= profile.items().size()) {
			return Optional.empty();
		}
		return new Search(profile, parameters, ranking, Limit.SMALL).run()
			.or(() -> new Search(profile, parameters, ranking, Limit.STANDARD).run());
	}

	/**
	 * Counts with the changed ballots.
	 * @return whether the top k becomes what this says
	 */
	public boolean confirmed(Profile profile, Parameters parameters) {
		Profile changed = profile.with(
				this.changes.stream().map((one) -> new Ballot(one.from(), one.count(), one.group())).toList(),
				this.changes.stream().map((one) -> new Ballot(one.to(), one.count(), one.group())).toList());
		return parameters.method().rank(changed, parameters.balanced()).top(parameters.topK()).equals(this.after);
	}

	/** One voter's ballot changed. */
	private record Step(int ballot, List<List<Integer>> to) {
	}

	private static final class Search {

		private final Profile profile;

		private final Parameters parameters;

		private final Ranking ranking;

		private final Limit limit;

		private final Pairwise votes;

		private final Pairwise.Weights weights;

		private final List<Integer> top;

		private final int n;

		/** Per ballot and item: how many below it less how many above it. */
		private final int[][] balance;

		private List<Step> best = List.of();

		Search(Profile profile, Parameters parameters, Ranking ranking, Limit limit) {
			this.profile = profile;
			this.parameters = parameters;
			this.ranking = ranking;
			this.limit = limit;
			this.votes = Pairwise.of(profile, parameters.balanced());
			this.weights = Pairwise.Weights.of(profile, parameters.balanced());
			this.top = ranking.top(parameters.topK());
			this.n = profile.items().size();
			this.balance = new int[profile.ballots().size()][this.n];
			for (int b = 0; b < this.balance.length; b++) {
				int[] listed = profile.listed(b);
				int above = 0;
				for (int end : profile.ends(b)) {
					for (int i = above; i < end; i++) {
						this.balance[b][listed[i]] = listed.length - end - above;
					}
					above = end;
				}
			}
		}

		Optional<Alteration> run() {
			for (int inside : inside()) {
				for (int outside : outside()) {
					if (inside != outside) {
						tryPair(inside, outside);
					}
				}
			}
			spare();
			int bound = Math.max(1, bound());
			if (this.n <= MOST_ITEMS_TO_TRY_ALL) {
				bound = tryAll(bound);
			}
			if (this.best.isEmpty()) {
				return Optional.empty();
			}
			List<Integer> after = this.parameters.method()
				.rank(changed(this.best), Limit.STANDARD)
				.top(this.parameters.topK());
			return after.equals(this.top) ? Optional.empty()
					: Optional.of(new Alteration(changes(), this.best.size(), bound, this.top, after));
		}

		private List<Integer> flat() {
			return this.ranking.order().stream().flatMap(List::stream).toList();
		}

		/** The last ones of the top. */
		private List<Integer> inside() {
			List<Integer> order = flat().subList(0, this.top.size());
			return order.subList(Math.max(0, order.size() - NEAR), order.size());
		}

		/** The first ones below, and those tied about the border. */
		private List<Integer> outside() {
			List<Integer> order = flat();
			int from = (this.top.size() > this.parameters.topK()) ? this.parameters.topK() : this.top.size();
			return order.subList(from, Math.min(from + NEAR, order.size()));
		}

		private void tryPair(int inside, int outside) {
			record Gain(int ballot, long gain) {
			}
			int most = this.best.isEmpty() ? Integer.MAX_VALUE : this.best.size() - 1;
			List<Step> steps = IntStream.range(0, this.balance.length)
				.mapToObj((b) -> new Gain(b, gain(b, inside, outside)))
				.sorted(Comparator.comparingLong(Gain::gain).reversed().thenComparing(Gain::ballot))
				.flatMap((one) -> IntStream.range(0, this.profile.ballots().get(one.ballot()).count())
					.mapToObj((voter) -> new Step(one.ballot(),
							swapped(this.profile.ballots().get(one.ballot()).order(), inside, outside))))
				.limit(most)
				.toList();
			if (steps.isEmpty() || !altered(steps)) {
				return;
			}
			int fewer = 0;
			int enough = steps.size();
			while (enough - fewer > 1) {
				int middle = (fewer + enough) >>> 1;
				if (altered(steps.subList(0, middle))) {
					enough = middle;
				}
				else {
					fewer = middle;
				}
			}
			this.best = steps.subList(0, enough);
		}

		/** What it gives, in weight, to let a ballot put the outer first, inner last. */
		private long gain(int ballot, int inside, int outside) {
			long points = 2L * (this.n - 1) - (this.balance[ballot][outside] - this.balance[ballot][inside]);
			long gain = positional() ? points : points + 4L * this.n * won(ballot, inside, outside);
			return this.weights.each()[ballot] * gain;
		}

		/** 2, 1 or 0: the inner is before, neither, the outer is before. */
		private long won(int ballot, int inside, int outside) {
			List<List<Integer>> order = this.profile.ballots().get(ballot).order();
			int in = place(order, inside);
			int out = place(order, outside);
			return (in < 0 || out < 0 || in == out) ? 1 : (in < out) ? 2 : 0;
		}

		private static int place(List<List<Integer>> order, int item) {
			for (int g = 0; g < order.size(); g++) {
				if (order.get(g).contains(item)) {
					return g;
				}
			}
			return -1;
		}

		private static List<List<Integer>> swapped(List<List<Integer>> order, int inside, int outside) {
			List<List<Integer>> swapped = new ArrayList<>();
			swapped.add(List.of(outside));
			for (List<Integer> tied : order) {
				List<Integer> others = tied.stream().filter((item) -> item != inside && item != outside).toList();
				if (!others.isEmpty()) {
					swapped.add(others);
				}
			}
			swapped.add(List.of(inside));
			return swapped;
		}

		private boolean positional() {
			return this.parameters.method() == Method.BORDA || this.parameters.method() == Method.RANK_SUM;
		}

		private boolean altered(List<Step> steps) {
			return altered(changed(steps));
		}

		private boolean altered(Pairwise changed) {
			return !this.parameters.method().rank(changed, this.limit).top(this.parameters.topK()).equals(this.top);
		}

		private Pairwise changed(List<Step> steps) {
			Pairwise changed = this.votes;
			Map<Step, Long> equal = steps.stream()
				.collect(Collectors.groupingBy((one) -> one, LinkedHashMap::new, Collectors.counting()));
			for (Map.Entry<Step, Long> one : equal.entrySet()) {
				int ballot = one.getKey().ballot();
				changed = changed.with(this.profile.ballots().get(ballot).order(), one.getKey().to(),
						one.getValue() * this.weights.each()[ballot]);
			}
			return changed;
		}

		private void spare() {
			for (int i = this.best.size() - 1; i >= 0; i--) {
				List<Step> fewer = new ArrayList<>(this.best);
				fewer.remove(i);
				if (altered(fewer)) {
					this.best = fewer;
				}
			}
		}

		private int bound() {
			if (this.top.size() > this.parameters.topK()) {
				return 1;
			}
			int bound = Integer.MAX_VALUE;
			for (int inside : this.top) {
				for (int outside = 0; outside < this.n; outside++) {
					if (!this.top.contains(outside)) {
						bound = Math.min(bound, positional() ? toCatchUp(inside, outside) : toFall(inside, outside));
					}
				}
			}
			return bound;
		}

		private int toCatchUp(int inside, int outside) {
			long[] gains = new long[this.balance.length];
			for (int b = 0; b < gains.length; b++) {
				gains[b] = this.weights.each()[b]
						* (2L * (this.n - 1) - (this.balance[b][outside] - this.balance[b][inside]));
			}
			return needed(gains, this.votes.margins(inside) - this.votes.margins(outside));
		}

		private int toFall(int inside, int outside) {
			long margin = this.votes.margin(inside, outside);
			if (margin <= 0) {
				return 1;
			}
			long[] gains = new long[this.balance.length];
			for (int b = 0; b < gains.length; b++) {
				gains[b] = this.weights.each()[b] * won(b, inside, outside);
			}
			return needed(gains, margin);
		}

		/** How many voters, those with the largest gains first, until it is enough. */
		private int needed(long[] gains, long enough) {
			List<Integer> order = IntStream.range(0, gains.length)
				.boxed()
				.sorted(Comparator.comparingLong((Integer b) -> -gains[b]))
				.toList();
			long sum = 0;
			int voters = 0;
			for (int b : order) {
				for (int voter = 0; voter < this.profile.ballots().get(b).count() && sum < enough; voter++) {
					sum += gains[b];
					voters++;
				}
			}
			return (sum < enough) ? Integer.MAX_VALUE : voters;
		}

		/**
		 * Tries all changes of one ballot, two, ... until one is found, or it is too
		 * much.
		 */
		private int tryAll(int bound) {
			List<List<List<Integer>>> forms = forms(this.n);
			double choices = (double) forms.size() * this.balance.length;
			double recounts = 1;
			for (int size = 1; this.best.isEmpty() || size < this.best.size(); size++) {
				recounts *= choices / size;
				if (recounts > MOST_RECOUNTS) {
					return Math.max(bound, size);
				}
				if (size >= bound && tryAll(forms, new ArrayList<>(), this.votes, 0, size)) {
					return size;
				}
			}
			return Math.max(bound, this.best.size());
		}

		private boolean tryAll(List<List<List<Integer>>> forms, List<Step> steps, Pairwise changed, int from,
				int left) {
			if (left == 0) {
				if (altered(changed)) {
					this.best = List.copyOf(steps);
					return true;
				}
				return false;
			}
			for (int choice = from; choice < forms.size() * this.balance.length; choice++) {
				int ballot = choice / forms.size();
				Ballot one = this.profile.ballots().get(ballot);
				if (steps.stream().filter((step) -> step.ballot() == ballot).count() < one.count()) {
					steps.add(new Step(ballot, forms.get(choice % forms.size())));
					if (tryAll(forms, steps,
							changed.with(one.order(), steps.getLast().to(), this.weights.each()[ballot]), choice,
							left - 1)) {
						return true;
					}
					steps.removeLast();
				}
			}
			return false;
		}

		private List<Change> changes() {
			Map<Step, Long> equal = this.best.stream()
				.collect(Collectors.groupingBy((one) -> one, LinkedHashMap::new, Collectors.counting()));
			List<Change> changes = new ArrayList<>();
			equal.forEach((step, count) -> {
				Ballot ballot = this.profile.ballots().get(step.ballot());
				changes.add(new Change(ballot.group(), Math.toIntExact(count), ballot.order(), step.to()));
			});
			return changes;
		}

	}

	/** All that a ballot can say of n items: any of them, in any order, with any ties. */
	static List<List<List<Integer>>> forms(int n) {
		List<List<List<Integer>>> forms = List.of(List.of());
		for (int item = 0; item < n; item++) {
			List<List<List<Integer>>> longer = new ArrayList<>(forms);
			for (List<List<Integer>> form : forms) {
				for (int g = 0; g <= form.size(); g++) {
					List<List<Integer>> between = new ArrayList<>(form);
					between.add(g, List.of(item));
					longer.add(between);
					if (g < form.size()) {
						List<List<Integer>> tied = new ArrayList<>(form);
						List<Integer> group = new ArrayList<>(form.get(g));
						group.add(item);
						tied.set(g, group);
						longer.add(tied);
					}
				}
			}
			forms = longer;
		}
		return forms;
	}

}
