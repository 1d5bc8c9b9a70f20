package se.lokalabehov.portal;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import se.lokalabehov.web.RecordSchema;

/**
 * What the open data are, for machines: DCAT-AP 3 with what DCAT-AP-SE asks for beyond it
 * (JSON-LD), and of each file a JSON Schema and a description of the table (CSV on the
 * Web). Everything that is referred to and has a class says it in the same graph.
 */
@Component
final class OpenDataDescription {

	static final String ADDRESS = "/api/v1/open-data";

	static final String CC0 = "https://creativecommons.org/publicdomain/zero/1.0/";

	private static final String EU = "http://publications.europa.eu/resource/authority/";

	private static final Locale ENGLISH = Locale.ENGLISH;

	private final MessageSource messages;

	private final MailProperties mail;

	private final PortalProperties properties;

	OpenDataDescription(MessageSource messages, MailProperties mail, PortalProperties properties) {
		this.messages = messages;
		this.mail = mail;
		this.properties = properties;
	}

	/** The address of something on the portal, as the public reaches it. */
	String at(String path) {
		String base = this.mail.address().toString();
		return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
	}

	private String text(String key, Locale language) {
		return this.messages.getMessage(key, null, language);
	}

	/** The JSON Schema of one row; the JSON file is an array of such. */
	JsonNode schema(OpenData data) {
		ObjectNode row = RecordSchema.of(data.row());
		row.withObjectProperty("properties")
			.properties()
			.forEach((field) -> ((ObjectNode) field.getValue()).put("description",
					text("open-column." + field.getKey(), Sentence.SWEDISH)));
		ObjectNode schema = node();
		schema.set("$schema", row.remove("$schema"));
		schema.put("$id", at(ADDRESS + "/" + data.file() + ".schema.json"));
		schema.put("title", text("open-data." + data.file(), Sentence.SWEDISH));
		schema.put("description", text("open-data." + data.file() + ".text", Sentence.SWEDISH));
		schema.put("type", "array");
		schema.set("items", row);
		return schema;
	}

	/** The table by CSV on the Web (W3C, 2015). */
	JsonNode table(OpenData data) {
		ObjectNode table = node();
		ArrayNode context = table.putArray("@context");
		context.add("http://www.w3.org/ns/csvw");
		context.addObject().put("@language", "sv");
		table.put("url", data.file() + ".csv");
		table.put("dc:title", text("open-data." + data.file(), Sentence.SWEDISH));
		table.put("dc:description", text("open-data." + data.file() + ".text", Sentence.SWEDISH));
		table.putObject("dc:license").put("@id", CC0);
		table.putObject("dialect").put("encoding", "utf-8").put("header", true);
		ArrayNode columns = table.putObject("tableSchema").putArray("columns");
		for (RecordComponent column : data.row().getRecordComponents()) {
			ObjectNode described = columns.addObject().put("name", column.getName());
			described.putArray("titles").add(column.getName());
			described.put("datatype", datatype(column.getType()));
			if (Collection.class.isAssignableFrom(column.getType())) {
				described.put("separator", ";");
			}
			else if (!RecordSchema.isOptional(column) && column.getType() != String.class) {
				// A text that must be there may be empty, which a table can not tell
				// apart.
				described.put("required", true);
			}
			described.put("dc:description", text("open-column." + column.getName(), Sentence.SWEDISH));
		}
		return table;
	}

	private static String datatype(Class<?> type) {
		if (type == int.class || type == Integer.class) {
			return "integer";
		}
		if (type == boolean.class) {
			return "boolean";
		}
		if (type == LocalDate.class) {
			return "date";
		}
		return (type == Instant.class) ? "datetime" : "string";
	}

	/** The description of all of it, as a graph. */
	JsonNode dcat() {
		ObjectNode document = node();
		document.set("@context", context());
		ArrayNode graph = document.putArray("@graph");
		ObjectNode catalogue = thing(graph, at(ADDRESS + "#catalogue"), "dcat:Catalog");
		words(catalogue, "open-data.catalogue");
		common(catalogue);
		catalogue.putArray("dcat:dataset");
		refer(catalogue, "dcterms:license", CC0);
		refer(catalogue, "foaf:homepage", at("/oppna-data"));
		refer(catalogue, "dcterms:language", EU + "language/SWE");
		refer(catalogue, "dcat:service", at(ADDRESS + "#api"));
		refer(catalogue, "dcat:catalog", at("/dcat#catalogue"));
		for (OpenData data : OpenData.values()) {
			refer(catalogue.withArrayProperty("dcat:dataset"), dataset(graph, data));
		}
		ObjectNode api = thing(graph, at(ADDRESS + "#api"), "dcat:DataService");
		words(api, "open-data.service");
		common(api);
		refer(api, "dcat:endpointURL", at("/api/v1"));
		refer(api, "dcat:endpointDescription", at("/v3/api-docs"));
		refer(api, "dcterms:license", CC0);
		refer(api, "dcterms:accessRights", EU + "access-right/PUBLIC");
		// The catalogue of reports describes itself; here is what one must know to go on.
		ObjectNode reports = thing(graph, at("/dcat#catalogue"), "dcat:Catalog");
		words(reports, "open-data.reports");
		refer(reports, "dcterms:publisher", at(ADDRESS + "#publisher"));
		shared(graph);
		return document;
	}

