package se.lokalabehov.reportcatalogue.oai;

import java.time.ZoneOffset;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.directory.Term;
import se.lokalabehov.reportcatalogue.open.CatalogueProperties;
import se.lokalabehov.reportcatalogue.open.OpenRecord;
import se.lokalabehov.reportcatalogue.open.XmlOut;

/**
 * A record in the fifteen elements of Dublin Core, as {@code oai_dc} wants them. Always
 * there: identifier, title, publisher, date, language, type.
 */
final class DublinCore {

	static final String OAI_NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/";

	static final String NAMESPACE = "http://purl.org/dc/elements/1.1/";

	private static final Directory DIRECTORY = Directory.standard();

	private DublinCore() {
	}

	static void write(OpenRecord record, Content content, CatalogueProperties properties, XmlOut out) {
		out.element("oai_dc:dc", () -> {
			out.attribute("xmlns:oai_dc", OAI_NAMESPACE)
				.attribute("xmlns:dc", NAMESPACE)
				.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
				.attribute("xsi:schemaLocation", OAI_NAMESPACE + " http://www.openarchives.org/OAI/2.0/oai_dc.xsd");
			out.element("dc:title", content.title());
			if (content.report() != null) {
				content.report().authors().forEach((author) -> out.element("dc:creator", author));
			}
			if (content.project() != null) {
				out.element("dc:creator", content.project().responsible());
				content.project().participants().forEach((one) -> out.element("dc:contributor", name(one)));
			}
			Stream
				.concat(content.areas().stream().map((code) -> label("area", code)),
						content.targetGroups().stream().map((code) -> label("target-group", code)))
				.forEach((subject) -> out.element("dc:subject", subject));
			out.element("dc:description", content.description());
			out.element("dc:publisher", name(content.publisher()));
			out.element("dc:date", date(record, content));
			out.element("dc:type", type(content));
			out.element("dc:identifier", properties.addressOf(record.id()));
			content.identifiers().forEach((identifier) -> out.element("dc:identifier", identifier));
			record.files().forEach((file) -> out.element("dc:identifier", properties.addressOf(record.id(), file)));
			out.element("dc:source", content.link());
			if (!record.files().isEmpty()) {
				out.element("dc:format", "application/pdf");
			}
			out.element("dc:language", content.language());
			if (content.support() != null) {
				content.support()
					.answers()
					.forEach((need) -> out.element("dc:relation", properties.at("/spar/" + need)));
			}
			out.element("dc:rights", content.licence());
		});
	}

	private static String date(OpenRecord record, Content content) {
		if (content.report() != null) {
			return Integer.toString(content.report().year());
		}
		return record.published().atZone(ZoneOffset.UTC).toLocalDate().toString();
	}

	private static String type(Content content) {
		if (content.support() != null) {
			return label("support-kind", content.support().supportKind());
		}
		return (content.report() != null) ? "Rapport" : "Forskningsprojekt";
	}

	private static String name(OrganisationId organisation) {
		return DIRECTORY.organisation(organisation).map(Organisation::officialName).orElse(organisation.value());
	}

	private static String label(String scheme, @Nullable String code) {
		return (code == null) ? "" : DIRECTORY.term(scheme, code).map(Term::label).orElse(code);
	}

}
