package se.lokalabehov.prioritisation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which round holds which need, within one owner's rounds of one level and cycle. One
 * document, so that two rounds can not take the same need at once.
 *
 * @param held need to its holder
 */
record Claims(Map<String, Claim> held) {

	Claims {
		held = Map.copyOf(held);
	}

	/**
	 * A claim holds as long as its round takes ballots; nobody has to let go.
	 *
	 * @param round the holder
	 * @param atMillis when it was made, milliseconds since 1970 UTC
	 */
	record Claim(String round, long atMillis) {
	}

	Claims with(List<String> items, Claim claim) {
		Map<String, Claim> now = new HashMap<>(this.held);
		items.forEach((item) -> now.put(item, claim));
		return new Claims(now);
	}

}
