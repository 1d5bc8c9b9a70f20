package se.lokalabehov.reportcatalogue.oai;

import java.util.Arrays;
import java.util.Optional;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.reportcatalogue.open.CatalogueProperties;
import se.lokalabehov.reportcatalogue.open.OpenRecord;
import se.lokalabehov.reportcatalogue.open.XmlOut;

/**
 * The metadata formats; every record is there in each.
 */
enum Format {

	/** Simple Dublin Core. */
	OAI_DC("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", DublinCore.OAI_NAMESPACE) {

		@Override
		void write(OpenRecord record, Content content, CatalogueProperties properties, XmlOut out) {
			DublinCore.write(record, content, properties, out);
		}

	},

	/** Everything that a record says, in the platform's own terms. */
	LB("lb", "/oai/lb.xsd", ContentXml.NAMESPACE) {

		@Override
		void write(OpenRecord record, Content content, CatalogueProperties properties, XmlOut out) {
			ContentXml.write(content,
					record.files()
						.stream()
						.map((file) -> new ContentXml.File(properties.addressOf(record.id(), file), file.name(),
								file.size(), file.pages(), file.sha256()))
						.toList(),
					out);
		}

	};

	private final String prefix;

	private final String schema;

	private final String namespace;

	Format(String prefix, String schema, String namespace) {
		this.prefix = prefix;
		this.schema = schema;
		this.namespace = namespace;
	}

	static Optional<Format> of(String prefix) {
		return Arrays.stream(values()).filter((format) -> format.prefix.equals(prefix)).findFirst();
	}

	String prefix() {
		return this.prefix;
	}

	String schema(CatalogueProperties properties) {
		return this.schema.startsWith("/") ? properties.at(this.schema) : this.schema;
	}

	String namespace() {
		return this.namespace;
	}

	abstract void write(OpenRecord record, Content content, CatalogueProperties properties, XmlOut out);

}
