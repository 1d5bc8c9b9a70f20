package se.lokalabehov.reportcatalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Term;
import se.lokalabehov.reportcatalogue.PdfReader.Reading;
import se.lokalabehov.reportcatalogue.PdfText.Said;

/**
 * What a record could say, as far as its PDF file tells: its metadata, else its first
 * pages. A guess, which a person looks at before anything is published; empty where there
 * is nothing to go by.
 *
 * @param title in one line
 * @param authors as written
 * @param year of publication, empty when none is found
 * @param description its abstract
 * @param language {@code sv} or {@code en}
 * @param identifiers DOI and ISBN
 * @param areas codes of the areas that it names
 * @param targetGroups codes of the target groups that it names
 */
record Proposal(String title, List<String> authors, String year, String description, String language,
		List<String> identifiers, List<String> areas, List<String> targetGroups) {

	/** Names that programs give, not people. */
	private static final Pattern NO_TITLE = Pattern
		.compile("(?i)microsoft word.*|untitled.*|namnl.st.*|slide \\d+|powerpoint.*|.*\\.(docx?|pdf|indd|pptx?|odt)");

	private static final Pattern NO_AUTHOR = Pattern
		.compile("(?i)(admin|user|owner|anv.ndare|administrator|unknown|ok.nd|microsoft.*|\\w+\\d+)");

	private static final Pattern BETWEEN_NAMES = Pattern.compile("\\s*(?:[;\\n]|\\s+(?:och|and|&)\\s+)\\s*");

	private static final Pattern BY = Pattern
		.compile("(?im)^\\s*(?:författare|författad av|av|authors?|by)\\s*:?\\s+(.{5,200})$");

	private static final Pattern YEAR = Pattern.compile("\\b(19[89]\\d|20[0-4]\\d)\\b");

	private static final Pattern IDENTIFIER = Pattern
		.compile("(?i)\\b10\\.\\d{4,9}/[^\\s\"<>]*[^\\s\"<>.,;)]|\\bISBN(?:-1[03])?:?\\s*[\\d][\\d -]{8,16}[\\dX]");

	private static final Pattern ABSTRACT = Pattern
		.compile("(?im)^\\s*(?:sammanfattning|abstract|summary|inledning|introduction)\\s*:?\\s*$");

	private static final Pattern NEXT_HEADING = Pattern.compile(
			"(?m)\\n\\s*\\n|\\f|^\\s*(?:\\d+\\.?\\s+\\p{Lu}|Innehåll|Förord|Bakgrund|Inledning|Nyckelord|Keywords|Contents).*$");

	private static final Pattern WORD = Pattern.compile("\\p{L}+");

	private static final Set<String> SWEDISH = Set.of("och", "att", "som", "är", "för", "med", "av", "inte", "till");

	private static final Set<String> ENGLISH = Set.of("and", "the", "of", "that", "is", "for", "with", "not", "to");

	/** Contents of abstracts are shorter; longer ones are no abstracts. */
	private static final int LONGEST = 3000;

	private static final int FIRST_PAGES = 20_000;

	/** What a file that was read tells. */
	static Proposal of(Reading reading) {
		Said said = reading.said();
		String begin = reading.text().substring(0, Math.min(reading.text().length(), FIRST_PAGES));
		String cover = begin.substring(0, pageEnd(begin, 2));
		String title = title(said, cover);
		String description = Stream.of(summary(begin), said.subject())
			.filter((one) -> one.length() > 40)
			.findFirst()
			.orElse(said.subject());
		String words = (title + " " + description + " " + said.keywords()).toLowerCase(Locale.ROOT);
		return new Proposal(title, authors(said, cover), year(said, cover), description, language(said, begin),
				IDENTIFIER.matcher(begin)
					.results()
					.map(MatchResult::group)
					.map(Proposal::oneLine)
					.distinct()
					.limit(5)
					.toList(),
				named("area", words), named("target-group", words));
	}

	private static int pageEnd(String text, int pages) {
		int end = 0;
		for (int i = 0; i < pages; i++) {
			int next = text.indexOf('\f', end);
			if (next < 0) {
				return text.length();
			}
			end = next + 1;
		}
		return end;
	}

	private static String title(Said said, String cover) {
		return Stream
			.of(said.title(), said.heading(),
					cover.lines().map(String::strip).filter((one) -> one.length() > 3).findFirst().orElse(""))
			.map(Proposal::oneLine)
			.filter((one) -> !one.isBlank() && !NO_TITLE.matcher(one).matches())
			.findFirst()
			.map((one) -> one.substring(0, Math.min(one.length(), 500)))
			.orElse("");
	}

	private static String oneLine(String text) {
		return text.replaceAll("\\s+", " ").strip();
	}

	private static List<String> authors(Said said, String cover) {
		List<String> names = names(said.authors());
		if (!names.isEmpty()) {
			return names;
		}
		Matcher by = BY.matcher(cover);
		return by.find() ? names(by.group(1)) : List.of();
	}

	/** A comma stands between names when whole names stand between commas. */
	private static List<String> names(String text) {
		String all = text.strip();
		if (Arrays.stream(all.split(",")).allMatch((one) -> one.strip().contains(" "))) {
			all = all.replace(',', ';');
		}
		return BETWEEN_NAMES.splitAsStream(all)
			.map(Proposal::oneLine)
			.filter((one) -> !one.isEmpty() && one.length() <= 200 && !NO_AUTHOR.matcher(one).matches())
			.distinct()
			.limit(20)
			.toList();
	}

	/** The latest on the cover; a report tells of earlier ones as well. */
	private static String year(Said said, String cover) {
		return YEAR.matcher(cover)
			.results()
			.map(MatchResult::group)
			.filter((one) -> said.created().isEmpty() || one.compareTo(said.created()) <= 0)
			.max(String::compareTo)
			.orElse(said.created());
	}

	private static String summary(String text) {
		Matcher heading = ABSTRACT.matcher(text);
		if (!heading.find()) {
			return "";
		}
		String rest = text.substring(heading.end()).stripLeading();
		Matcher next = NEXT_HEADING.matcher(rest);
		String found = rest.substring(0, next.find() ? next.start() : rest.length());
		String whole = found.replaceAll("(\\p{Ll})-\\n(\\p{Ll})", "$1$2").replaceAll("\\s+", " ").strip();
		return (whole.length() <= LONGEST) ? whole : whole.substring(0, LONGEST).replaceFirst("[^.]*$", "");
	}

	private static String language(Said said, String text) {
		String tag = said.language().toLowerCase(Locale.ROOT);
		long swedish = count(text, SWEDISH);
		long english = count(text, ENGLISH);
		if (swedish == english) {
			return tag.startsWith("en") ? "en" : "sv";
		}
		return (swedish > english) ? "sv" : "en";
	}

	private static long count(String text, Set<String> words) {
		return WORD.matcher(text)
			.results()
			.map((one) -> one.group().toLowerCase(Locale.ROOT))
			.filter(words::contains)
			.count();
	}

	private static List<String> named(String scheme, String words) {
		Set<String> codes = new TreeSet<>();
		Directory.standard()
			.terms(scheme)
			.stream()
			.filter((term) -> isNamed(term, words))
			.map(Term::code)
			.forEach(codes::add);
		return List.copyOf(codes);
	}

	/**
	 * By its label without ages and brackets, or by a word of it that nothing else has.
	 */
	private static boolean isNamed(Term term, String words) {
		String label = term.label().toLowerCase(Locale.ROOT).replaceAll("\\d.*|\\(.*", "").strip();
		return Optional.of(label).filter((one) -> one.length() > 4 && words.contains(one)).isPresent();
	}

}
