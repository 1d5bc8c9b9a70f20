package se.lokalabehov.standalone;

/**
 * The API answered otherwise than the example expects.
 */
final class UnexpectedAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnexpectedAnswerException(String who, String what, Answer answer) {
		super(who + ": " + what + " was answered " + answer.status() + " " + answer.body());
	}

	UnexpectedAnswerException(String message, Throwable cause) {
		super(message, cause);
	}

}
