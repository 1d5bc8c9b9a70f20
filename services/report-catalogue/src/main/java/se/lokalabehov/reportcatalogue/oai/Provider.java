package se.lokalabehov.reportcatalogue.oai;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.directory.Term;
import se.lokalabehov.reportcatalogue.oai.OaiError.Code;
import se.lokalabehov.reportcatalogue.oai.ResumptionTokens.Token;
import se.lokalabehov.reportcatalogue.open.CatalogueProperties;
import se.lokalabehov.reportcatalogue.open.OpenRecord;
import se.lokalabehov.reportcatalogue.open.OpenRecords;
import se.lokalabehov.reportcatalogue.open.OpenRecords.Wanted;
import se.lokalabehov.reportcatalogue.open.XmlOut;

/**
 * Answers the requests of OAI-PMH 2.0
 * (http://www.openarchives.org/OAI/openarchivesprotocol.html).
 *
 * <p>
 * Records keep their place in the list until they change, and then move to its end: a
 * harvester that goes on where it was misses nothing. A list without {@code until} ends
 * where the clock stood at its first page, so it ends however much changes meanwhile.
 */
final class Provider {

	/** No record is older: the model itself was published in 2024. */
	static final Instant EARLIEST = Instant.parse("2024-01-01T00:00:00Z");

	private static final String NAMESPACE = "http://www.openarchives.org/OAI/2.0/";

	private static final Directory DIRECTORY = Directory.standard();

	private static final Map<CatalogueEvent.Kind, String> KINDS = Map.of(CatalogueEvent.Kind.REPORT, "FoU-rapporter",
			CatalogueEvent.Kind.RESEARCH_PROJECT, "Pågående forskning", CatalogueEvent.Kind.KNOWLEDGE_SUPPORT,
			"Kunskapsstöd");

	private final OpenRecords records;

	private final ResumptionTokens tokens;

	private final CatalogueProperties properties;

	private final Clock clock;

	Provider(OpenRecords records, ResumptionTokens tokens, CatalogueProperties properties, Clock clock) {
		this.records = records;
		this.tokens = tokens;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Answers a request, whatever it is.
	 * @param parameters as they came, decoded; none at all when they could not be
	 * @return the document, UTF-8
	 */
	byte[] answer(@Nullable Map<String, String[]> parameters) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		try {
			if (parameters == null) {
				throw new OaiError(Code.badArgument, "The arguments can not be read.");
			}
			Request request = Request.of(parameters);
			Consumer<XmlOut> answer = answer(request, now);
			return envelope(now, request, (out) -> out.element(request.verb().name(), () -> answer.accept(out)));
		}
		catch (OaiError error) {
			boolean unread = error.code() == Code.badVerb || error.code() == Code.badArgument;
			return envelope(now, unread ? null : requestOf(parameters), (out) -> out.element("error", () -> {
				out.attribute("code", error.code());
				out.text(error.text());
			}));
		}
	}

	private static @Nullable Request requestOf(@Nullable Map<String, String[]> parameters) {
		try {
			return (parameters != null) ? Request.of(parameters) : null;
		}
		catch (OaiError again) {
			return null;
		}
	}

	private byte[] envelope(Instant now, @Nullable Request request, Consumer<XmlOut> content) {
		return XmlOut.document((out) -> out.element("OAI-PMH", () -> {
			out.attribute("xmlns", NAMESPACE);
			out.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
			out.attribute("xsi:schemaLocation", NAMESPACE + " http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd");
			out.element("responseDate", now);
			out.element("request", () -> {
				if (request != null) {
					out.attribute("verb", request.verb());
					request.arguments().forEach(out::attribute);
				}
				out.text(baseUrl());
			});
			content.accept(out);
		}));
	}

	private Consumer<XmlOut> answer(Request request, Instant now) throws OaiError {
		return switch (request.verb()) {
			case Identify -> this::identify;
			case ListMetadataFormats -> formats(request);
			case ListSets -> sets(request);
			case ListIdentifiers, ListRecords -> list(request, now);
			case GetRecord -> record(request);
		};
	}

	private String baseUrl() {
		return this.properties.at("/oai");
	}

	private void identify(XmlOut out) {
		out.element("repositoryName", "Lokala behov: katalogen över rapporter, forskning och kunskapsstöd")
			.element("baseURL", baseUrl())
			.element("protocolVersion", "2.0")
			.element("adminEmail", this.properties.mail())
			.element("earliestDatestamp", EARLIEST)
			.element("deletedRecord", "persistent")
			.element("granularity", "YYYY-MM-DDThh:mm:ssZ")
			.element("compression", "gzip");
	}

	private Consumer<XmlOut> formats(Request request) throws OaiError {
		String identifier = request.argument("identifier");
		if (identifier != null) {
			find(identifier);
		}
		return (out) -> {
			for (Format format : Format.values()) {
				out.element("metadataFormat",
						() -> out.element("metadataPrefix", format.prefix())
							.element("schema", format.schema(this.properties))
							.element("metadataNamespace", format.namespace()));
			}
		};
	}

