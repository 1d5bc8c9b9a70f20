package se.lokalabehov.search;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Something that can be found.
 *
 * @param id unique over all kinds
 * @param kind what it is
 * @param title shown, and weighs most
 * @param summary abstract, situation or question; what suggestions are compared with,
 * together with the title
 * @param body the whole text, may be empty; searched, never suggested by
 * @param authors as printed
 * @param publisher code or name, as facets show it
 * @param year of publication
 * @param language ISO 639-1
 * @param areas codes of the scheme {@code area}
 * @param targetGroups codes of the scheme {@code target-group}
 * @param method how it was done
 * @param date for date ranges: published, or last changed
 * @param visibleTo marks of who may see it, such as {@code public} or {@code RSS-01};
 * with none nobody finds it but {@link Visibility#EVERYTHING}
 */
public record Item(String id, Kind kind, String title, String summary, String body, List<String> authors,
		@Nullable String publisher, @Nullable Integer year, @Nullable String language, List<String> areas,
		List<String> targetGroups, @Nullable String method, @Nullable LocalDate date, List<String> visibleTo) {

	/** The mark of what everyone may see. */
	public static final String PUBLIC = "public";

	public Item {
		authors = List.copyOf(authors);
		areas = List.copyOf(areas);
		targetGroups = List.copyOf(targetGroups);
		visibleTo = List.copyOf(visibleTo);
	}

	/**
	 * An item with a title and a summary only.
	 * @param kind what it is
	 * @param id unique over all kinds
	 * @param title its title
	 * @param summary its summary
	 * @return an item that everyone may see
	 */
	public static Item of(Kind kind, String id, String title, String summary) {
		return new Item(id, kind, title, summary, "", List.of(), null, null, null, List.of(), List.of(), null, null,
				List.of(PUBLIC));
	}

}
