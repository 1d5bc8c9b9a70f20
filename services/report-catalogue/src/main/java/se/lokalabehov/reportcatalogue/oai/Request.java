package se.lokalabehov.reportcatalogue.oai;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.reportcatalogue.oai.OaiError.Code;
import se.lokalabehov.reportcatalogue.open.XmlOut;

/**
 * A request whose verb is known and whose arguments are those of the verb, each once.
 *
 * @param verb what is asked
 * @param arguments the rest, in the order in which they were given
 */
record Request(Verb verb, Map<String, String> arguments) {

	private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

	private static final Pattern SECOND = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");

	private static final Pattern SET = Pattern
		.compile("[A-Za-z0-9\\-_.!~*'()]{1,80}(:[A-Za-z0-9\\-_.!~*'()]{1,80}){0,8}");

	/** The six verbs. */
	enum Verb {

		Identify(Set.of(), Set.of()),

		ListMetadataFormats(Set.of(), Set.of("identifier")),

		ListSets(Set.of(), Set.of("resumptionToken")),

		ListIdentifiers(Set.of("metadataPrefix"), Set.of("from", "until", "set", "resumptionToken")),

		ListRecords(Set.of("metadataPrefix"), Set.of("from", "until", "set", "resumptionToken")),

		GetRecord(Set.of("identifier", "metadataPrefix"), Set.of());

		private final Set<String> needed;

		private final Set<String> allowed;

		Verb(Set<String> needed, Set<String> allowed) {
			this.needed = needed;
			this.allowed = allowed;
		}

	}

	static Request of(Map<String, String[]> parameters) throws OaiError {
		Verb verb = verb(parameters.get("verb"));
		Map<String, String> arguments = new LinkedHashMap<>();
		for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
			String name = parameter.getKey();
			if (name.equals("verb")) {
				continue;
			}
			if (!verb.needed.contains(name) && !verb.allowed.contains(name)) {
				throw new OaiError(Code.badArgument, "This verb does not take such an argument.");
			}
			if (parameter.getValue().length != 1) {
				throw new OaiError(Code.badArgument, name + " is given more than once.");
			}
			String value = parameter.getValue()[0];
			if (value.isEmpty() || !value.codePoints().allMatch(XmlOut::isCarried)) {
				throw new OaiError(name.equals("resumptionToken") ? Code.badResumptionToken : Code.badArgument,
						name + " has no value that could be meant.");
			}
			arguments.put(name, value);
		}
		if (arguments.containsKey("resumptionToken")) {
			if (arguments.size() > 1) {
				throw new OaiError(Code.badArgument, "resumptionToken is exclusive: only verb goes with it.");
			}
		}
		else {
			for (String needed : List.of("identifier", "metadataPrefix")) {
				if (verb.needed.contains(needed) && !arguments.containsKey(needed)) {
					throw new OaiError(Code.badArgument, needed + " is missing.");
				}
			}
		}
		return new Request(verb, arguments);
	}

	private static Verb verb(String @Nullable [] given) throws OaiError {
		if (given == null || given.length == 0) {
			throw new OaiError(Code.badVerb, "verb is missing.");
		}
		if (given.length > 1) {
			throw new OaiError(Code.badVerb, "verb is given more than once.");
		}
		for (Verb verb : Verb.values()) {
			if (verb.name().equals(given[0])) {
				return verb;
			}
		}
		throw new OaiError(Code.badVerb, "There is no such verb.");
	}

	@Nullable String argument(String name) {
		return this.arguments.get(name);
	}

	/** The set that is asked for; none for all records. */
	@Nullable String set() throws OaiError {
		String set = argument("set");
		if (set != null && !SET.matcher(set).matches()) {
			throw new OaiError(Code.badArgument, "set has the wrong form.");
		}
		return set;
	}

	/** The first second that is wanted; none when not said. */
	@Nullable Instant from() throws OaiError {
		return second("from", LocalTime.MIN);
	}

	/** The last second that is wanted; none when not said. */
	@Nullable Instant until() throws OaiError {
		Instant until = second("until", LocalTime.of(23, 59, 59));
		String from = argument("from");
		String said = argument("until");
		if (from != null && said != null && from.length() != said.length()) {
			throw new OaiError(Code.badArgument, "from and until must have the same granularity.");
		}
		Instant first = from();
		if (first != null && until != null && first.isAfter(until)) {
			throw new OaiError(Code.badArgument, "from is later than until.");
		}
		return until;
	}

	private @Nullable Instant second(String name, LocalTime time) throws OaiError {
		String value = argument(name);
		if (value == null) {
			return null;
		}
		try {
			if (DAY.matcher(value).matches()) {
				return LocalDate.parse(value).atTime(time).toInstant(ZoneOffset.UTC);
			}
			if (SECOND.matcher(value).matches()) {
				return Instant.parse(value);
			}
		}
		catch (DateTimeException ex) {
			// Has the form, but is no date: refused below.
		}
		throw new OaiError(Code.badArgument, name + " must be YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.");
	}

}
