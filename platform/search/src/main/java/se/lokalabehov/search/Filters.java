package se.lokalabehov.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/** What limits the items that are found, without any part in their order. */
final class Filters {

	private Filters() {
	}

	static List<Query> of(Visibility visibility, Set<Kind> kinds) {
		List<Query> filters = new ArrayList<>();
		Set<String> marks = visibility.marks();
		if (marks != null) {
			filters.add(anyOf(Fields.VISIBLE_TO, marks));
		}
		if (kinds.size() < Kind.values().length) {
			filters.add(anyOf(Fields.KIND, kinds.stream().map(Kind::name).toList()));
		}
		return filters;
	}

	static Query anyOf(String field, Collection<String> values) {
		return new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
	}

}
