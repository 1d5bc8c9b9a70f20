package se.lokalabehov.reportcatalogue.open;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import se.lokalabehov.contracts.CatalogueEvent.FileAttached;

/**
 * What the catalogue says of itself to machines.
 *
 * @param address where the public reaches the portal
 * @param repository the domain name in the identifiers {@code oai:<repository>:<id>};
 * never changed once harvested
 * @param mail whom to write to
 * @param pageSize records in a page of OAI-PMH
 * @param tokenKey with which resumption tokens are signed; one is made and kept in the
 * store when none is given
 */
@ConfigurationProperties("lokala-behov.catalogue")
public record CatalogueProperties(@DefaultValue("http://localhost:8080") URI address,
		@DefaultValue("lokalabehov.se") String repository, @DefaultValue("katalog@lokalabehov.se") String mail,
		@DefaultValue("100") int pageSize, @Nullable String tokenKey) {

	/** The address of something on the portal. */
	public String at(String path) {
		String base = this.address.toString();
		return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
	}

	/** A record's identifier in OAI-PMH. */
	public String oaiIdentifier(String id) {
		return "oai:" + this.repository + ":" + id;
	}

	/** The address of a record's page, which never changes. */
	public String addressOf(String id) {
		return at("/katalog/" + id);
	}

	/** The address of a file of a record. */
	public String addressOf(String id, FileAttached file) {
		return at("/api/v1/records/" + id + "/files/" + file.sha256());
	}

}
