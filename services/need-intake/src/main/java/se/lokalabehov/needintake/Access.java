package se.lokalabehov.needintake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Who may see and do what (domain rule 7). A municipality sees its own needs, also joint
 * ones that name it; an RSS those of its region; SKR and the agencies what has been
 * delivered; the public what is behind a published national need. SKR is also the asker
 * of those that have no RSS, and keeper of the waiting lists. Drafts and notes stay in
 * their organisation.
 */
class Access {

	static final OrganisationId SKR = new OrganisationId("SKR");

	private static final Set<Role> MUNICIPAL = Set.of(Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER,
			Role.SOCIAL_CHIEF);

	private final Views<NationalNeedView> nationalNeeds;

	private final Views<RoundView> rounds;

	Access(Views<NationalNeedView> nationalNeeds, Views<RoundView> rounds) {
		this.nationalNeeds = nationalNeeds;
		this.rounds = rounds;
	}

	/** How much of a need one sees. */
	enum Sight {

		/** Nothing: it is not there. */
		NONE,
		/** What is published: the words, and the municipality only where it says so. */
		PUBLISHED,
		/** What was delivered: all but words that were never delivered. */
		DELIVERED,
		/** All of it. */
		WHOLE

	}

	/** What a caller sees of a need. */
	Sight of(Caller caller, String id, Need need) {
		if (isAsker(caller, need.rss()) || caller.is(Role.ADMINISTRATOR, SKR)
				|| need.municipalities().stream().anyMatch((one) -> isOf(caller, one))
				|| isSkr(caller) && need.status() == Need.Status.WAITLISTED) {
			return Sight.WHOLE;
		}
		if (need.isDelivered() && (isSkr(caller) || caller.is(Role.AGENCY_OFFICER))) {
			return Sight.DELIVERED;
		}
		return published(new NeedId(id)) ? Sight.PUBLISHED : Sight.NONE;
	}

	/**
	 * The needs of which a caller sees anything.
	 * @param byMunicipality whether one looks for a municipality: a published need is
	 * then found only when it names its municipality
	 */
	Criteria needs(Caller caller, boolean byMunicipality) {
		List<Criteria> any = new ArrayList<>();
		if (caller.is(Role.ADMINISTRATOR, SKR)) {
			return new Criteria();
		}
		if (isMunicipal(caller)) {
			any.add(Criteria.where("state.municipalities").is(caller.organisation().value()));
		}
		asks(caller).ifPresent((asker) -> any.add(Criteria.where("state.rss").is(asker.value())));
		if (isSkr(caller)) {
			any.add(Criteria.where("state.status").is(Need.Status.WAITLISTED.name()));
		}
		if (isSkr(caller) || caller.is(Role.AGENCY_OFFICER)) {
			any.add(Criteria.where("state.deliveredVersion").gt(0));
		}
		Criteria published = Criteria.where("_id").in(publishedNeeds());
		any.add(byMunicipality ? published.and("state.origin.namesMunicipalities").is(true) : published);
		return new Criteria().orOperator(any);
	}

	/**
	 * A need is published with a national need that it is behind: when that is answered
	 * in screening, or its national round has closed.
	 */
	private boolean published(NeedId need) {
		return this.nationalNeeds.all(Criteria.where("state.needs").is(need.value())).stream().anyMatch(this::isPublic);
	}

	private boolean isPublic(Stored<NationalNeedView> nationalNeed) {
		Verdict verdict = nationalNeed.state().verdict();
		return verdict != null && !verdict.goesOn()
				|| this.rounds.count(closedRounds().and("state.items").is(nationalNeed.id())) > 0;
	}

	private List<String> publishedNeeds() {
		List<String> ranked = this.rounds.all(closedRounds())
			.stream()
			.flatMap((round) -> round.state().items().stream())
			.toList();
		Criteria published = new Criteria().orOperator(Criteria.where("_id").in(ranked),
				Criteria.where("state.verdict").in(Verdict.EXISTS.name(), Verdict.LOCAL.name()));
		return this.nationalNeeds.all(published)
			.stream()
			.flatMap((one) -> one.state().needs().stream())
			.map(NeedId::value)
			.distinct()
			.toList();
	}

	private static Criteria closedRounds() {
		return Criteria.where("state.level")
			.is(Level.NATIONAL.name())
			.and("state.status")
			.is(RoundView.Status.CLOSED.name());
	}

