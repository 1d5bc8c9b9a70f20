package se.lokalabehov.reportcatalogue.harvest;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import se.lokalabehov.web.outside.Outside;

/**
 * The limits within which sources are harvested.
 *
 * @param allowed hosts ({@code host:port}) that may have an address that is not public
 * @param pageBytes of one page, unpacked
 * @param pages of one harvest; what is left is taken the next time
 * @param pageTime for one page
 */
@ConfigurationProperties("lokala-behov.harvest")
record HarvestProperties(@DefaultValue List<String> allowed, @DefaultValue("8000000") int pageBytes,
		@DefaultValue("10000") int pages, @DefaultValue("60s") Duration pageTime) {

	Outside.Limits limits() {
		return new Outside.Limits(this.pageBytes, this.pageTime, this.allowed);
	}

}
