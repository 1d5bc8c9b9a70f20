package se.lokalabehov.portal;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.web.util.HtmlUtils;

/**
 * Somebody with a browser, as far as HTTP sees: cookies, forms, and one redirect at a
 * time.
 */
final class Visitor {

	private static final Pattern HIDDEN = Pattern
		.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final String portal;

	Visitor(String portal) {
		this.portal = portal;
	}

	/**
	 * What came back.
	 *
	 * @param to where one is sent, empty when one is not
	 */
	record Seen(int status, String to, String text) {

		/** The hidden fields of the page, the last of each name. */
		Map<String, String> hidden() {
			Map<String, String> fields = new HashMap<>();
			Matcher matcher = HIDDEN.matcher(this.text);
			while (matcher.find()) {
				fields.put(matcher.group(1), HtmlUtils.htmlUnescape(matcher.group(2)));
			}
			return fields;
		}

	}

	Seen get(String path) {
		return send(HttpRequest.newBuilder(at(path)).header("Accept", "text/html").build());
	}

	/** Sends a form that stands on one of the portal's own pages. */
	Seen post(String path, Map<String, String> form) {
		return post(path, form, this.portal);
	}

	/** Sends a form that stands on somebody's page. */
	Seen post(String path, Map<String, String> form, String origin) {
		String body = form.entrySet()
			.stream()
			.map((field) -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
			.collect(Collectors.joining("&"));
		return send(HttpRequest.newBuilder(at(path))
			.header("Accept", "text/html")
			.header("Origin", origin)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	/** Opens a page and sends its form with what is written in it. */
	Seen fill(String path, Map<String, String> written) {
		Map<String, String> form = get(path).hidden();
		form.putAll(written);
		return post(path, form);
	}

	/**
	 * Logs in at the demo issuer, from wherever it is asked for; gives where one lands.
	 */
	Seen logIn(String login) {
		return logIn(login, get("/logga-in"));
	}

	/** The same from where one has come. */
	Seen logIn(String login, Seen from) {
		Seen seen = from;
		for (int i = 0; i < 10 && !seen.to().isEmpty() && !isHome(seen.to()); i++) {
			String there = seen.to();
			seen = get(there);
			if (seen.text().contains("name=\"username\"")) {
				Map<String, String> form = seen.hidden();
				form.put("username", login);
				form.put("password", "demo");
				seen = post(there, form, there.replaceFirst("(https?://[^/]+).*", "$1"));
			}
		}
		return seen;
	}

	/** The value of a cookie that it has, empty when it has none of the name. */
	String cookie(String name) {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.findFirst()
			.map(HttpCookie::getValue)
			.orElse("");
	}

	private boolean isHome(String to) {
		return to.startsWith(this.portal) && !to.contains("/oauth2/") && !to.contains("/login/oauth2/");
	}

	private URI at(String path) {
		return URI.create(path.startsWith("http") ? path : this.portal + path);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/** Opens a stream of events and gives it when it has begun. */
	HttpResponse<Stream<String>> listen(String path) {
		try {
			return this.http.send(HttpRequest.newBuilder(at(path)).header("Accept", "text/event-stream").build(),
					HttpResponse.BodyHandlers.ofLines());
		}
		catch (IOException ex) {
			throw new IllegalStateException(path + " was not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private Seen send(HttpRequest request) {
		try {
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			String to = response.headers().firstValue("Location").orElse("");
			return new Seen(response.statusCode(), to.startsWith("/") ? this.portal + to : to, response.body());
		}
		catch (IOException ex) {
			throw new IllegalStateException(request.uri() + " was not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
