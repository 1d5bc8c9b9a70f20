package se.lokalabehov.directory;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.contracts.OrganisationId;

/**
 * Who there is, who belongs to whom on a given day, and the controlled vocabulary. An
 * immutable value: a change gives a new directory, so whoever holds one (a cycle that
 * froze its memberships, say) never sees it change.
 *
 * <p>
 * It begins as {@link #standard()}, the reference files that ship with the platform, and
 * is brought up to date by applying the dated changes of the topic
 * {@code lokala-behov.directory} with {@link #with}. Changes with different days can be
 * applied in any order; of two changes for one municipality and day the last one applied
 * holds.
 */
public final class Directory {

	private static final Directory STANDARD = ReferenceData.read();

	private final Map<OrganisationId, Organisation> organisations;

	private final Map<OrganisationId, NavigableMap<LocalDate, Optional<OrganisationId>>> memberships;

	private final Map<String, Map<String, Term>> schemes;

	private final String vocabularyVersion;

	Directory(Collection<Organisation> organisations,
			Map<OrganisationId, NavigableMap<LocalDate, Optional<OrganisationId>>> memberships, Collection<Term> terms,
			String vocabularyVersion) {
		this.organisations = new LinkedHashMap<>();
		organisations.forEach((organisation) -> this.organisations.put(organisation.id(), organisation));
		this.memberships = memberships;
		this.schemes = new LinkedHashMap<>();
		terms.forEach((term) -> this.schemes.computeIfAbsent(term.scheme(), (scheme) -> new LinkedHashMap<>())
			.put(term.code(), term));
		this.vocabularyVersion = vocabularyVersion;
	}

	private Directory(Directory before,
			Map<OrganisationId, NavigableMap<LocalDate, Optional<OrganisationId>>> memberships) {
		this.organisations = before.organisations;
		this.schemes = before.schemes;
		this.vocabularyVersion = before.vocabularyVersion;
		this.memberships = memberships;
	}

	/**
	 * The directory as the reference files have it: 290 municipalities, 24 RSSs, ten
	 * agencies and the national bodies.
	 * @return always the same value
	 */
	public static Directory standard() {
		return STANDARD;
	}

	/**
	 * One organisation.
	 * @param id its plain code, such as "0180", "RSS-01" or "SOS"
	 * @return the organisation, or none when the directory does not know the code
	 */
	public Optional<Organisation> organisation(OrganisationId id) {
		return Optional.ofNullable(this.organisations.get(id));
	}

	/**
	 * Every organisation of a kind.
	 * @param kind the kind
	 * @return in the order of the files, which is by code for municipalities and RSSs
	 */
	public Collection<Organisation> organisations(Kind kind) {
		return this.organisations.values().stream().filter((organisation) -> organisation.kind() == kind).toList();
	}

	/**
	 * The RSS that a municipality belongs to.
	 * @param municipality a municipality's code
	 * @param on the day that is asked about
	 * @return its RSS, or none: not every municipality has one, and an unknown code has
	 * none
	 */
	public Optional<OrganisationId> rssOf(OrganisationId municipality, LocalDate on) {
		NavigableMap<LocalDate, Optional<OrganisationId>> dated = this.memberships.get(municipality);
		if (dated == null) {
			return Optional.empty();
		}
		Map.@Nullable Entry<LocalDate, Optional<OrganisationId>> inForce = dated.floorEntry(on);
		return (inForce != null) ? inForce.getValue() : Optional.empty();
	}

	/**
	 * The municipalities of an RSS.
	 * @param rss the RSS's code
	 * @param on the day that is asked about
	 * @return sorted by code; empty for an unknown code
	 */
	public List<OrganisationId> members(OrganisationId rss, LocalDate on) {
		return organisations(Kind.MUNICIPALITY).stream()
			.map(Organisation::id)
			.filter((municipality) -> rssOf(municipality, on).filter(rss::equals).isPresent())
			.toList();
	}

