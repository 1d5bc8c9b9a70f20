package se.lokalabehov.eventing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.bson.Document;
import org.bson.codecs.DocumentCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DatabindException;

import se.lokalabehov.contracts.OrganisationId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a state says is the same when it comes back from the store.
 */
class CodecTests {

	private final Codec codec = new Codec();

	sealed interface Part {

		record Text(String text) implements Part {
		}

		record Amount(int small, long large, double share) implements Part {
		}

	}

	record State(OrganisationId by, List<Part> parts, Map<OrganisationId, LocalDate> days, Instant at, boolean open,
			@Nullable String note) {
	}

	@Test
	void whatIsInAStateComesBackAsItWas() {
		State state = new State(new OrganisationId("0180"),
				List.of(new Part.Amount(-1, Long.MIN_VALUE, 0.1), new Part.Amount(Integer.MAX_VALUE, 1L << 40, -1e300)),
				Map.of(new OrganisationId("SKR"), LocalDate.of(2028, 2, 29)),
				Instant.parse("2026-11-22T10:15:30.123456789Z"), true, null);
		assertThat(back(state)).isEqualTo(state);
		assertThat(bson(state)).doesNotContainKey("note");
		// Searched by: text as text, and whole numbers by their value.
		assertThat(bson(state).getString("by")).isEqualTo("0180");
		assertThat(bson(state).getList("parts", Document.class).getFirst()).containsEntry("kind", "Amount")
			.containsEntry("large", Long.MIN_VALUE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "å ä ö", "\"\\/\b\f\n\r\t", "a\u0000b", "\u2028\u2029\uFEFF",
			"👩‍👩‍👧 𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "{\"$where\": 1}", "\u202Ebak" })
	void textComesBackToTheLetter(String text) {
		String much = text.repeat(5000);
		State state = new State(new OrganisationId("0180"), List.of(new Part.Text(text), new Part.Text(much)), Map.of(),
				Instant.EPOCH, false, text);
		assertThat(back(state)).isEqualTo(state);
	}

	/** Half of a pair is no text in any encoding: it must not take others with it. */
	@Test
	void halfAPairIsRefused() {
		State state = new State(new OrganisationId("0180"), List.of(), Map.of(), Instant.EPOCH, false, "a\uD800b");
		assertThatExceptionOfType(DatabindException.class).isThrownBy(() -> bson(state));
	}

	private Document bson(State state) {
		return this.codec.state(state, State.class).decode(new DocumentCodec());
	}

	private State back(State state) {
		return this.codec.state(bson(state), State.class);
	}

}
