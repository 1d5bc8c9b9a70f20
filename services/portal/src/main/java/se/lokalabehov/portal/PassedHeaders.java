package se.lokalabehov.portal;

import java.net.URI;
import java.util.Collection;
import java.util.List;

import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Which headers pass. Inwards only those that mean something to a service: nothing that
 * pretends to come from a proxy (Forwarded, X-Forwarded-*), no cookies, nothing that
 * belongs to the connection; the trace is put there anew by the client. Outwards
 * everything but the service's own address.
 */
final class PassedHeaders {

	private static final List<String> INWARDS = List.of(HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_LANGUAGE,
			HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH,
			HttpHeaders.IF_MODIFIED_SINCE, HttpHeaders.IF_UNMODIFIED_SINCE, HttpHeaders.RANGE, HttpHeaders.IF_RANGE,
			HttpHeaders.USER_AGENT, "Idempotency-Key", "X-Confirm-No-Personal-Data");

	private PassedHeaders() {
	}

	/**
	 * Inwards: what is listed.
	 */
	static final class Inwards implements HttpHeadersFilter.RequestHttpHeadersFilter, Ordered {

		@Override
		public HttpHeaders apply(HttpHeaders asked, ServerRequest request) {
			HttpHeaders passed = new HttpHeaders();
			for (String name : INWARDS) {
				List<String> values = asked.get(name);
				if (values != null) {
					passed.put(name, values);
				}
			}
			return passed;
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE;
		}

	}

	/**
	 * Outwards: an address stays on the portal's origin.
	 */
	static final class Outwards implements HttpHeadersFilter.ResponseHttpHeadersFilter, Ordered {

		private final List<String> addresses;

		Outwards(Collection<URI> addresses) {
			this.addresses = addresses.stream().map((address) -> address.resolve("/").toString()).toList();
		}

		@Override
		public HttpHeaders apply(HttpHeaders answered, ServerResponse response) {
			HttpHeaders passed = new HttpHeaders();
			passed.putAll(answered);
			passed.remove(HttpHeaders.SERVER);
			passed.remove(HttpHeaders.SET_COOKIE);
			String location = answered.getFirst(HttpHeaders.LOCATION);
			if (location != null) {
				this.addresses.stream()
					.filter(location::startsWith)
					.findFirst()
					.ifPresent(
							(address) -> passed.set(HttpHeaders.LOCATION, "/" + location.substring(address.length())));
			}
			return passed;
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE;
		}

	}

}
