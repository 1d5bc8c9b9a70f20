package se.lokalabehov.portal;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.Place;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.contracts.Source;

/**
 * What was walked together around one or several ids, before anybody asks who may see
 * which part of it.
 */
final class Gathered {

	private final Map<Kind, Map<String, Node>> nodes = new EnumMap<>(Kind.class);

	Gathered() {
		for (Kind kind : Kind.values()) {
			this.nodes.put(kind, new LinkedHashMap<>());
		}
	}

	Gathered add(Collection<Node> more) {
		more.forEach((node) -> of(node.kind()).put(node.id(), node));
		return this;
	}

	private Map<String, Node> of(Kind kind) {
		Map<String, Node> ofKind = this.nodes.get(kind);
		if (ofKind == null) {
			throw new IllegalStateException("no place for " + kind);
		}
		return ofKind;
	}

	Collection<Node> all(Kind kind) {
		return of(kind).values();
	}

	Set<String> ids(Kind kind) {
		return of(kind).keySet();
	}

	Stream<Node> all() {
		return this.nodes.values().stream().flatMap((ofKind) -> ofKind.values().stream());
	}

	Optional<Node> find(Kind kind, @Nullable String id) {
		return (id != null) ? Optional.ofNullable(of(kind).get(id)) : Optional.empty();
	}

	/** The national needs that a need or a regional need stands behind. */
	Stream<Node> nationalsWith(String id) {
		return all(Kind.NATIONAL_NEED).stream().filter(Node::stands).filter((one) -> one.links().contains(id));
	}

	/** The closed national rounds that rank a national need, the latest last. */
	Stream<Node> closedNationalRoundsWith(String national) {
		return all(Kind.ROUND).stream()
			.filter((round) -> isNational(round) && round.has(RoundClosed.class) && round.links().contains(national))
			.sorted(Comparator.comparing((round) -> round.latest().time()));
	}

	static boolean isNational(Node round) {
		return round.last(RoundOpened.class).filter((opened) -> opened.level() == Level.NATIONAL).isPresent();
	}

	/**
	 * Whether a national need is published: a national round with it has closed, or it
	 * was answered in screening.
	 */
	boolean isPublished(Node national) {
		return national.verdict().filter((screened) -> !screened.verdict().goesOn()).isPresent()
				|| closedNationalRoundsWith(national.id()).findAny().isPresent();
	}

	/** Whether a national need that this need or regional need is behind is published. */
	boolean isBehindWhatIsPublished(Node node) {
		return nationalsWith(node.id()).anyMatch(this::isPublished);
	}

	/** The RSSs behind a national need. */
	static Stream<String> regionsBehind(Node national) {
		return national.sources().stream().map(Source::rss).map(Object::toString);
	}

	/** The municipalities of a region, frozen when the cycle opened. */
	List<String> region(@Nullable String cycle, @Nullable String asker) {
		return find(Kind.CYCLE, cycle).flatMap((node) -> node.last(CycleOpened.class))
			.stream()
			.flatMap((opened) -> opened.regions().stream())
			.filter((region) -> region.asker().value().equals(asker))
			.map(Region::municipalities)
			.flatMap(List::stream)
			.map(Object::toString)
			.toList();
	}

	/** The place of an item in a closed round. */
	static Optional<Place> place(Node round, String item) {
		return round.ranking().stream().filter((place) -> place.item().equals(item)).findFirst();
	}

}
