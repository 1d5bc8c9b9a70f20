package se.lokalabehov.nationalhandoff.wire;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import se.lokalabehov.web.outside.Outside;

/**
 * The limits within which webhooks are sent.
 *
 * @param address where agencies find the API, for what is too long to be sent
 * @param allowed hosts ({@code host:port}) that may have an address that is not public,
 * and be asked without TLS; for tests
 * @param time for one attempt, from the lookup to the last byte of the answer
 * @param answerBytes of an answer, which is not read any further
 * @param payloadBytes of what is sent; an event that is longer is sent without its words
 * @param retries the pauses between attempts, before each is made a little longer or
 * shorter by chance; after the last one a delivery is given up
 * @param keys what the secrets of endpoints are encrypted with where they are kept,
 * secrets themselves, of at least 32 characters: the first encrypts, all decrypt; kept as
 * they are when there is none
 * @param rotation how long an old secret is valid besides the new one
 * @param sweep how often one looks for what is due
 */
@ConfigurationProperties("lokala-behov.webhooks")
record WebhookProperties(@DefaultValue("http://localhost:8080") URI address, @DefaultValue List<String> allowed,
		@DefaultValue("15s") Duration time, @DefaultValue("65536") int answerBytes,
		@DefaultValue("20000") int payloadBytes, @DefaultValue( {
				"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h" }) List<Duration> retries,
		@DefaultValue List<String> keys, @DefaultValue("24h") Duration rotation, @DefaultValue("5s") Duration sweep){

	/** Never the keys. */
	@Override
	public String toString() {
		return "WebhookProperties[" + this.address + "]";
	}

	Outside.Limits limits() {
		return new Outside.Limits(this.answerBytes, this.time, this.allowed);
	}

}
