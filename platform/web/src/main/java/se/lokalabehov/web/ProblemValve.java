package se.lokalabehov.web;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Tomcat refuses before anything else sees it, such as an address that can not be
 * decoded, is told as a problem as well; to a browser in words. Public, as Tomcat makes
 * it by its name.
 */
public final class ProblemValve extends ErrorReportValve {

	private static final JsonMapper JSON = Json.mapper();

	@Override
	protected void report(Request request, Response response, @Nullable Throwable throwable) {
		if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		try {
			String text = text(Problem.of(HttpStatusCode.valueOf(response.getStatus())), request, response);
			Writer writer = response.getReporter();
			if (writer != null) {
				writer.write(text);
				response.finishResponse();
			}
		}
		catch (IOException | IllegalStateException ex) {
			// Whoever asked has gone, or has begun to be answered.
			container.getLogger().debug("nobody to tell", ex);
		}
	}

	/**
	 * A problem for whoever asked; the answer's headers say which it is.
	 * @return a page for a browser, JSON for everybody else
	 */
	static String text(Problem problem, HttpServletRequest request, HttpServletResponse response) {
		String accept = request.getHeader("Accept");
		boolean browser = accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
		response.setContentType(browser ? MediaType.TEXT_HTML_VALUE : MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8.name());
		response.setHeader("X-Content-Type-Options", "nosniff");
		return browser ? html(problem) : JSON.writeValueAsString(problem);
	}

	private static String html(Problem problem) {
		return "<!doctype html><html lang=\"sv\"><title>" + HtmlUtils.htmlEscape(problem.title(), "UTF-8")
				+ "</title><h1>" + HtmlUtils.htmlEscape(problem.title(), "UTF-8") + "</h1><p>"
				+ HtmlUtils.htmlEscape(problem.detail(), "UTF-8")
				+ "</p><p><a href=\"/\">Till startsidan</a></p></html>";
	}

}
