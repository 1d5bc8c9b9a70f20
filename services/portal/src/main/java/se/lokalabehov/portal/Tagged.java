package se.lokalabehov.portal;

import org.springframework.http.ResponseEntity;

import se.lokalabehov.eventing.Act;

/**
 * Answers with what is put together when it is read, and so has no version of its own:
 * its entity tag says what it says.
 */
final class Tagged {

	private Tagged() {
	}

	/** 200, or 304 when the caller has the same. Records of records only. */
	static ResponseEntity<Object> ok(Object body) {
		return ResponseEntity.ok().eTag("\"" + Act.sha256(body.toString()).substring(0, 16) + "\"").body(body);
	}

}