	/** What a caller sees of a regional need. */
	Sight of(Caller caller, RegionalNeed regionalNeed) {
		if (isAsker(caller, regionalNeed.rss()) || caller.is(Role.ADMINISTRATOR, SKR)) {
			return Sight.WHOLE;
		}
		boolean delivered = regionalNeed.deliveredVersion() > 0;
		if (delivered && (isSkr(caller) || caller.is(Role.AGENCY_OFFICER))) {
			return Sight.DELIVERED;
		}
		return (isMunicipal(caller) && regionalNeed.behind().contains(caller.organisation())) ? Sight.PUBLISHED
				: Sight.NONE;
	}

	/** The regional needs of which a caller sees anything. */
	Criteria regionalNeeds(Caller caller) {
		if (caller.is(Role.ADMINISTRATOR, SKR)) {
			return new Criteria();
		}
		List<Criteria> any = new ArrayList<>();
		any.add(Criteria.where("state.rss").is(asks(caller).map(OrganisationId::value).orElse("-")));
		if (isSkr(caller) || caller.is(Role.AGENCY_OFFICER)) {
			any.add(Criteria.where("state.deliveredVersion").gt(0));
		}
		if (isMunicipal(caller)) {
			any.add(Criteria.where("state.behind").is(caller.organisation().value()));
		}
		return new Criteria().orOperator(any);
	}

	/** What a caller sees of a collection: an asked municipality its own part. */
	Sight of(Caller caller, Asking asking) {
		if (isAsker(caller, asking.asker()) || isSkr(caller) || caller.is(Role.ADMINISTRATOR, SKR)) {
			return Sight.WHOLE;
		}
		return (isMunicipal(caller) && asking.municipalities().contains(caller.organisation())) ? Sight.PUBLISHED
				: Sight.NONE;
	}

	/** The collections of which a caller sees anything. */
	Criteria collections(Caller caller) {
		if (isSkr(caller) || caller.is(Role.ADMINISTRATOR, SKR)) {
			return new Criteria();
		}
		return new Criteria().orOperator(
				Criteria.where("state.asker").is(asks(caller).map(OrganisationId::value).orElse("-")),
				Criteria.where("state.municipalities").is(isMunicipal(caller) ? caller.organisation().value() : "-"));
	}

	/** Drafts are seen by those who write in the organisation. */
	boolean sees(Caller caller, Draft draft) {
		return isAuthor(caller, draft.owner());
	}

	/** Notes are seen in their organisation, and by who may have to redact them. */
	boolean sees(Caller caller, QuestionNote note) {
		return isNoter(caller) && caller.organisation().equals(note.organisation())
				|| caller.is(Role.ADMINISTRATOR, SKR);
	}

	/** Who notes questions: any municipal role, or an RSS. */
	boolean isNoter(Caller caller) {
		return isMunicipal(caller) || caller.is(Role.RSS_COORDINATOR);
	}

	/** Who writes for a municipality. */
	boolean isAuthor(Caller caller, OrganisationId municipality) {
		return caller.is(Role.MUNICIPALITY_AUTHOR, municipality) || isApprover(caller, municipality);
	}

	/** Who speaks for a municipality. */
	boolean isApprover(Caller caller, OrganisationId municipality) {
		return caller.is(Role.MUNICIPALITY_APPROVER, municipality);
	}

	/** Who acts as the asker: the RSS, or SKR where there is none. */
	boolean isAsker(Caller caller, OrganisationId asker) {
		return asks(caller).filter(asker::equals).isPresent();
	}

	/** For whom the caller asks municipalities, if for anyone. */
	Optional<OrganisationId> asks(Caller caller) {
		return (caller.is(Role.RSS_COORDINATOR) || isSkr(caller)) ? Optional.of(caller.organisation())
				: Optional.empty();
	}

	boolean isSkr(Caller caller) {
		return caller.is(Role.SKR_COMPILER, SKR);
	}

	/** Whether an agency screens a national need that the need is behind. */
	boolean screens(Caller caller, String need) {
		return caller.is(Role.AGENCY_OFFICER) && this.nationalNeeds
			.count(Criteria.where("state.needs").is(need).and("state.agencies").is(caller.organisation().value())) > 0;
	}

	/** Who may ask the author of a need. */
	boolean asksAuthor(Caller caller, String id, Need need) {
		return isAsker(caller, need.rss()) || isSkr(caller) || need.isDelivered() && screens(caller, id);
	}

	private boolean isMunicipal(Caller caller) {
		return caller.roles().stream().anyMatch(MUNICIPAL::contains);
	}

	private boolean isOf(Caller caller, OrganisationId municipality) {
		return isMunicipal(caller) && caller.organisation().equals(municipality);
	}

}
