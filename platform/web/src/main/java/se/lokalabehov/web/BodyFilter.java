package se.lokalabehov.web;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of a command once, whole and bounded, so that it can be recognised when
 * it is repeated, and lets its answer go out once and whole. Stands behind security:
 * nobody unknown has a body read. A PDF file is left alone: the one endpoint that takes
 * it reads it as a stream, with a limit of its own. What says that it is of no media type
 * is refused whatever it is sent to.
 */
final class BodyFilter extends OncePerRequestFilter {

	/** One megabyte; a need with every text at its longest is some 15 kB. */
	static final int LIMIT = 1024 * 1024;

	/** Of a table: five thousand rows. */
	static final int TABLE_LIMIT = 5 * LIMIT;

	private static final byte[] NOTHING = new byte[0];

	private final JsonMapper json;

	BodyFilter(JsonMapper json) {
		this.json = json;
	}

	/** The bytes of a request's body, empty when it has none. */
	static byte[] body(HttpServletRequest request) {
		@Nullable Read read = WebUtils.getNativeRequest(request, Read.class);
		return (read != null) ? read.body : NOTHING;
	}

	private static boolean isCommand(HttpServletRequest request) {
		return switch (request.getMethod()) {
			case "POST", "PUT", "PATCH", "DELETE" -> request.getRequestURI().startsWith("/api/")
					&& !MediaType.APPLICATION_PDF_VALUE.equalsIgnoreCase(request.getContentType());
			default -> false;
		};
	}

	/** Spring would fail on it wherever it looks. */
	private static boolean isMediaType(@Nullable String contentType) {
		try {
			MediaType type = (contentType != null && !contentType.isEmpty()) ? MediaType.parseMediaType(contentType)
					: MediaType.APPLICATION_JSON;
			return type.isConcrete();
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!isMediaType(request.getContentType())) {
			refuse(response, Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE));
			return;
		}
		if (!isCommand(request)) {
			chain.doFilter(request, response);
			return;
		}
		boolean table = isTable(request.getContentType());
		int limit = table ? TABLE_LIMIT : LIMIT;
		byte[] body = (request.getContentLengthLong() > limit) ? null : request.getInputStream().readNBytes(limit + 1);
		if (body == null || body.length > limit) {
			refuse(response, table ? Problem.known(HttpStatus.CONTENT_TOO_LARGE.value(), "for-stor-tabell")
					: Problem.of(HttpStatus.CONTENT_TOO_LARGE));
			return;
		}
		chain.doFilter(new Read(request, body), new Whole(response));
	}

	private void refuse(HttpServletResponse response, Problem problem) throws IOException {
		response.setStatus(problem.status());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(this.json.writeValueAsBytes(problem));
	}

	private static boolean isTable(@Nullable String contentType) {
		return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("text/csv");
	}

	/**
	 * A request whose body has been read.
	 */
	private static final class Read extends HttpServletRequestWrapper {

		private final byte[] body;

		Read(HttpServletRequest request, byte[] body) {
			super(request);
			this.body = body;
		}

		@Override
		public ServletInputStream getInputStream() {
			return new Again(new ByteArrayInputStream(this.body));
		}

		@Override
		public BufferedReader getReader() {
			String encoding = getCharacterEncoding();
			return new BufferedReader(new InputStreamReader(getInputStream(),
					(encoding != null) ? Charset.forName(encoding) : StandardCharsets.UTF_8));
		}

	}

	/**
	 * The answer to a command goes out as a whole, with its length: once through the
	 * network, where Spring would have sent its head and body first and its end later.
	 */
	private static final class Whole extends HttpServletResponseWrapper {

		Whole(HttpServletResponse response) {
			super(response);
		}

		@Override
		public void flushBuffer() {
			// The container does when it is finished, or too long to be kept.
		}

	}

	/**
	 * The same bytes as a stream.
	 */
	private static final class Again extends ServletInputStream {

		private final ByteArrayInputStream bytes;

		Again(ByteArrayInputStream bytes) {
			this.bytes = bytes;
		}

		@Override
		public int read() {
			return this.bytes.read();
		}

		@Override
		public int read(byte[] into, int offset, int length) {
			return this.bytes.read(into, offset, length);
		}

		@Override
		public int available() {
			return this.bytes.available();
		}

		@Override
		public boolean isFinished() {
			return this.bytes.available() == 0;
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setReadListener(ReadListener listener) {
			throw new IllegalStateException("the body has been read already");
		}

	}

}
