package se.lokalabehov.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import se.lokalabehov.eventing.Refusal;

/**
 * A problem as RFC 9457 writes it. Its texts never hold anything that the caller sent.
 *
 * @param type stable: {@code https://lokalabehov.se/problem/} and the rule's name
 * @param title what is wrong, in Swedish
 * @param status the HTTP status
 * @param detail what to do about it, in Swedish
 * @param instance the path that was called, where it is plain enough to repeat
 * @param fields which fields are wrong, perhaps none
 */
public record Problem(String type, String title, int status, String detail, @Nullable String instance,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) List<Refusal.Field> fields) {

	/** What every problem's type begins with. */
	public static final String TYPES = "https://lokalabehov.se/problem/";

	public Problem {
		fields = List.copyOf(fields);
	}

	/**
	 * A problem that the message file knows.
	 * @param status the HTTP status
	 * @param code the rule's name, lower case with hyphens
	 * @return the problem
	 */
	static Problem known(int status, String code) {
		return known(status, code, List.of());
	}

	static Problem known(int status, String code, List<Refusal.Field> fields) {
		return new Problem(TYPES + code, Messages.text("problem." + code + ".title"), status,
				Messages.text("problem." + code + ".detail"), Requests.instance(), fields);
	}

	/**
	 * The problem that tells of a refusal.
	 * @param refusal why
	 * @return the problem
	 */
	public static Problem of(Refusal refusal) {
		String title = "problem." + refusal.code() + ".title";
		return new Problem(TYPES + refusal.code(),
				Messages.text(Messages.has(title) ? title : "kind." + refusal.kind().name()), refusal.kind().status(),
				refusal.detail(), Requests.instance(), refusal.fields());
	}

	/**
	 * A problem of the platform itself, such as a service that is away.
	 * @param status the HTTP status
	 * @return the problem with the texts for that status
	 */
	public static Problem of(HttpStatusCode status) {
		String key = "status." + status.value();
		return known(status.value(),
				Messages.text(Messages.has(key) ? key : status.is5xxServerError() ? "status.500" : "status.400"));
	}

	/**
	 * The answer that carries the problem.
	 * @return {@code application/problem+json}, whatever the caller accepts
	 */
	public ResponseEntity<Object> answer() {
		return answer(new HttpHeaders());
	}

	ResponseEntity<Object> answer(HttpHeaders headers) {
		return ResponseEntity.status(this.status)
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(this);
	}

}
