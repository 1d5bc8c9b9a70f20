package se.lokalabehov.ranking;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The command line: verifies a package, or ranks any election in PrefLib's format. Exit
 * codes: 0 equal or done, 1 not equal, 2 wrong usage or unreadable.
 */
public final class RankingCommand {

	private static final String USAGE = """
			verify PACKAGE.zip [--sha256 HASH]
			    recomputes everything in the package and says whether it is equal, or where not;
			    with HASH (as it was published elsewhere) also whether it is that round's
			rank --method schulze|borda|ranked-pairs|kemeny|rank-sum --unranked last|no-opinion [--balanced no]
			     [--seconds N] FILE
			    ranks an election in PrefLib's format (soc, soi, toc, toi) and prints JSON;
			    N limits kemeny's search, default 60
			exit code: 0 equal or done, 1 not equal, 2 wrong usage or unreadable
			""";

	private final PrintStream out;

	private final PrintStream err;

	RankingCommand(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	/** Runs, and ends the process with the exit code. */
	public static void main(String[] arguments) {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
		System.exit(new RankingCommand(out, err).run(List.of(arguments)));
	}

	/** What was asked wrongly. */
	private static final class Misused extends Exception {

		private static final long serialVersionUID = 1L;

		Misused(String why) {
			super(why);
		}

	}

	/** Runs and gives the exit code. */
	int run(List<String> arguments) {
		try {
			String command = arguments.isEmpty() ? "" : arguments.getFirst();
			return switch (command) {
				case "verify" -> verify(arguments.subList(1, arguments.size()));
				case "rank" -> rank(arguments.subList(1, arguments.size()));
				default -> throw new Misused(command.isEmpty() ? "nothing to do" : "unknown command " + command);
			};
		}
		catch (Misused ex) {
			this.err.println(ex.getMessage());
			this.err.print(USAGE);
			return 2;
		}
		catch (NoSuchFileException ex) {
			this.err.println("no such file: " + ex.getMessage());
			return 2;
		}
		catch (IOException | IllegalArgumentException | ArithmeticException ex) {
			this.err.println("unreadable: " + ex.getMessage());
			return 2;
		}
		catch (OutOfMemoryError ex) {
			this.err.println("too large for the memory there is: give java more by -Xmx");
			return 2;
		}
	}

	private int verify(List<String> arguments) throws Misused, IOException {
		Map<String, String> options = options(arguments, Set.of("--sha256"));
		@Nullable String published = options.get("--sha256");
		Verifier.Verification verification;
		try (InputStream zip = new BufferedInputStream(Files.newInputStream(Path.of(file(options))))) {
			verification = Verifier.verify(zip);
		}
		verification.differences().forEach(this.out::println);
		boolean itself = published == null || published.equalsIgnoreCase(verification.sha256());
		if (!itself) {
			this.out.println("sha256: published " + published + ", the package has " + verification.sha256());
		}
		boolean equal = verification.equal() && itself;
		this.out.println((equal ? "equal" : "NOT EQUAL") + ", sha256 " + verification.sha256());
		return equal ? 0 : 1;
	}

	private int rank(List<String> arguments) throws Misused, IOException {
		Map<String, String> options = options(arguments, Set.of("--method", "--unranked", "--balanced", "--seconds"));
		Method method = Method.named(option(options, "--method"))
			.orElseThrow(() -> new Misused("unknown method " + options.get("--method")));
		Unranked unranked = Unranked.named(option(options, "--unranked"))
			.orElseThrow(() -> new Misused("--unranked is last or no-opinion"));
		if (!options.getOrDefault("--balanced", "no").equals("no")) {
			throw new Misused("PrefLib's format tells no groups, so nothing can be balanced");
		}
		Limit limit = limit(options.getOrDefault("--seconds", "60"));
		PrefLib election;
		try (InputStream bytes = Files.newInputStream(Path.of(file(options)));
				InputStreamReader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
			election = PrefLib.read(text);
		}
		Pairwise votes = Pairwise.of(election.profile(unranked), false);
		this.out.println(Json.write(tree(election, unranked, votes, method.rank(votes, limit))));
		return 0;
	}

	private static Map<String, @Nullable Object> tree(PrefLib election, Unranked unranked, Pairwise votes,
			Ranking ranking) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		tree.put("title", election.title());
		tree.put("method", ranking.method().label());
		tree.put("unranked", unranked.label());
		tree.put("voters", votes.total());
		tree.put("alternatives", IntStream.range(0, votes.items()).mapToObj((i) -> item(election, i)).toList());
		tree.put("order",
				ranking.order()
					.stream()
					.map((tied) -> tied.stream().sorted().map((item) -> item(election, item)).toList())
					.toList());
		Map<String, String> scores = new LinkedHashMap<>();
		for (int i = 0; i < ranking.scores().size(); i++) {
			scores.put("" + (i + 1), ranking.scores().get(i));
		}
		tree.put("scores", scores.isEmpty() ? null : scores);
		Ranking.Proof proof = ranking.proof();
		tree.put("exact", proof == null || proof.exact());
		tree.put("proof", (proof != null) ? Results.proof(proof) : null);
		tree.put("pairwise", new Results(List.of()).pairwise(votes).get("before"));
		return tree;
	}

	private static Map<String, String> item(PrefLib election, int item) {
		return Map.of("id", "" + (item + 1), "name", election.names().get(item));
	}

	private static Limit limit(String seconds) throws Misused {
		if (!seconds.matches("[0-9]{1,6}([.][0-9]{1,3})?")) {
			throw new Misused("--seconds is a number");
		}
		return Limit.seconds(Double.parseDouble(seconds));
	}

	private static Map<String, String> options(List<String> arguments, Set<String> known) throws Misused {
		Map<String, String> options = new HashMap<>();
		for (int i = 0; i < arguments.size(); i++) {
			String word = arguments.get(i);
			boolean option = word.startsWith("--");
			if (option && (!known.contains(word) || i + 1 == arguments.size())) {
				throw new Misused(known.contains(word) ? word + " needs a value" : "unknown option " + word);
			}
			String value = option ? arguments.get(++i) : word;
			if (options.put(option ? word : "FILE", value) != null) {
				throw new Misused(option ? word + " stands twice" : "one file at a time");
			}
		}
		return options;
	}

	private static String option(Map<String, String> options, String name) throws Misused {
		if (!options.containsKey(name)) {
			throw new Misused(name + " is missing");
		}
		return Objects.requireNonNull(options.get(name));
	}

	private static String file(Map<String, String> options) throws Misused {
		return option(options, "FILE");
	}

}
