package se.lokalabehov.portal;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Mail to people. Where it is handed in is said with Spring Boot's own
 * {@code spring.mail.*}; without {@code spring.mail.host} letters stay in the outbox.
 *
 * @param from the sender's address
 * @param address where people find the portal, for the links in letters
 * @param pause before a letter that was not taken is tried again; doubled each time, at
 * most an hour
 * @param givingUp how long a letter is tried
 * @param contact whom people write to about the open data
 */
@ConfigurationProperties("lokala-behov.portal.mail")
record MailProperties(@DefaultValue("lokala-behov@localhost") String from,
		@DefaultValue("http://localhost:8080") URI address, @DefaultValue("1m") Duration pause,
		@DefaultValue("3d") Duration givingUp, @DefaultValue("oppna-data@lokalabehov.se") String contact) {

	/** How long to wait after so many attempts. */
	Duration pauseAfter(int attempts) {
		Duration pause = this.pause.multipliedBy(1L << Math.min(attempts - 1, 12));
		return (pause.compareTo(Duration.ofHours(1)) > 0) ? Duration.ofHours(1) : pause;
	}

}