	/**
	 * The municipalities that no RSS asks; SKR asks them.
	 * @param on the day that is asked about
	 * @return sorted by code
	 */
	public List<OrganisationId> municipalitiesWithoutRss(LocalDate on) {
		return organisations(Kind.MUNICIPALITY).stream()
			.map(Organisation::id)
			.filter((municipality) -> rssOf(municipality, on).isEmpty())
			.toList();
	}

	/**
	 * This directory with one more dated change. The RSS may lie in another county, or be
	 * none.
	 * @param change from its day on, and until the next change, the municipality belongs
	 * there
	 * @return a new directory; this one stays as it is
	 * @throws IllegalArgumentException when the municipality is no municipality or the
	 * RSS no RSS of this directory
	 */
	public Directory with(MembershipChanged change) {
		require(change.municipality(), Kind.MUNICIPALITY);
		if (change.rss() != null) {
			require(change.rss(), Kind.RSS);
		}
		Map<OrganisationId, NavigableMap<LocalDate, Optional<OrganisationId>>> changed = new LinkedHashMap<>(
				this.memberships);
		NavigableMap<LocalDate, Optional<OrganisationId>> dated = new TreeMap<>(
				changed.getOrDefault(change.municipality(), new TreeMap<>()));
		dated.put(change.from(), Optional.ofNullable(change.rss()));
		changed.put(change.municipality(), dated);
		return new Directory(this, changed);
	}

	private void require(OrganisationId id, Kind kind) {
		if (organisation(id).filter((organisation) -> organisation.kind() == kind).isEmpty()) {
			throw new IllegalArgumentException(id + " is no " + kind);
		}
	}

	/**
	 * One area (verksamhetsområde).
	 * @param code its code, such as "SBB"
	 * @return the area, or none when the vocabulary does not have it
	 */
	public Optional<Term> area(String code) {
		return term("area", code);
	}

	/**
	 * One term of the vocabulary.
	 * @param scheme the list, such as "need-type"
	 * @param code its code in that list
	 * @return the term, or none
	 */
	public Optional<Term> term(String scheme, String code) {
		return Optional.ofNullable(this.schemes.getOrDefault(scheme, Map.of()).get(code));
	}

	/**
	 * Whether a cycle in one area takes a need in another (moment 1: a cycle takes its
	 * area and the narrower ones).
	 * @param cycleArea code of the cycle's area
	 * @param needArea code of the need's area
	 * @return true when it is the same area or a narrower one; never for unknown codes
	 */
	public boolean covers(String cycleArea, String needArea) {
		Optional<Term> area = area(needArea);
		while (area.isPresent()) {
			if (area.get().code().equals(cycleArea)) {
				return true;
			}
			area = Optional.ofNullable(area.get().broader()).flatMap(this::area);
		}
		return false;
	}

	/**
	 * An area and everything below it.
	 * @param code the area's code
	 * @return the codes, the area itself first; empty for an unknown code
	 */
	public Set<String> areaWithNarrower(String code) {
		Set<String> codes = new LinkedHashSet<>();
		area(code).ifPresent((area) -> codes.add(area.code()));
		terms("area").stream().map(Term::code).filter((narrower) -> covers(code, narrower)).forEach(codes::add);
		return codes;
	}

	/**
	 * Every term of a list.
	 * @param scheme the list
	 * @return in the order of the file; empty for an unknown list
	 */
	public List<Term> terms(String scheme) {
		return List.copyOf(this.schemes.getOrDefault(scheme, Map.of()).values());
	}

	/**
	 * Whether a list has a code.
	 * @param scheme the list
	 * @param code the code
	 * @return true when it has
	 */
	public boolean has(String scheme, String code) {
		return term(scheme, code).isPresent();
	}

	/**
	 * Which vocabulary this is; a cycle freezes it when it opens.
	 * @return the first 16 hex digits of the SHA-256 of vocabulary.csv
	 */
	public String vocabularyVersion() {
		return this.vocabularyVersion;
	}

}
