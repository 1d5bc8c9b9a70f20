package se.lokalabehov.authorisation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a row of the table is tried on.
 *
 * @param watch where one sees whether it has changed
 * @param watcher who sees it there
 * @param shared one for everybody, which nobody may change
 * @param fresh another one, for whoever may
 */
record Target(String watch, Who watcher, Map<String, String> shared, Supplier<Map<String, String>> fresh) {

	/** Fills in the places of a path; {@code ?} is what follows it. */
	static String filled(String path, Map<String, String> places) {
		String filled = path;
		for (Map.Entry<String, String> place : places.entrySet()) {
			filled = filled.replace("{" + place.getKey() + "}", place.getValue());
		}
		String query = places.get("?");
		return (query != null && !filled.contains("?")) ? filled + "?" + query : filled;
	}

	/** The same with one more place. */
	Target with(String place, String value) {
		return new Target(this.watch, this.watcher, joined(this.shared, place, value),
				() -> joined(this.fresh.get(), place, value));
	}

	private static Map<String, String> joined(Map<String, String> places, String place, String value) {
		Map<String, String> joined = new HashMap<>(places);
		joined.put(place, value);
		return joined;
	}

}
