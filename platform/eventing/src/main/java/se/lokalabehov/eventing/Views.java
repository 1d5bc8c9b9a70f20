package se.lokalabehov.eventing;

import java.util.function.Supplier;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Reading a projection's views. Criteria name fields of the view as {@code state.field}.
 *
 * @param <V> the view
 */
public final class Views<V> extends Documents<V> {

	Views(MongoTemplate mongo, Codec codec, Supplier<String> collection, Class<V> type) {
		super(mongo, codec, collection, type);
	}

}
