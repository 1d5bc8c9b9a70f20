package se.lokalabehov.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * Says no in the form of RFC 9457 and RFC 6750. The texts are fixed: nothing of the
 * request is echoed.
 */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
			throws IOException {
		if (refused instanceof AuthenticationServiceException) {
			response.setHeader(HttpHeaders.RETRY_AFTER, "5");
			write(response, HttpStatus.SERVICE_UNAVAILABLE, "inloggning-nere", "Inloggningen svarar inte",
					"Det går just nu inte att kontrollera inloggningen. Försök igen om en stund.");
		}
		else if (refused instanceof OAuth2AuthenticationException) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
			write(response, HttpStatus.UNAUTHORIZED, "ej-inloggad", "Inloggningen gäller inte",
					"Inloggningen gick inte att godkänna: den kan ha gått ut eller gälla något annat. Logga in igen.");
		}
		else {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
			write(response, HttpStatus.UNAUTHORIZED, "ej-inloggad", "Du är inte inloggad",
					"Du behöver logga in för att göra detta.");
		}
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
			throws IOException {
		write(response, HttpStatus.FORBIDDEN, "ej-behorig", "Du är inte behörig",
				"Din roll får inte göra detta för organisationen.");
	}

	private static void write(HttpServletResponse response, HttpStatus status, String type, String title, String detail)
			throws IOException {
		response.setStatus(status.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		String problem = """
				{"type":"https://lokalabehov.se/problem/%s","title":"%s","status":%d,"detail":"%s"}""".formatted(type,
				title, status.value(), detail);
		response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
	}

}
