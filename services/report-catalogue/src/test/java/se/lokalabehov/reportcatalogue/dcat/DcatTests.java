package se.lokalabehov.reportcatalogue.dcat;

import java.io.StringReader;
import java.net.URI;

import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.sparql.vocabulary.FOAF;
import org.apache.jena.vocabulary.DCAT;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.VCARD4;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import se.lokalabehov.reportcatalogue.ReportCatalogueApplication;
import se.lokalabehov.reportcatalogue.open.CatalogueProperties;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The description against the mandatory parts of DCAT-AP 3 (SHACL) and of DCAT-AP-SE. The
 * names begin with the rows of the requirements.
 */
class DcatTests {

	private static final Model SHAPES = RDFDataMgr.loadModel("dcat-ap-mandatory.ttl");

	private static final CatalogueProperties PROPERTIES = new CatalogueProperties(
			URI.create("https://lokalabehov.example"), "lokalabehov.example", "katalog@lokalabehov.example", 100, null);

	@Test
	void dcat01TheMandatoryPropertiesAreThere() {
		Model described = Dcat.describe(PROPERTIES);

		ValidationReport report = ShaclValidator.get().validate(SHAPES.getGraph(), described.getGraph());
		assertThat(report.conforms()).as(report.getEntries().toString()).isTrue();
		assertThat(described.listResourcesWithProperty(RDF.type, DCAT.Dataset).toList()).hasSize(15);
		assertThat(described.listResourcesWithProperty(RDF.type, DCAT.DataService).toList()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://purl.org/dc/terms/title", "http://purl.org/dc/terms/description",
			"http://purl.org/dc/terms/publisher", "http://www.w3.org/ns/dcat#accessURL",
			"http://www.w3.org/ns/dcat#endpointURL" })
	void dcat01AMandatoryPropertyThatIsMissingIsSeen(String property) {
		Model described = Dcat.describe(PROPERTIES);
		described.removeAll(null, described.createProperty(property), null);

		assertThat(ShaclValidator.get().conforms(SHAPES.getGraph(), described.getGraph())).isFalse();
	}

	@Test
	void dcat02LicenceAndContactAreTypedInTheSameGraph() {
		Model described = Dcat.describe(PROPERTIES);
		assertThat(described.listObjectsOfProperty(DCTerms.license).toList())
			.allMatch((one) -> described.contains(one.asResource(), RDF.type, DCTerms.LicenseDocument));
		assertThat(described.listObjectsOfProperty(DCAT.contactPoint).toList())
			.allMatch((one) -> described.contains(one.asResource(), RDF.type, VCARD4.Kind));

		described.removeAll(null, RDF.type, DCTerms.LicenseDocument);
		assertThat(ShaclValidator.get().conforms(SHAPES.getGraph(), described.getGraph())).isFalse();
	}

	@Test
	void dcatse01TheSwedishMandatoryPropertiesAreThere() {
		Model described = Dcat.describe(PROPERTIES);

		Resource catalogue = described.listResourcesWithProperty(RDF.type, DCAT.Catalog).next();
		for (Property needed : new Property[] { DCTerms.title, DCTerms.description, DCTerms.publisher,
				DCTerms.license }) {
			assertThat(catalogue.hasProperty(needed)).as(needed.toString()).isTrue();
		}
		described.listResourcesWithProperty(RDF.type, DCAT.Dataset).forEach((dataset) -> {
			for (Property needed : new Property[] { DCTerms.title, DCTerms.description, DCTerms.publisher,
					DCAT.contactPoint }) {
				assertThat(dataset.hasProperty(needed)).as(dataset + " " + needed).isTrue();
			}
		});
		Resource contact = described.listResourcesWithProperty(RDF.type, VCARD4.Kind).next();
		assertThat(contact.hasProperty(VCARD4.fn) && contact.hasProperty(VCARD4.hasEmail)).isTrue();
		Resource publisher = described.listResourcesWithProperty(RDF.type, FOAF.Agent).next();
		assertThat(publisher.hasProperty(FOAF.name) && publisher.hasProperty(DCTerms.type)).isTrue();
	}

	@Test
	void turtleAndJsonLdSayTheSame() {
		try (RunningService service = RunningService.start("report-catalogue", ReportCatalogueApplication.class)) {
			Answer turtle = service.anybody().get("/dcat");
			Answer jsonLd = service.anybody().get("/dcat.jsonld");

			assertThat(turtle.header("Content-Type")).startsWith("text/turtle");
			assertThat(jsonLd.header("Content-Type")).startsWith("application/ld+json");
			assertThat(service.anybody().get("/dcat", "Accept", "application/ld+json").text()).isEqualTo(jsonLd.text());
			assertThat(service.anybody().send("POST", "/dcat", "x").status()).isIn(401, 403);
			Model one = read(turtle.text(), Lang.TURTLE);
			assertThat(one.isIsomorphicWith(read(jsonLd.text(), Lang.JSONLD11))).isTrue();
			assertThat(ShaclValidator.get().conforms(SHAPES.getGraph(), one.getGraph())).isTrue();
		}
	}

	private static Model read(String text, Lang lang) {
		Model model = ModelFactory.createDefaultModel();
		RDFDataMgr.read(model, new StringReader(text), null, lang);
		return model;
	}

}
