package se.lokalabehov.reportcatalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.Redaction;
import se.lokalabehov.eventing.Envelope;

/**
 * Which records something names: a need in its words, an answer as what was delivered.
 * Whoever writes a record's address or identifier anywhere in an event cites it; what
 * kind of event that is does not matter, so none is told apart.
 *
 * @param records the records, in the order in which they were first named
 */
record Citing(List<String> records) {

	private static final Pattern RECORD = Pattern.compile("\\brecord-[0-9a-f]{24}\\b");

	static <E> Citing after(@Nullable Citing before, Envelope<E> told) {
		if (before == null || told.event() instanceof Redaction) {
			return new Citing(in(told.event()));
		}
		List<String> all = new ArrayList<>(before.records);
		in(told.event()).stream().filter((one) -> !all.contains(one)).forEach(all::add);
		return new Citing(List.copyOf(all));
	}

	/** An event is a record of plain values, and shows all of them. */
	private static List<String> in(Object event) {
		return RECORD.matcher(event.toString()).results().map(MatchResult::group).distinct().toList();
	}

}
