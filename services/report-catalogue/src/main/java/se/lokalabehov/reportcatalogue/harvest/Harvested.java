package se.lokalabehov.reportcatalogue.harvest;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Kind;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.reportcatalogue.oai.ContentXml;
import se.lokalabehov.web.PersonalData;

/**
 * One record of a page, read.
 *
 * @param identifier the repository's own
 * @param content what it says; none when it is deleted there
 */
record Harvested(String identifier, @Nullable Content content) {

	private static final Pattern YEAR = Pattern.compile("\\b(19|20)\\d{2}\\b");

	/** The identifier of a record element; empty when it has none. */
	static String identifierOf(Element record) {
		Element header = child(record, "header");
		Element identifier = (header != null) ? child(header, "identifier") : null;
		return (identifier != null) ? identifier.getTextContent().strip() : "";
	}

	/** Reads a record element. */
	static Harvested of(Element record, Source source) throws HarvestProblem {
		String identifier = identifierOf(record);
		Element header = child(record, "header");
		if (identifier.isEmpty() || identifier.length() > 500 || header == null) {
			throw new HarvestProblem("Posten saknar identifierare.");
		}
		if ("deleted".equals(header.getAttribute("status"))) {
			return new Harvested(identifier, null);
		}
		Element metadata = child(record, "metadata");
		Element inside = (metadata != null) ? firstElement(metadata) : null;
		if (inside == null) {
			throw new HarvestProblem("Posten saknar metadata.");
		}
		if (!PersonalData.find(textsIn(inside))
			.stream()
			.filter((one) -> one.certain() && (one.kind() == PersonalData.Kind.PERSONAL_NUMBER
					|| one.kind() == PersonalData.Kind.COORDINATION_NUMBER))
			.toList()
			.isEmpty()) {
			throw new HarvestProblem("Posten innehåller ett person- eller samordningsnummer.");
		}
		try {
			return new Harvested(identifier,
					source.prefix().equals(Source.OWN) ? own(inside, source) : dublinCore(inside, source));
		}
		catch (IllegalArgumentException ex) {
			throw new HarvestProblem("Posten har inte den form som formatet anger.");
		}
	}

	private static Content own(Element record, Source source) throws HarvestProblem {
		Content content = ContentXml.read(record);
		if (source.publisher() != null && !source.publisher().equals(content.publisher())) {
			throw new HarvestProblem("Posten har en annan utgivare än källan.");
		}
		return content;
	}

	private static Content dublinCore(Element dc, Source source) throws HarvestProblem {
		List<String> titles = texts(dc, "title");
		Matcher year = YEAR.matcher(String.join(" ", texts(dc, "date")));
		if (titles.isEmpty()) {
			throw new HarvestProblem("Posten saknar titel.");
		}
		if (!year.find()) {
			throw new HarvestProblem("Posten saknar år.");
		}
		List<String> all = texts(dc, "identifier");
		String link = all.stream().filter((one) -> one.matches("https?://\\S{1,1000}")).findFirst().orElse(null);
		List<String> descriptions = texts(dc, "description");
		List<String> authors = texts(dc, "creator");
		List<String> languages = texts(dc, "language");
		return new Content(Kind.REPORT, limited(titles.getFirst(), 500),
				limited(descriptions.isEmpty() ? titles.getFirst() : String.join("\n", descriptions), 10000),
				Objects.requireNonNull(source.publisher()),
				(languages.isEmpty() || !languages.getFirst().startsWith("en")) ? "sv" : "en", List.of(source.area()),
				List.of(), link, texts(dc, "rights").stream().findFirst().orElse(null),
				all.stream().filter((one) -> !one.equals(link)).limit(20).map((one) -> limited(one, 200)).toList(),
				new Report(authors.isEmpty() ? List.of("Okänd") : authors.stream().limit(100).toList(),
						Integer.parseInt(year.group()), ""),
				null, null);
	}

	/** Every text in an element, each by itself: what only meets is no number. */
	private static String textsIn(Element element) {
		StringBuilder texts = new StringBuilder();
		for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
			texts.append((node instanceof Element child) ? textsIn(child)
					: (node.getNodeValue() != null) ? node.getNodeValue() : "");
		}
		return texts.append('\n').toString();
	}

	private static String limited(String text, int length) {
		return (text.length() <= length) ? text : text.substring(0, length);
	}

	private static List<String> texts(Element parent, String name) {
		List<String> texts = new ArrayList<>();
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element && name.equals(element.getLocalName())
					&& !element.getTextContent().isBlank()) {
				texts.add(element.getTextContent().strip());
			}
		}
		return texts;
	}

	static @Nullable Element child(Element parent, String name) {
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element && name.equals(element.getLocalName())) {
				return element;
			}
		}
		return null;
	}

	private static @Nullable Element firstElement(Element parent) {
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element) {
				return element;
			}
		}
		return null;
	}

}
