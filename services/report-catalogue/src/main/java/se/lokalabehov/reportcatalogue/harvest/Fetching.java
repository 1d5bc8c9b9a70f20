package se.lokalabehov.reportcatalogue.harvest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

import se.lokalabehov.web.outside.Outside;
import se.lokalabehov.web.outside.OutsideProblem;

/**
 * Fetches one page as XML, without any DOCTYPE and within limits of depth; what goes for
 * all that is fetched from outside is {@link Outside}'s. A repository that has moved is
 * given its new address.
 */
final class Fetching {

	private static final String DEPTH = "100";

	private final Outside outside;

	Fetching(Outside outside) {
		this.outside = outside;
	}

	Document page(URI address) throws HarvestProblem {
		try {
			Outside.Answer answer = this.outside.get(address, Map.of());
			if (answer.status() != 200) {
				throw new HarvestProblem("Förvaret svarade " + answer.status() + ".");
			}
			return parsed(answer.body());
		}
		catch (OutsideProblem problem) {
			throw new HarvestProblem(problem.why());
		}
	}

	private static Document parsed(byte[] page) throws HarvestProblem {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
			factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
			factory.setAttribute("jdk.xml.maxElementDepth", DEPTH);
			factory.setXIncludeAware(false);
			factory.setExpandEntityReferences(false);
			DocumentBuilder builder = factory.newDocumentBuilder();
			builder.setErrorHandler(null);
			return builder.parse(new ByteArrayInputStream(page));
		}
		catch (SAXException | IOException ex) {
			throw new HarvestProblem("Sidan är ingen XML som tas emot.");
		}
		catch (ParserConfigurationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
