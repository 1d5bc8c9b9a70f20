package se.lokalabehov.portal;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * The same act on several things, one after the other. What is refused leaves the others
 * done, and is told with its name; sent once more, what is done is not done twice.
 */
final class Bulk {

	private Bulk() {
	}

	/**
	 * Acts on each.
	 * @param titles of the things, by id, for telling which was refused
	 * @param key the form's
	 * @param act takes a key of its own and the id
	 * @return what was refused, none when nothing was
	 */
	static @Nullable Trouble each(Collection<String> ids, Map<String, String> titles, String key,
			BiFunction<String, String, Services.Answer> act) {
		try {
			for (String id : ids) {
				String own = UUID.nameUUIDFromBytes((key + id).getBytes(StandardCharsets.UTF_8)).toString();
				Services.Answer answer = act.apply(own, id);
				if (!answer.ok()) {
					Trouble trouble = Trouble.of(answer);
					return (ids.size() == 1 || trouble.text() == null) ? trouble
							: new Trouble(titles.getOrDefault(id, "") + ": " + trouble.text(), null, trouble.fields());
				}
			}
			return null;
		}
		catch (Services.Away ex) {
			return Trouble.of(ex);
		}
	}

}
