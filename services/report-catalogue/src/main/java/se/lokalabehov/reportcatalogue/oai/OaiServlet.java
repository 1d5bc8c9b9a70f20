package se.lokalabehov.reportcatalogue.oai;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The provider over HTTP: GET, and POST of a form; the schema of the own format beside
 * it. A servlet, as the protocol answers every fault itself, in its own way.
 */
final class OaiServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private final transient Provider provider;

	private final transient byte[] schema = ContentXml.schema();

	OaiServlet(Provider provider) {
		this.provider = provider;
	}

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
		byte[] answer = "/lb.xsd".equals(request.getPathInfo()) ? this.schema
				: (request.getPathInfo() == null) ? this.provider.answer(parameters(request)) : null;
		if (answer == null) {
			response.sendError(HttpServletResponse.SC_NOT_FOUND);
			return;
		}
		response.setContentType("text/xml;charset=UTF-8");
		response.setContentLength(answer.length);
		response.getOutputStream().write(answer);
	}

	@Override
	protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
		doGet(request, response);
	}

	/** Decoded; null when they can not be. */
	private static @Nullable Map<String, String[]> parameters(HttpServletRequest request) {
		try {
			return request.getParameterMap();
		}
		catch (IllegalStateException ex) {
			// Tomcat: wrong percent-encoding, too many, or too long a body.
			return null;
		}
	}

}
