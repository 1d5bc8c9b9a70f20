package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.util.UUID;

/**
 * The command that is measured: a question heard in daily work is noted. Need-intake and
 * every side of the pipeline take the same.
 */
final class Note {

	private static final String BODY = """
			{"text": "Vilket stöd hjälper närstående när den som dricker inte vill ha kontakt?", "area": "SBB"}""";

	private Note() {
	}

	/**
	 * Notes it.
	 * @return the note's identifier
	 */
	static String send(Http http, Bearer bearer) throws IOException {
		String answer = http
			.send("POST", "/api/v1/question-notes", bearer.token(), BODY, "Idempotency-Key",
					UUID.randomUUID().toString())
			.expecting(201)
			.text();
		int id = answer.indexOf("\"id\":\"") + 6;
		return answer.substring(id, answer.indexOf('"', id));
	}

}
