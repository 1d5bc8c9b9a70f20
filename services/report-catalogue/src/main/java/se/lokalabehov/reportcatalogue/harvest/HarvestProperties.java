package se.lokalabehov.reportcatalogue.harvest;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import se.lokalabehov.contracts.OrganisationId;

/**
 * What is harvested, and within which limits.
 *
 * @param sources by name, which is never changed
 * @param allowed hosts ({@code host:port}) that may have an address that is not public
 * @param pageBytes of one page, unpacked
 * @param pages of one harvest; what is left is taken the next time
 * @param pageTime for one page
 */
@ConfigurationProperties("lokala-behov.harvest")
record HarvestProperties(@DefaultValue Map<String, Source> sources, @DefaultValue List<String> allowed,
		@DefaultValue("8000000") int pageBytes, @DefaultValue("10000") int pages,
		@DefaultValue("60s") Duration pageTime) {

	/**
	 * A repository.
	 *
	 * @param address of its OAI-PMH
	 * @param prefix {@code oai_dc}, or {@code lb} for another catalogue of this kind
	 * @param set if not everything
	 * @param publisher the organisation in whose name its records stand here
	 * @param area of records that do not say theirs
	 * @param every how often
	 */
	record Source(URI address, @DefaultValue("oai_dc") String prefix, @Nullable String set, OrganisationId publisher,
			@DefaultValue("GEN") String area, @DefaultValue("24h") Duration every) {
	}

}