	private String dataset(ArrayNode graph, OpenData data) {
		String id = at(ADDRESS + "#" + data.file());
		ObjectNode dataset = thing(graph, id, "dcat:Dataset");
		words(dataset, "open-data." + data.file());
		common(dataset);
		dataset.put("dcterms:identifier", id);
		refer(dataset, "dcat:theme", EU + "data-theme/SOCI");
		refer(dataset, "dcterms:accessRights", EU + "access-right/PUBLIC");
		refer(dataset, "dcterms:accrualPeriodicity", EU + "frequency/CONT");
		refer(dataset, "dcterms:language", EU + "language/SWE");
		refer(dataset, "dcat:landingPage", at("/oppna-data"));
		ArrayNode distributions = dataset.putArray("dcat:distribution");
		for (OpenDataFiles.Format format : OpenDataFiles.Format.values()) {
			String ending = format.name().toLowerCase(Locale.ROOT);
			String address = at(ADDRESS + "/" + data.file() + "." + ending);
			String schema = at(ADDRESS + "/" + data.file()
					+ ((format == OpenDataFiles.Format.CSV) ? ".csv-metadata.json" : ".schema.json"));
			ObjectNode file = thing(graph, id + "-" + ending, "dcat:Distribution");
			words(file, "open-data." + data.file(), format.name());
			refer(file, "dcat:accessURL", address);
			refer(file, "dcat:downloadURL", address);
			refer(file, "dcterms:license", CC0);
			refer(file, "dcterms:format", EU + "file-type/" + format.name());
			refer(file, "dcterms:conformsTo", schema);
			thing(graph, schema, "dcterms:Standard");
			refer(distributions, id + "-" + ending);
		}
		return id;
	}

	private void shared(ArrayNode graph) {
		ObjectNode publisher = thing(graph, at(ADDRESS + "#publisher"), "foaf:Agent");
		String operator = this.properties.operator();
		publisher.set("foaf:name",
				said((operator != null) ? operator : text("open-data.publisher", Sentence.SWEDISH), "sv"));
		refer(publisher, "dcterms:type", "http://purl.org/adms/publishertype/NonProfitOrganisation");
		ObjectNode contact = thing(graph, at(ADDRESS + "#contact"), "vcard:Organization");
		contact.set("@type", JsonNodeFactory.instance.arrayNode().add("vcard:Organization").add("vcard:Kind"));
		contact.set("vcard:fn", said("Lokala behov", "sv"));
		refer(contact, "vcard:hasEmail", "mailto:" + this.mail.contact());
		thing(graph, CC0, "dcterms:LicenseDocument");
		thing(graph, at("/oppna-data"), "foaf:Document");
		thing(graph, EU + "language/SWE", "dcterms:LinguisticSystem");
		thing(graph, EU + "access-right/PUBLIC", "dcterms:RightsStatement");
		thing(graph, EU + "data-theme/SOCI", "skos:Concept");
		thing(graph, EU + "frequency/CONT", "dcterms:Frequency");
		thing(graph, "http://purl.org/adms/publishertype/NonProfitOrganisation", "skos:Concept");
		List.of("CSV", "JSON").forEach((type) -> thing(graph, EU + "file-type/" + type, "dcterms:MediaTypeOrExtent"));
	}

	private void common(ObjectNode of) {
		refer(of, "dcterms:publisher", at(ADDRESS + "#publisher"));
		refer(of, "dcat:contactPoint", at(ADDRESS + "#contact"));
	}

	private void words(ObjectNode of, String key, String... more) {
		for (Map.Entry<String, String> one : Map.of("dcterms:title", key, "dcterms:description", key + ".text")
			.entrySet()) {
			ArrayNode said = of.putArray(one.getKey());
			String end = one.getKey().equals("dcterms:title") && more.length > 0 ? " (" + more[0] + ")" : "";
			said.add(said(text(one.getValue(), Sentence.SWEDISH) + end, "sv"));
			said.add(said(text(one.getValue(), ENGLISH) + end, "en"));
		}
	}

	private static ObjectNode said(String text, String language) {
		return node().put("@value", text).put("@language", language);
	}

	private static ObjectNode thing(ArrayNode graph, String id, String type) {
		return graph.addObject().put("@id", id).put("@type", type);
	}

	private static void refer(ObjectNode from, String property, String to) {
		from.putObject(property).put("@id", to);
	}

	private static void refer(ArrayNode from, String to) {
		from.addObject().put("@id", to);
	}

	private static ObjectNode context() {
		return node().put("dcat", "http://www.w3.org/ns/dcat#")
			.put("dcterms", "http://purl.org/dc/terms/")
			.put("foaf", "http://xmlns.com/foaf/0.1/")
			.put("skos", "http://www.w3.org/2004/02/skos/core#")
			.put("vcard", "http://www.w3.org/2006/vcard/ns#");
	}

	private static ObjectNode node() {
		return JsonNodeFactory.instance.objectNode();
	}

}
