package se.lokalabehov.web;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;

/**
 * How the platform answers over HTTP: the same shape, status and headers for the same
 * thing in every service.
 */
public final class Answers {

	private Answers() {
	}

	/**
	 * Answers a command that made a new resource: 201 with its address, or the refusal. A
	 * repeated command gets the same answer again.
	 * @param outcome what became of the command
	 * @param path where such resources live, with the slash at the end:
	 * {@code /api/v1/needs/}
	 * @return 201 with {@code Location} and {@code ETag}, body
	 * {@code {"id","version","href"}}
	 */
	public static <S> ResponseEntity<Object> created(Outcome<S> outcome, String path) {
		return switch (outcome) {
			case Outcome.Done<S> done -> {
				Receipt receipt = Receipt.of(done, path);
				yield ResponseEntity.created(URI.create(receipt.href())).eTag(eTag(done.version())).body(receipt);
			}
			case Outcome.Refused<S> refused -> refused(refused.refusal());
		};
	}

	/**
	 * Answers any other command: 200, or the refusal.
	 * @param outcome what became of the command
	 * @param path the resource's own path, or where such resources live with a slash at
	 * the end
	 * @return 200 with {@code ETag}, body {@code {"id","version","href"}}
	 */
	public static <S> ResponseEntity<Object> of(Outcome<S> outcome, String path) {
		return switch (outcome) {
			case Outcome.Done<S> done -> ResponseEntity.ok().eTag(eTag(done.version())).body(Receipt.of(done, path));
			case Outcome.Refused<S> refused -> refused(refused.refusal());
		};
	}

	/**
	 * Answers with a refusal.
	 * @param refusal why
	 * @return a problem (RFC 9457); with {@code Retry-After} when waiting helps
	 */
	public static ResponseEntity<Object> refused(Refusal refusal) {
		HttpHeaders headers = new HttpHeaders();
		if (refusal.kind() == Refusal.Kind.NOT_HERE_YET) {
			headers.set(HttpHeaders.RETRY_AFTER, "1");
		}
		else if (refusal.kind() == Refusal.Kind.BEHIND) {
			headers.set(HttpHeaders.RETRY_AFTER, "60");
		}
		Refusal said = (refusal.kind() == Refusal.Kind.FORBIDDEN && !Caller.current().tooWeak().isEmpty())
				? Refusal.forbidden(refusal.detail() + " " + Messages.text("login.too-weak")) : refusal;
		return Problem.of(said).answer(headers);
	}

	/**
	 * Answers a question for one thing.
	 * @param found the thing; none when it is not there or may not be seen
	 * @param mapper what the caller gets to see of it
	 * @return 200 with {@code ETag} (304 when the caller has that version), or 404
	 */
	public static <S> ResponseEntity<Object> read(Optional<Stored<S>> found, Function<? super Stored<S>, ?> mapper) {
		return found
			.map((stored) -> ResponseEntity.ok().eTag(eTag(stored.version())).<Object>body(mapper.apply(stored)))
			.orElseGet(() -> refused(Refusal.notFound()));
	}

	/**
	 * Answers a question for one thing that shows some of its callers more than its
	 * version counts. To them the ETag counts that as well, and to nobody else; in
	 * {@code If-Match} it is the version alone that must fit.
	 * @param found the thing; none when it is not there or may not be seen
	 * @param mapper what the caller gets to see of it
	 * @param more counts what the version does not, in what the caller gets to see
	 * @return 200 with {@code ETag: "version.more"} (304 when the caller has that), or
	 * 404
	 */
	public static <S, T> ResponseEntity<Object> read(Optional<Stored<S>> found, Function<? super Stored<S>, T> mapper,
			ToLongFunction<? super T> more) {
		return found.map((stored) -> {
			T seen = mapper.apply(stored);
			return ResponseEntity.ok()
				.eTag("\"" + stored.version() + "." + more.applyAsLong(seen) + "\"")
				.<Object>body(seen);
		}).orElseGet(() -> refused(Refusal.notFound()));
	}

	/**
	 * Answers with a page of a list.
	 * @param page the page, of what the caller gets to see
	 * @return 200 with {@code {"items", "next"}}; {@code next} is missing on the last
	 * page, otherwise {@code Link} leads on
	 */
	public static <T> ResponseEntity<Object> page(Page<T> page) {
		return page(page, Function.identity());
	}

	/**
	 * Answers with a page of a list.
	 * @param page the page
	 * @param mapper what the caller gets to see of each item
	 * @return 200 with {@code {"items", "next"}}; {@code next} is missing on the last
	 * page, otherwise {@code Link} leads on
	 */
	public static <T> ResponseEntity<Object> page(Page<T> page, Function<? super T, ?> mapper) {
		HttpHeaders headers = new HttpHeaders();
		HttpServletRequest request = Requests.current();
		if (page.next() != null && request != null) {
			headers.set(HttpHeaders.LINK, "<" + following(request, page.next()) + ">; rel=\"next\"");
		}
		List<Object> items = page.items().stream().<Object>map(mapper).toList();
		return ResponseEntity.ok().headers(headers).body(new Listed(items, page.next()));
	}

	/**
	 * The same question from a cursor on; relative (RFC 8288), so it holds behind the
	 * portal as well.
	 */
	private static String following(HttpServletRequest request, String cursor) {
		String query = Objects.requireNonNullElse(request.getQueryString(), "");
		return request.getRequestURI() + "?"
				+ Stream
					.concat(Arrays.stream(query.split("&"))
						.filter((parameter) -> !parameter.isEmpty() && !parameter.startsWith("cursor=")),
							Stream.of("cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)))
					.collect(Collectors.joining("&"));
	}

	private static String eTag(long version) {
		return "\"" + version + "\"";
	}

	/**
	 * What a command's answer says.
	 *
	 * @param id of what was changed
	 * @param version after it
	 * @param href where it is
	 */
	record Receipt(String id, long version, String href) {

		static Receipt of(Outcome.Done<?> done, String path) {
			return new Receipt(done.id(), done.version(), path.endsWith("/") ? path + done.id() : path);
		}

	}

	private record Listed(List<Object> items, @Nullable String next) {
	}

}
