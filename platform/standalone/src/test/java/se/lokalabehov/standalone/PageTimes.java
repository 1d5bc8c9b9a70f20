package se.lokalabehov.standalone;

import java.lang.management.ManagementFactory;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;

/**
 * Measures the server's time per page, whole answer, at a platform that runs at
 * {@code -Dbrowser.at} with the example played (the first argument says how many needs
 * there shall be besides, submitted first, evenly over all municipalities; the second how
 * many records):
 * {@code mvn -Pmeasure verify -Dmeasure.main=se.lokalabehov.standalone.PageTimes
 * -Dmeasure.arguments="15000 1000"}.
 */
final class PageTimes {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"");

	private static final int WARM = 15;

	private static final int TIMED = 60;

	private static final int CLIENTS = 8;

	private final URI portal = URI.create(System.getProperty("browser.at", "http://localhost:8080"));

	private final Api api = new Api(this.portal, Part.DEMO_ISSUER.beside(this.portal));

	private final Map<String, HttpClient> people = new HashMap<>();

	private PageTimes() {
	}

	/**
	 * Measures.
	 * @param arguments how many needs to submit first, none when left out
	 * @throws Exception when the platform does not answer
	 */
	public static void main(String[] arguments) throws Exception {
		PageTimes times = new PageTimes();
		if (arguments.length > 0) {
			times.submit(Integer.parseInt(arguments[0]));
		}
		if (arguments.length > 1) {
			times.publish(Integer.parseInt(arguments[1]));
		}
		Map<String, String> made = PagesTests.made(times.api);
		System.out.printf(Locale.ROOT, "load average %.1f, %d processors%n",
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
				Runtime.getRuntime().availableProcessors());
		for (PageRoutes page : PageRoutes.pages().toList()) {
			if (!page.path().equals("/logga-in")) {
				times.measure(page, made);
			}
		}
		System.exit(0);
	}

	private void submit(int needs) {
		String cycle = this.api.anybody()
			.list("/cycles")
			.stream()
			.filter((one) -> one.path("status").asString("").equals("OPEN"))
			.map((one) -> one.path("id").asString(""))
			.findFirst()
			.orElseThrow();
		List<String> municipalities = Directory.standard()
			.organisations(Kind.MUNICIPALITY)
			.stream()
			.map((one) -> one.id().value())
			.toList();
		long began = System.nanoTime();
		Parallel.each(CLIENTS, IntStream.range(0, needs).boxed().toList(), (number) -> {
			String municipality = municipalities.get(number % municipalities.size());
			Api.As approver = this.api.as("godkannare-" + municipality);
			String id = approver.post("/needs",
					Map.of("cycle", cycle, "area", "BOU", "municipalities", List.of(municipality), "wording",
							Map.of("title", "Behov " + number, "targetGroups", List.of("BARN"), "needType", "METOD",
									"situation", "Så ser det ut i dag hos oss, nummer " + number + ".", "question",
									"Vad behöver vi veta om detta, nummer " + number + "?")))
				.id();
			approver.post("/needs/" + id + "/submission", Map.of());
		});
		System.out.printf(Locale.ROOT, "%d needs submitted in %.0f s%n", needs, (System.nanoTime() - began) / 1e9);
	}

	private void publish(int records) {
		Parallel.each(CLIENTS, IntStream.range(0, records).boxed().toList(), (number) -> this.api.as("redaktor-FOUV")
			.post("/records",
					Map.of("content", Map.of("kind", "REPORT", "title", "Rapport " + number, "description",
							"Om det som är nummer " + number + ".", "publisher", "FOUV", "language", "sv", "areas",
							List.of("BOU"), "report", Map.of("authors", List.of("FoU"), "year", 2000 + number % 26)))));
		System.out.printf(Locale.ROOT, "%d records published%n", records);
	}

	private void measure(PageRoutes page, Map<String, String> made) throws Exception {
		HttpClient person = this.people.computeIfAbsent(page.login(), this::person);
		HttpRequest request = HttpRequest.newBuilder(this.portal.resolve(page.address(made)))
			.header("Accept", "text/html")
			.build();
		long[] nanos = new long[TIMED];
		for (int i = -WARM; i < TIMED; i++) {
			long began = System.nanoTime();
			HttpResponse<String> answer = person.send(request, HttpResponse.BodyHandlers.ofString());
			if (i >= 0) {
				nanos[i] = System.nanoTime() - began;
			}
			if (answer.statusCode() != 200 && answer.statusCode() != 410) {
				throw new IllegalStateException(request.uri() + " answers " + answer.statusCode());
			}
		}
		Arrays.sort(nanos);
		System.out.printf(Locale.ROOT, "%-34s %-20s p50 %6.1f ms  p95 %6.1f ms%n", page.path(), page.login(),
				nanos[TIMED / 2] / 1e6, nanos[TIMED * 95 / 100] / 1e6);
	}

	private HttpClient person(String login) {
		HttpClient http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.cookieHandler(new CookieManager())
			.followRedirects(HttpClient.Redirect.NORMAL)
			.build();
		try {
			if (!login.equals("-")) {
				HttpResponse<String> form = http.send(
						HttpRequest.newBuilder(this.portal.resolve("/logga-in")).header("Accept", "text/html").build(),
						HttpResponse.BodyHandlers.ofString());
				Matcher csrf = CSRF.matcher(form.body());
				if (!csrf.find()) {
					throw new IllegalStateException("no login at " + form.uri());
				}
				http.send(HttpRequest.newBuilder(form.uri())
					.header("Accept", "text/html")
					.header("Content-Type", "application/x-www-form-urlencoded")
					.POST(HttpRequest.BodyPublishers
						.ofString("username=" + login + "&password=demo&_csrf=" + csrf.group(1)))
					.build(), HttpResponse.BodyHandlers.ofString());
			}
			return http;
		}
		catch (java.io.IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
