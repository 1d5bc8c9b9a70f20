package se.lokalabehov.needintake;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Who may see and do what (domain rule 7). A municipality sees its own needs, also joint
 * ones that name it; an RSS those of its region; SKR what is delivered, an agency what is
 * behind a national need that it was given; the public what is behind a published one.
 * SKR is also the asker of those that have no RSS, and keeps the waiting lists. Drafts
 * stay in their municipality, notes there and with its RSS.
 */
record Access(Heard heard, Clock clock) {

	static final OrganisationId SKR = new OrganisationId("SKR");

	private static final Set<Role> MUNICIPAL = Set.of(Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER,
			Role.SOCIAL_CHIEF);

	/** How much one sees. */
	enum Sight {

		/** Nothing: it is not there. */
		NONE,
		/** What is published: the words, and the municipality only where it says so. */
		PUBLISHED,
		/** As a municipality that it concerns: the whole, and its own part. */
		OWN,
		/** What was delivered: all but words that were never delivered. */
		DELIVERED,
		/** All of it. */
		WHOLE

	}

	// Who is who

	boolean isSkr(Caller caller) {
		return caller.is(Role.SKR_COMPILER, SKR);
	}

	/** Who may strike texts out. */
	boolean isCustodian(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR);
	}

	/** For whom the caller asks municipalities, if for anyone. */
	Optional<OrganisationId> asks(Caller caller) {
		return (caller.is(Role.RSS_COORDINATOR) || isSkr(caller)) ? Optional.of(caller.organisation())
				: Optional.empty();
	}

	/** Who acts as the asker: the RSS, or SKR where there is none. */
	boolean isAsker(Caller caller, OrganisationId asker) {
		return asks(caller).filter(asker::equals).isPresent();
	}

	/** Who writes for a municipality. */
	boolean isAuthor(Caller caller, OrganisationId municipality) {
		return caller.is(Role.MUNICIPALITY_AUTHOR, municipality) || isApprover(caller, municipality);
	}

	/** Who speaks for a municipality. */
	boolean isApprover(Caller caller, OrganisationId municipality) {
		return caller.is(Role.MUNICIPALITY_APPROVER, municipality);
	}

	/** Who notes questions: any municipal role, or an RSS. */
	boolean isNoter(Caller caller) {
		return isMunicipal(caller) || caller.is(Role.RSS_COORDINATOR);
	}

	private boolean isMunicipal(Caller caller) {
		return caller.roles().stream().anyMatch(MUNICIPAL::contains);
	}

	private boolean isOneOf(Caller caller, List<OrganisationId> municipalities) {
		return isMunicipal(caller) && municipalities.contains(caller.organisation());
	}

	private boolean isAgency(Caller caller) {
		return caller.is(Role.AGENCY_OFFICER);
	}

	// Needs

	Sight of(Caller caller, Stored<Need> need) {
		return of(caller, List.of(need)).apply(need);
	}

	/** How much a caller sees of each of some needs; asked for once for all of them. */
	Function<Stored<Need>, Sight> of(Caller caller, List<Stored<Need>> needs) {
		Map<String, Sight> seen = new HashMap<>();
		needs.forEach((need) -> seen.put(need.id(), own(caller, need.state())));
		put(seen, Sight.DELIVERED, isAgency(caller) ? this.heard.given(caller.organisation(),
				unseen(needs.stream().filter((need) -> need.state().isDelivered()), seen)) : Set.of());
		put(seen, Sight.PUBLISHED, this.heard.published(unseen(needs.stream(), seen)));
		return (need) -> seen.getOrDefault(need.id(), Sight.NONE);
	}

	/** What is seen of a need without its having been given away or published. */
	private Sight own(Caller caller, Need need) {
		if (isAsker(caller, need.rss()) || isCustodian(caller) || isOneOf(caller, need.municipalities())
				|| isSkr(caller) && need.status() == Need.Status.WAITLISTED) {
			return Sight.WHOLE;
		}
		return (isSkr(caller) && need.isDelivered()) ? Sight.DELIVERED : Sight.NONE;
	}

	private static List<NeedId> unseen(Stream<Stored<Need>> needs, Map<String, Sight> seen) {
		return needs.map(Stored::id).filter((id) -> seen.get(id) == Sight.NONE).map(NeedId::new).toList();
	}

	private static void put(Map<String, Sight> seen, Sight sight, Set<NeedId> needs) {
		needs.forEach((need) -> seen.replace(need.value(), Sight.NONE, sight));
	}

	/**
	 * Among which needs those are of which a caller sees anything; how much of each,
	 * {@link #of} says, which may be nothing.
	 * @param byMunicipality whether one looks for a municipality: a published need is
	 * then found only when it names its municipality
	 */
	Criteria needs(Caller caller, boolean byMunicipality) {
		if (isCustodian(caller)) {
			return new Criteria();
		}
		List<Criteria> any = new ArrayList<>();
		if (isMunicipal(caller)) {
			any.add(Criteria.where("state.municipalities").is(caller.organisation().value()));
		}
		asks(caller).ifPresent((asker) -> any.add(Criteria.where("state.rss").is(asker.value())));
		if (isSkr(caller)) {
			any.add(Criteria.where("state.status").is(Need.Status.WAITLISTED.name()));
			any.add(Criteria.where("state.deliveredVersion").gt(0));
		}
		if (isAgency(caller)) {
			any.add(Heard.behind(this.heard.givenTo(caller.organisation())).and("state.deliveredVersion").gt(0));
		}
		Criteria published = new Criteria().andOperator(this.heard.mayBePublished(),
				Criteria.where("state.deliveredVersion").gt(0));
		any.add(byMunicipality ? published.and("state.origin.namesMunicipalities").is(true) : published);
		return new Criteria().orOperator(any);
	}

	/** Who judges at intake: the RSS, or SKR. */
	boolean isIntake(Caller caller, Need need) {
		return isAsker(caller, need.rss()) || isSkr(caller);
	}

	/** Who may ask the author of a need: RSS, SKR, and the agencies that screen it. */
	boolean asksAuthor(Caller caller, String id, Need need) {
		return isIntake(caller, need)
				|| isAgency(caller) && need.isDelivered() && this.heard.screens(caller.organisation(), new NeedId(id));
	}

	/** Drafts are seen by those who write in the municipality. */
	boolean sees(Caller caller, Draft draft) {
		return isAuthor(caller, draft.owner());
	}

	// Regional needs

	Sight of(Caller caller, String id, RegionalNeed regionalNeed) {
		if (isAsker(caller, regionalNeed.rss()) || isCustodian(caller)) {
			return Sight.WHOLE;
		}
		RegionalNeedId regionalNeedId = new RegionalNeedId(id);
		if (regionalNeed.deliveredVersion() > 0
				&& (isSkr(caller) || isAgency(caller) && this.heard.givenTo(caller.organisation())
					.stream()
					.anyMatch((given) -> given.regionalNeeds().contains(regionalNeedId)))) {
			return Sight.DELIVERED;
		}
		return (isOneOf(caller, regionalNeed.behind()) || ranked(caller).anyMatch(id::equals)) ? Sight.OWN : Sight.NONE;
	}

	/**
	 * A seat of a regional round reads what it ranks; the region what has been ranked.
	 */
	private Stream<String> ranked(Caller caller) {
		OrganisationId municipality = caller.organisation();
		return Stream.concat(caller.is(Role.SOCIAL_CHIEF) ? this.heard.rankedBy(municipality) : Stream.empty(),
				isMunicipal(caller) ? this.heard.rankedFor(municipality) : Stream.empty());
	}

	/** The regional needs of which a caller sees anything. */
	Criteria regionalNeeds(Caller caller) {
		if (isCustodian(caller)) {
			return new Criteria();
		}
		List<Criteria> any = new ArrayList<>();
		asks(caller).ifPresent((asker) -> any.add(Criteria.where("state.rss").is(asker.value())));
		if (isSkr(caller)) {
			any.add(Criteria.where("state.deliveredVersion").gt(0));
		}
		if (isAgency(caller)) {
			any.add(Criteria.where("_id")
				.in(this.heard.givenTo(caller.organisation())
					.stream()
					.flatMap((given) -> given.regionalNeeds().stream())
					.map(RegionalNeedId::value)
					.distinct()
					.toList())
				.and("state.deliveredVersion")
				.gt(0));
		}
		if (isMunicipal(caller)) {
			any.add(Criteria.where("state.behind").is(caller.organisation().value()));
			any.add(Criteria.where("_id").in(ranked(caller).distinct().toList()));
		}
		return any.isEmpty() ? nothing() : new Criteria().orOperator(any);
	}

	// Collections

	Sight of(Caller caller, Asking asking) {
		if (isAsker(caller, asking.asker()) || isSkr(caller) || isCustodian(caller)) {
			return Sight.WHOLE;
		}
		return isOneOf(caller, asking.municipalities()) ? Sight.OWN : Sight.NONE;
	}

	/** The collections of which a caller sees anything. */
	Criteria collections(Caller caller) {
		if (isSkr(caller) || isCustodian(caller)) {
			return new Criteria();
		}
		if (isMunicipal(caller)) {
			return Criteria.where("state.municipalities").is(caller.organisation().value());
		}
		return asks(caller).map((asker) -> Criteria.where("state.asker").is(asker.value())).orElseGet(Access::nothing);
	}

	// Question notes

	boolean sees(Caller caller, QuestionNote note) {
		return isCustodian(caller) || works(caller, note);
	}

	/** Who works with a note: its organisation, and the RSS of the municipality. */
	boolean works(Caller caller, QuestionNote note) {
		return isNoter(caller) && noters(caller).anyMatch(note.organisation()::equals);
	}

	/** The notes that a caller works with, or looks after. */
	Criteria notes(Caller caller) {
		if (isCustodian(caller)) {
			return new Criteria();
		}
		return isNoter(caller)
				? Criteria.where("state.organisation").in(noters(caller).map(OrganisationId::value).toList())
				: nothing();
	}

	private Stream<OrganisationId> noters(Caller caller) {
		Stream<OrganisationId> own = Stream.of(caller.organisation());
		return caller.is(Role.RSS_COORDINATOR)
				? Stream.concat(own, this.heard.askedBy(caller.organisation(), today()).stream()) : own;
	}

	private LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), Drafting.SWEDEN);
	}

	private static Criteria nothing() {
		return Criteria.where("_id").is("-");
	}

}
