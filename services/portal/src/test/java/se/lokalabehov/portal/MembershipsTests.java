package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Decision;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of changing which RSS a municipality belongs to.
 */
class MembershipsTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

	@Test
	void aMunicipalityMovesFromADayOn() {
		MembershipChanged move = change("0188", "RSS-03", TODAY.plusDays(40));

		assertThat(Memberships.change(null, move, TODAY)).isEqualTo(Decision.of(move));
		Directory directory = Memberships.after(null, move).on(Directory.standard());
		assertThat(directory.rssOf(new OrganisationId("0188"), TODAY.plusDays(39)))
			.contains(new OrganisationId("RSS-01"));
		assertThat(directory.rssOf(new OrganisationId("0188"), TODAY.plusDays(40)))
			.contains(new OrganisationId("RSS-03"));
	}

	@Test
	void aMunicipalityMayBeWithoutRss() {
		assertThat(Memberships.change(null, change("0188", null, TODAY), TODAY)).isInstanceOf(Decision.Accepted.class);
	}

	@Test
	void nothingChangesBackwards() {
		assertThat(codeOf(Memberships.change(null, change("0188", "RSS-03", TODAY.minusDays(1)), TODAY)))
			.isEqualTo("felaktig-uppgift");
	}

	@Test
	void whatIsSoAlreadyIsSaidToBe() {
		Memberships moved = new Memberships(List.of(change("0188", "RSS-03", TODAY)));

		assertThat(codeOf(Memberships.change(null, change("0188", "RSS-01", TODAY), TODAY))).isEqualTo("redan-medlem");
		assertThat(codeOf(Memberships.change(moved, change("0188", "RSS-03", TODAY.plusDays(1)), TODAY)))
			.isEqualTo("redan-medlem");
		assertThat(Memberships.change(moved, change("0188", "RSS-01", TODAY.plusDays(1)), TODAY))
			.isInstanceOf(Decision.Accepted.class);
	}

	@Test
	void onlyMunicipalitiesAndRssOfTheDirectoryAreKnown() {
		assertThat(codeOf(Memberships.change(null, change("9999", "RSS-03", TODAY), TODAY)))
			.isEqualTo("felaktig-uppgift");
		assertThat(codeOf(Memberships.change(null, change("RSS-01", "RSS-03", TODAY), TODAY)))
			.isEqualTo("felaktig-uppgift");
		assertThat(codeOf(Memberships.change(null, change("0188", "SBU", TODAY), TODAY))).isEqualTo("felaktig-uppgift");
	}

	private static MembershipChanged change(String municipality, @Nullable String rss, LocalDate from) {
		return new MembershipChanged(new OrganisationId(municipality), (rss != null) ? new OrganisationId(rss) : null,
				from);
	}

	private static String codeOf(Decision<DirectoryEvent> decision) {
		return (decision instanceof Decision.Refused<DirectoryEvent> refused) ? refused.refusal().code() : "accepted";
	}

}
