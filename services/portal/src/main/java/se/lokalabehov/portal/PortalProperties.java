package se.lokalabehov.portal;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What differs between installations.
 *
 * @param services the address of each service, by its name
 * @param timeLimit how long a service may take before it begins to answer
 * @param bodyLimit how long an answer may take altogether
 * @param pause how long a service that is away is left alone before it is tried again
 * @param logins where people log in, by an id that stands in addresses; none when nobody
 * can
 * @param session how long a login lasts at most
 * @param renewal how old tokens may be before they are renewed at their issuer
 * @param demoLogins hints about the demo logins, shown on the first page when there are
 * any
 * @param reportsPerHour how many reports on accessibility are taken in an hour, from all
 * together
 * @param operator the public body that answers for the site, as the accessibility
 * statement must say; none until it is set
 */
@ConfigurationProperties("lokala-behov.portal")
record PortalProperties(Map<String, URI> services, @DefaultValue("15s") Duration timeLimit,
		@DefaultValue("2m") Duration bodyLimit, @DefaultValue("3s") Duration pause,
		@DefaultValue Map<String, Login> logins, @DefaultValue("10h") Duration session,
		@DefaultValue("10m") Duration renewal, @DefaultValue List<String> demoLogins,
		@DefaultValue("60") int reportsPerHour, @Nullable String operator) {

	/**
	 * An issuer where people log in (OpenID Connect, code flow with PKCE).
	 *
	 * @param issuer its exact {@code iss}, also where browsers find it
	 * @param inside where the portal itself reaches it, when that is elsewhere (in a
	 * network of containers)
	 * @param clientId what the portal is called there
	 * @param clientSecret what the portal proves itself with
	 * @param name what people know it by
	 * @param acrValues the levels of assurance to ask it for, the best first (OIDC Core
	 * 3.1.2.1 {@code acr_values}); as the issuer has it when left out
	 */
	record Login(URI issuer, @Nullable URI inside, @DefaultValue("portal") String clientId,
			@DefaultValue("") String clientSecret, @DefaultValue("Lokala behov") String name,
			@DefaultValue List<String> acrValues) {

		/** Never the secret. */
		@Override
		public String toString() {
			return this.name + " at " + this.issuer;
		}

	}

	PortalProperties {
		for (Room room : Room.values()) {
			if (!services.containsKey(room.service())) {
				throw new IllegalArgumentException("lokala-behov.portal.services lacks " + room.service());
			}
		}
	}

	URI address(Room room) {
		return Objects.requireNonNull(this.services.get(room.service()));
	}

}
