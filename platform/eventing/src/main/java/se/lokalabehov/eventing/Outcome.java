package se.lokalabehov.eventing;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What became of an act.
 *
 * @param <S> the state
 */
public sealed interface Outcome<S> {

	/**
	 * It is done and durable: nothing may lose it from here on.
	 *
	 * @param id of what was changed
	 * @param version after it; of the first time when repeated
	 * @param state after it; the present one when repeated
	 * @param repeated whether the same act had already been done
	 */
	record Done<S>(String id, long version, S state, boolean repeated) implements Outcome<S> {
	}

	/**
	 * It was refused; nothing has changed.
	 *
	 * @param refusal why
	 */
	record Refused<S>(Refusal refusal) implements Outcome<S> {
	}

	/** Refused. */
	static <S> Outcome<S> refuse(Refusal refusal) {
		return new Refused<>(refusal);
	}

	/** What to do next if it was done; a refusal passes through. */
	default <T> Outcome<T> then(Function<Done<S>, Outcome<T>> next) {
		return switch (this) {
			case Done<S> done -> next.apply(done);
			case Refused<S> refused -> new Refused<>(refused.refusal());
		};
	}

	/**
	 * What was done, where a refusal has nobody to be shown to (a reaction): the event is
	 * then parked with the refusal as its cause.
	 * @throws IllegalStateException when it was refused
	 */
	default Done<S> orThrow() {
		return switch (this) {
			case Done<S> done -> done;
			case Refused<S> refused ->
				throw new IllegalStateException(refused.refusal().code() + ": " + refused.refusal().detail());
		};
	}

	/**
	 * Looks at the result if it was done, for example to remember something beside it.
	 */
	default Outcome<S> peek(Consumer<Done<S>> look) {
		if (this instanceof Done<S> done) {
			look.accept(done);
		}
		return this;
	}

}
