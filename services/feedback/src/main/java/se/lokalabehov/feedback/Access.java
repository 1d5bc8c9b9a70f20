package se.lokalabehov.feedback;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.feedback.Feedback.Behind;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Who may see and do what here (domain rule 7). An answer is public from its decision;
 * which municipality asked is not, unless it lets itself be named. A municipality, an RSS
 * and SKR are known by their own roles, so that an editor of theirs sees what everybody
 * sees.
 */
final class Access {

	private static final OrganisationId SKR = new OrganisationId("SKR");

	/** No organisation's code. */
	private static final String NOBODY = "-";

	private Access() {
	}

	/** Tells decisions, progress and deliveries: the lead agency, no contributor. */
	static boolean mayTell(Caller caller, HandOffSeen handOff) {
		return handOff.agency() != null && caller.is(Role.AGENCY_OFFICER, handOff.agency());
	}

	/**
	 * Sees that a need has been handed over before anything is decided: SKR, the lead
	 * agency and the contributors.
	 */
	static boolean seesHandOff(Caller caller, HandOffSeen handOff) {
		return isSkr(caller) || (caller.is(Role.AGENCY_OFFICER) && isGivenTo(caller.organisation(), handOff));
	}

	private static boolean isGivenTo(OrganisationId agency, HandOffSeen handOff) {
		return agency.equals(handOff.agency()) || handOff.contributors().contains(agency);
	}

	/** Blanks texts. */
	static boolean mayRedact(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR);
	}

	/** Writes for a municipality. */
	static boolean writesForMunicipality(Caller caller) {
		return caller.is(Role.MUNICIPALITY_AUTHOR) || caller.is(Role.MUNICIPALITY_APPROVER);
	}

	/** Is of a municipality: its editor sees what everybody sees. */
	private static boolean isMunicipal(Caller caller) {
		return writesForMunicipality(caller) || caller.is(Role.SOCIAL_CHIEF);
	}

	/** Says whether the answer to a need was of use: who stands behind the need. */
	static boolean mayFollowUp(Caller caller, Behind behind) {
		return writesForMunicipality(caller) && behind.isOf(caller.organisation());
	}

	/** Whether an agency has had to do with a need: judged it, leads it, contributes. */
	static boolean isConcerned(Caller caller, Feedback feedback, @Nullable NationalNeedSeen need,
			@Nullable HandOffSeen handOff) {
		OrganisationId agency = caller.organisation();
		return caller.is(Role.AGENCY_OFFICER)
				&& (feedback.decisions().stream().anyMatch((one) -> one.agency().equals(agency))
						|| (need != null && need.agencies().contains(agency))
						|| (handOff != null && isGivenTo(agency, handOff)));
	}

	/** Sees which municipalities stand behind a need. */
	static boolean seesMunicipalities(Caller caller, Behind behind, boolean named, boolean concerned) {
		return named || concerned || seesWhole(caller, behind);
	}

	/** Sees everything of a need: SKR, the region that delivered it, whose need it is. */
	private static boolean seesWhole(Caller caller, Behind behind) {
		return isSkr(caller) || caller.is(Role.RSS_COORDINATOR, behind.rss())
				|| (isMunicipal(caller) && behind.isOf(caller.organisation()));
	}

	/**
	 * Sees a follow-up: whose it is, the region that delivered the need, SKR, an agency
	 * concerned.
	 */
	static boolean seesFollowUp(Caller caller, FollowUp followUp, List<Behind> behind, boolean concerned) {
		return isSkr(caller) || concerned
				|| (isMunicipal(caller) && caller.organisation().equals(followUp.municipality()))
				|| behind.stream().anyMatch((one) -> caller.is(Role.RSS_COORDINATOR, one.rss()));
	}

	/** The same for a list of the follow-ups of one answer. */
	static Criteria followUps(Caller caller, Feedback answer, Criteria ofAnswer, boolean concerned) {
		if (isSkr(caller) || concerned) {
			return ofAnswer;
		}
		List<String> ownRegion = answer.behind()
			.stream()
			.filter((one) -> caller.is(Role.RSS_COORDINATOR, one.rss()))
			.map((one) -> one.need().value())
			.toList();
		String municipality = isMunicipal(caller) ? caller.organisation().value() : NOBODY;
		return new Criteria().andOperator(ofAnswer, new Criteria().orOperator(
				Criteria.where("state.municipality").is(municipality), Criteria.where("state.need").in(ownRegion)));
	}

	/**
	 * The answers to a municipality, as far as the caller sees that it asked.
	 * @param municipality the municipality
	 * @param named those of its needs that may be named
	 * @param concerning the national needs that the caller's agency has had to do with
	 */
	static Criteria answersTo(Caller caller, OrganisationId municipality, Collection<String> named,
			Collection<String> concerning) {
		Criteria asked = Criteria.where("state.municipalities").is(municipality.value());
		String own = caller.organisation().value();
		String agency = caller.is(Role.AGENCY_OFFICER) ? own : NOBODY;
		String rss = caller.is(Role.RSS_COORDINATOR) ? own : NOBODY;
		String asMunicipality = isMunicipal(caller) ? own : NOBODY;
		if (isSkr(caller) || asMunicipality.equals(municipality.value())) {
			return asked;
		}
		return new Criteria()
			.orOperator(List.of(new Criteria().andOperator(asked, Criteria.where("_id").in(concerning)),
					new Criteria().andOperator(asked, Criteria.where("state.decisions.agency").is(agency)),
					Criteria.where("state.behind")
						.elemMatch(new Criteria().andOperator(Criteria.where("municipalities").is(municipality.value()),
								new Criteria().orOperator(Criteria.where("need").in(named),
										Criteria.where("rss").is(rss),
										Criteria.where("municipalities").is(asMunicipality))))));
	}

	private static boolean isSkr(Caller caller) {
		return caller.is(Role.SKR_COMPILER, SKR) || caller.is(Role.ADMINISTRATOR, SKR);
	}

}
