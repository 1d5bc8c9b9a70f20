package se.lokalabehov.reportcatalogue.dcat;

import java.util.List;

import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.sparql.vocabulary.FOAF;
import org.apache.jena.vocabulary.DCAT;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.VCARD4;

import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Term;
import se.lokalabehov.reportcatalogue.open.CatalogueProperties;
import se.lokalabehov.reportcatalogue.open.OpenRecord;

/**
 * The description of the catalogue by DCAT-AP 3.0.1 and what DCAT-AP-SE asks for beyond
 * it. A report is no dataset: the datasets are the metadata of all records, and of those
 * of each area. Everything that is referred to and has a class says it in the same graph.
 */
final class Dcat {

	private static final String CC0 = "https://creativecommons.org/publicdomain/zero/1.0/";

	private static final String SWEDISH = "http://publications.europa.eu/resource/authority/language/SWE";

	private static final String PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC";

	private static final String SOCIETY = "http://publications.europa.eu/resource/authority/data-theme/SOCI";

	private static final String FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/";

	private static final String NATIONAL_AUTHORITY = "http://purl.org/adms/publishertype/NonProfitOrganisation";

	private final Model model = ModelFactory.createDefaultModel();

	private final CatalogueProperties properties;

	private Dcat(CatalogueProperties properties) {
		this.properties = properties;
	}

	/** The whole description. */
	static Model describe(CatalogueProperties properties) {
		return new Dcat(properties).described();
	}

	private Model described() {
		this.model.setNsPrefix("dcat", DCAT.NS)
			.setNsPrefix("dcterms", DCTerms.NS)
			.setNsPrefix("foaf", FOAF.NS)
			.setNsPrefix("vcard", VCARD4.NS);
		Resource publisher = resource("#publisher").addProperty(RDF.type, FOAF.Agent)
			.addProperty(FOAF.name, "Sveriges Kommuner och Regioner", "sv")
			.addProperty(DCTerms.type, typed(NATIONAL_AUTHORITY, "http://www.w3.org/2004/02/skos/core#Concept"));
		Resource contact = resource("#contact").addProperty(RDF.type, VCARD4.Organization)
			.addProperty(RDF.type, VCARD4.Kind)
			.addProperty(VCARD4.fn, "Lokala behov, katalogen", "sv")
			.addProperty(VCARD4.hasEmail, this.model.createResource("mailto:" + this.properties.mail()));
		Resource licence = this.model.createResource(CC0).addProperty(RDF.type, DCTerms.LicenseDocument);
		Resource catalogue = resource("#catalogue").addProperty(RDF.type, DCAT.Catalog)
			.addProperty(DCTerms.title, "Lokala behov: rapporter, forskning och kunskapsstöd", "sv")
			.addProperty(DCTerms.description,
					"Metadata om FoU-rapporter, pågående forskning och kunskapsstöd inom socialtjänsten.", "sv")
			.addProperty(DCTerms.publisher, publisher)
			.addProperty(DCTerms.license, licence)
			.addProperty(DCTerms.language, typed(SWEDISH, DCTerms.LinguisticSystem.getURI()))
			.addProperty(FOAF.homepage, typed(this.properties.at("/"), FOAF.Document.getURI()))
			.addProperty(DCAT.contactPoint, contact);
		Resource service = resource("#oai-pmh").addProperty(RDF.type, DCAT.DataService)
			.addProperty(DCTerms.title, "OAI-PMH 2.0", "sv")
			.addProperty(DCTerms.description, "Skörd av hela katalogen eller delar av den.", "sv")
			.addProperty(DCAT.endpointURL, this.model.createResource(this.properties.at("/oai")))
			.addProperty(DCAT.endpointDescription, this.model.createResource(this.properties.at("/oai?verb=Identify")))
			.addProperty(DCTerms.license, licence)
			.addProperty(DCTerms.accessRights, typed(PUBLIC, DCTerms.RightsStatement.getURI()))
			.addProperty(DCTerms.publisher, publisher)
			.addProperty(DCAT.contactPoint, contact);
		catalogue.addProperty(DCAT.service, service);
		dataset("all", "Alla poster i katalogen", "", catalogue, service, List.of(publisher, contact, licence));
		for (Term area : Directory.standard().terms("area")) {
			dataset(area.code(), "Poster om " + area.label().toLowerCase(java.util.Locale.of("sv")),
					"&set=" + OpenRecord.setOfArea(area.code()), catalogue, service,
					List.of(publisher, contact, licence));
		}
		return this.model;
	}

	private void dataset(String name, String title, String part, Resource catalogue, Resource service,
			List<Resource> shared) {
		Resource dataset = resource("#dataset-" + name).addProperty(RDF.type, DCAT.Dataset)
			.addProperty(DCTerms.title, title, "sv")
			.addProperty(DCTerms.description,
					title + ": titel, sammanfattning, utgivare, målgrupper och länkar. Uppdateras löpande.", "sv")
			.addProperty(DCTerms.publisher, shared.get(0))
			.addProperty(DCAT.contactPoint, shared.get(1))
			.addProperty(DCAT.theme, typed(SOCIETY, "http://www.w3.org/2004/02/skos/core#Concept"))
			.addProperty(DCTerms.accessRights, typed(PUBLIC, DCTerms.RightsStatement.getURI()));
		catalogue.addProperty(DCAT.dataset, dataset);
		service.addProperty(DCAT.servesDataset, dataset);
		distribution(dataset, name + "-csv", "CSV", "CSV", "/api/v1/records/export?format=CSV" + part, shared.get(2));
		distribution(dataset, name + "-oai", "OAI-PMH (Dublin Core)", "XML",
				"/oai?verb=ListRecords&metadataPrefix=oai_dc" + part, shared.get(2))
			.addProperty(DCAT.accessService, service);
	}

	private Resource distribution(Resource dataset, String name, String title, String format, String path,
			Resource licence) {
		Resource address = this.model.createResource(this.properties.at(path));
		Resource distribution = resource("#distribution-" + name).addProperty(RDF.type, DCAT.Distribution)
			.addProperty(DCTerms.title, title, "sv")
			.addProperty(DCAT.accessURL, address)
			.addProperty(DCTerms.format, typed(FILE_TYPE + format, DCTerms.MediaTypeOrExtent.getURI()))
			.addProperty(DCTerms.license, licence);
		dataset.addProperty(DCAT.distribution, distribution);
		return distribution;
	}

	private Resource typed(String uri, String type) {
		return this.model.createResource(uri).addProperty(RDF.type, this.model.createResource(type));
	}

	private Resource resource(String fragment) {
		return this.model.createResource(this.properties.at("/dcat" + fragment));
	}

}
