package se.lokalabehov.security;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Finds the access token of a request (RFC 6750, section 2.1). A header that was found to
 * bear one a short while ago is not looked through again, letter by letter: a caller
 * sends the same one for as long as the token lasts.
 */
final class BearerTokens implements BearerTokenResolver {

	private final BearerTokenResolver standard = new DefaultBearerTokenResolver();

	private final Cache<String, String> found = Caffeine.newBuilder()
		.maximumSize(CallerTokens.MOST_VERIFIED)
		.expireAfterWrite(CallerTokens.VERIFIED_FOR)
		.build();

	@Override
	public @Nullable String resolve(HttpServletRequest request) {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		String known = (header != null) ? this.found.getIfPresent(header) : null;
		if (known != null) {
			return known;
		}
		String token = this.standard.resolve(request);
		if (header != null && token != null) {
			this.found.put(header, token);
		}
		return token;
	}

}
