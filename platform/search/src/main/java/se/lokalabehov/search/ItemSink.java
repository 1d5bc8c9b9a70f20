package se.lokalabehov.search;

import java.util.Map;

/**
 * What items are put into: the index that answers, or one that is being built beside it.
 */
public interface ItemSink {

	/**
	 * Puts an item in the place of the one with the same id, if there is one.
	 * @param item the item
	 */
	void put(Item item);

	/**
	 * Takes an item away.
	 * @param id of the item; need not exist
	 */
	void remove(String id);

	/**
	 * Makes everything up to now last, together with how far it reaches.
	 * @param position what whoever feeds the index needs to go on from here, for example
	 * offsets by topic and partition
	 */
	void commit(Map<String, String> position);

	/**
	 * The position of the last commit.
	 * @return what was given to it; empty when there has been none
	 */
	Map<String, String> position();

}