	private static Consumer<XmlOut> sets(Request request) throws OaiError {
		if (request.argument("resumptionToken") != null) {
			throw new OaiError(Code.badResumptionToken, "The list of sets is whole in its first answer.");
		}
		return (out) -> {
			set("area", "Verksamhetsområden", out);
			DIRECTORY.terms("area")
				.stream()
				.sorted(Comparator.comparing((Term area) -> OpenRecord.setOfArea(area.code())))
				.forEach((area) -> set(OpenRecord.setOfArea(area.code()), area.label(), out));
			set("kind", "Slag", out);
			for (CatalogueEvent.Kind kind : CatalogueEvent.Kind.values()) {
				set("kind:" + kind, String.valueOf(KINDS.get(kind)), out);
			}
			set("publisher", "Utgivare", out);
			for (Kind kind : Kind.values()) {
				for (Organisation one : DIRECTORY.organisations(kind)) {
					set("publisher:" + one.id(), one.officialName(), out);
				}
			}
		};
	}

	private static void set(String spec, String name, XmlOut out) {
		out.element("set", () -> out.element("setSpec", spec).element("setName", name));
	}

	private Consumer<XmlOut> record(Request request) throws OaiError {
		Format format = format(String.valueOf(request.argument("metadataPrefix")));
		OpenRecord record = find(String.valueOf(request.argument("identifier")));
		return (out) -> record(record, format, out);
	}

	private OpenRecord find(String identifier) throws OaiError {
		String prefix = this.properties.oaiIdentifier("");
		return Optional.of(identifier)
			.filter((one) -> one.startsWith(prefix))
			.flatMap((one) -> this.records.find(one.substring(prefix.length())))
			.orElseThrow(() -> new OaiError(Code.idDoesNotExist, "There is no record with this identifier."));
	}

	private static Format format(String prefix) throws OaiError {
		return Format.of(prefix)
			.orElseThrow(() -> new OaiError(Code.cannotDisseminateFormat,
					"There is no such metadata format; ListMetadataFormats tells which there are."));
	}

	private Consumer<XmlOut> list(Request request, Instant now) throws OaiError {
		Token asked = asked(request, now);
		Format format = format(asked.prefix());
		Wanted wanted = new Wanted(asked.set(), asked.from(), asked.until(), false);
		int size = this.properties.pageSize();
		boolean first = asked.after().isEmpty();
		List<OpenRecord> found = this.records.after(wanted, first ? null : asked.after(), size + 1);
		if (found.isEmpty() && first) {
			throw new OaiError(Code.noRecordsMatch, "No record fits.");
		}
		if (found.isEmpty()) {
			// What was left has changed meanwhile and stands after the end of this list.
			throw new OaiError(Code.badResumptionToken, "Nothing is left of this list. Harvest on from its date.");
		}
		List<OpenRecord> page = found.subList(0, Math.min(size, found.size()));
		boolean last = found.size() <= size;
		return (out) -> {
			for (OpenRecord record : page) {
				if (request.verb() == Request.Verb.ListRecords) {
					record(record, format, out);
				}
				else {
					header(record, out);
				}
			}
			if (!last || !first) {
				out.element("resumptionToken", () -> {
					out.attribute("cursor", asked.cursor());
					if (!last) {
						out.text(this.tokens.write(new Token(asked.verb(), asked.prefix(), asked.set(), asked.from(),
								asked.until(), page.getLast().position(), asked.cursor() + page.size())));
					}
				});
			}
		};
	}

	/** What the list is asked for: by a token, or from the beginning. */
	private Token asked(Request request, Instant now) throws OaiError {
		String text = request.argument("resumptionToken");
		if (text != null) {
			Token token = this.tokens.read(text, request.verb().name());
			if (token == null) {
				throw new OaiError(Code.badResumptionToken, "This token was not given here, or for another verb.");
			}
			return token;
		}
		Instant until = request.until();
		return new Token(request.verb().name(), String.valueOf(request.argument("metadataPrefix")), request.set(),
				request.from(), (until != null) ? until : now, "", 0);
	}

	private void record(OpenRecord record, Format format, XmlOut out) {
		out.element("record", () -> {
			header(record, out);
			Content content = record.content();
			if (content != null) {
				out.element("metadata", () -> format.write(record, content, this.properties, out));
			}
		});
	}

	private void header(OpenRecord record, XmlOut out) {
		out.element("header", () -> {
			out.attribute("status", (record.content() == null) ? "deleted" : null);
			out.element("identifier", this.properties.oaiIdentifier(record.id()));
			out.element("datestamp", record.changed());
			record.narrowestSets().forEach((set) -> out.element("setSpec", set));
		});
	}

}
