package se.lokalabehov.reportcatalogue.oai;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * An answer of the provider, which is valid against the schemas or the test has failed
 * (OAI-07: the payload strictly as well).
 */
public final class Answered {

	private static final Schema SCHEMA = schema();

	private final Document document;

	private Answered(Document document) {
		this.document = document;
	}

	/** What was answered. */
	public static Answered of(String text) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			factory.setNamespaceAware(true);
			Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
			SCHEMA.newValidator().validate(new DOMSource(document));
			return new Answered(document);
		}
		catch (Exception ex) {
			throw new AssertionError("not valid: " + text, ex);
		}
	}

	private static Schema schema() {
		try {
			Source[] sources = { source("/xsd/dc.xsd"), source("/xsd/oai_dc.xsd"),
					new StreamSource(new ByteArrayInputStream(ContentXml.schema())), source("/xsd/OAI-PMH.xsd") };
			return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(sources);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	private static Source source(String resource) throws Exception {
		try (var in = Objects.requireNonNull(Answered.class.getResourceAsStream(resource))) {
			return new StreamSource(new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
		}
	}

	List<Element> all(String name) {
		NodeList found = this.document.getElementsByTagNameNS("*", name);
		List<Element> all = new ArrayList<>();
		for (int i = 0; i < found.getLength(); i++) {
			all.add((Element) found.item(i));
		}
		return all;
	}

	List<String> texts(String name) {
		return all(name).stream().map(Element::getTextContent).toList();
	}

	/** The text of the one element of this name. */
	public String text(String name) {
		List<String> texts = texts(name);
		if (texts.size() != 1) {
			throw new AssertionError(name + ": " + texts);
		}
		return texts.getFirst();
	}

	/** The code of the one error, empty when there is none. */
	String error() {
		List<Element> errors = all("error");
		return errors.isEmpty() ? "" : errors.getFirst().getAttribute("code");
	}

	/** The identifiers of the headers. */
	List<String> identifiers() {
		return all("header").stream()
			.map((header) -> ((Element) header.getElementsByTagNameNS("*", "identifier").item(0)).getTextContent())
			.toList();
	}

}
