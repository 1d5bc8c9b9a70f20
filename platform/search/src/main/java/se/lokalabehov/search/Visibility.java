package se.lokalabehov.search;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Who is asking: an item is found when at least one of its marks is among these.
 *
 * @param marks what the caller may see, such as {@code public} and {@code RSS-01}; none
 * (null) stands for no limit
 */
public record Visibility(@Nullable Set<String> marks) {

	/** No limit: for what runs on behalf of nobody. */
	public static final Visibility EVERYTHING = new Visibility(null);

	/** What everyone may see. */
	public static final Visibility PUBLIC = of(Item.PUBLIC);

	public Visibility {
		marks = (marks != null) ? Set.copyOf(marks) : null;
	}

	/**
	 * What has one of these marks.
	 * @param marks the marks; with none at all nothing is found
	 * @return the visibility
	 */
	public static Visibility of(String... marks) {
		return new Visibility(Set.of(marks));
	}

}
