package se.lokalabehov.nationalhandoff;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.nationalhandoff.Access.Sight;
import se.lokalabehov.nationalhandoff.model.NationalNeed;
import se.lokalabehov.nationalhandoff.model.NationalNeed.Screening;
import se.lokalabehov.nationalhandoff.model.NationalNeed.ScreeningRequest;
import se.lokalabehov.nationalhandoff.model.NationalNeed.Version;
import se.lokalabehov.nationalhandoff.model.NeedSeen;
import se.lokalabehov.security.Caller;

/**
 * A national need as it is answered.
 *
 * @param id which
 * @param cycle in which cycle
 * @param status how far it has come
 * @param version of words and sources, from 1 (the ETag counts every change)
 * @param wording the words
 * @param regionalNeeds how many regional needs are behind it
 * @param municipalities how many different municipalities are behind it
 * @param sources the regional needs behind it; not in lists
 * @param asked who is asked to judge it
 * @param screening the verdict in force
 * @param replacedScreenings verdicts that a later one replaced, oldest first; not in
 * lists
 * @param earlierVersions former words, oldest first; not in lists
 * @param dissolved why it was taken apart
 */
record NationalNeedShown(String id, CycleId cycle, Status status, int version, Wording wording, int regionalNeeds,
		int municipalities, @Nullable List<SourceShown> sources, @Nullable ScreeningRequest asked,
		@Nullable Screening screening, @Nullable List<Screening> replacedScreenings,
		@Nullable List<EarlierVersion> earlierVersions, @Nullable String dissolved) {

	/** How far a national need has come. */
	enum Status {

		/** Formed. */
		FORMED,
		/** Agencies are asked to judge it. */
		IN_SCREENING,
		/** Judged, and goes on to be ranked. */
		SCREENED,
		/** Judged, and answered by what exists. */
		ANSWERED,
		/** Taken apart. */
		DISSOLVED;

		static Status of(NationalNeed need) {
			if (need.dissolved() != null) {
				return DISSOLVED;
			}
			if (need.screening() != null) {
				return need.answered() ? ANSWERED : SCREENED;
			}
			return (need.asked() != null) ? IN_SCREENING : FORMED;
		}

	}

	/**
	 * Former words.
	 *
	 * @param version which
	 * @param wording the words
	 */
	record EarlierVersion(int version, Wording wording) {
	}

	/**
	 * A regional need behind it, as it was delivered.
	 *
	 * @param regionalNeed which
	 * @param version its delivered version
	 * @param rss who delivered it, when that tells no more than the caller may know
	 * @param wording its words, for SKR and the agencies
	 * @param undoingRequested why its RSS asks for the merge to be undone, for SKR and
	 * the agencies
	 * @param members the needs behind it
	 */
	record SourceShown(RegionalNeedId regionalNeed, int version, @Nullable OrganisationId rss,
			@Nullable Wording wording, @Nullable String undoingRequested, List<MemberShown> members) {
	}

	/**
	 * A need behind it.
	 *
	 * @param need which
	 * @param version the exact version
	 * @param municipalities whose, when the caller may know
	 */
	record MemberShown(NeedId need, int version, @Nullable List<OrganisationId> municipalities) {
	}

	/** As an item of a list. */
	static NationalNeedShown listed(Stored<NationalNeed> stored) {
		NationalNeed need = stored.state();
		return of(stored.id(), need, null, null, null);
	}

	/** By itself, as far as the caller sees it. */
	static NationalNeedShown whole(Caller caller, Finding.Seen seen, Known known) {
		NationalNeed need = seen.stored().state();
		List<Source> sources = need.current().sources();
		Map<RegionalNeedId, NeedSeen.Regional> regional = (seen.sight() != Sight.WHOLE) ? Map.of()
				: known.regional(sources.stream().map(Source::regionalNeed).toList());
		// Whoever sees everything need not be told what may be named.
		Set<NeedId> naming = (seen.sight() == Sight.WHOLE) ? Set.of() : known
			.naming(sources.stream().flatMap((source) -> source.members().stream()).map(Member::need).toList());
		return of(seen.stored().id(), need,
				sources.stream()
					.map((source) -> shown(caller, seen.sight(), source, regional.get(source.regionalNeed()), naming))
					.toList(),
				need.replaced(),
				need.versions()
					.stream()
					.limit(need.versions().size() - 1L)
					.map((version) -> new EarlierVersion(version.number(), version.wording()))
					.toList());
	}

	private static NationalNeedShown of(String id, NationalNeed need, @Nullable List<SourceShown> sources,
			@Nullable List<Screening> replaced, @Nullable List<EarlierVersion> earlier) {
		Version current = need.current();
		return new NationalNeedShown(id, need.cycle(), Status.of(need), current.number(), current.wording(),
				current.sources().size(), weight(current.sources()), sources, need.asked(), need.screening(), replaced,
				earlier, need.dissolved());
	}

	/** Weight counts different municipalities (domain rule 12). */
	static int weight(Collection<Source> sources) {
		Set<OrganisationId> different = new HashSet<>();
		sources.forEach((source) -> source.members().forEach((member) -> different.addAll(member.municipalities())));
		return different.size();
	}

	private static SourceShown shown(Caller caller, Sight sight, Source source, NeedSeen.@Nullable Regional regional,
			Set<NeedId> naming) {
		List<MemberShown> members = source.members()
			.stream()
			.map((member) -> new MemberShown(member.need(), member.version(),
					Access.seesMunicipalities(caller, sight, source, member, naming) ? member.municipalities() : null))
			.toList();
		// A region may be a single municipality, so its name can say whose need it is.
		boolean namesTheRegion = members.stream().anyMatch((member) -> member.municipalities() != null);
		return new SourceShown(source.regionalNeed(), source.version(), namesTheRegion ? source.rss() : null,
				(regional != null) ? regional.wording() : null, (regional != null) ? regional.undoingRequested() : null,
				members);
	}

}
