package se.lokalabehov.directory;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.contracts.OrganisationId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DirectoryTests {

	private static final LocalDate TODAY = LocalDate.of(2025, 7, 1);

	private final Directory directory = Directory.standard();

	@Test
	void theCountryHas290MunicipalitiesIn24RssAndTenAgencies() {
		assertThat(this.directory.organisations(Kind.MUNICIPALITY)).hasSize(290);
		assertThat(this.directory.organisations(Kind.RSS)).hasSize(24);
		assertThat(this.directory.organisations(Kind.AGENCY)).hasSize(10);
		assertThat(this.directory.organisations(Kind.NATIONAL_BODY)).extracting((body) -> body.id().value())
			.contains("SKR", "NSKS")
			.hasSize(6);
		assertThat(this.directory.organisations(Kind.FOU)).extracting((body) -> body.id().value())
			.containsExactly("FOUV");
	}

	@Test
	void anOrganisationIsToldByItsCodeWithNamesAsWritten() {
		assertThat(this.directory.organisation(id("0180")))
			.hasValue(new Organisation(id("0180"), Kind.MUNICIPALITY, "Stockholm", "Stockholms kommun", "01",
					"Stockholms län", organisation("0180").population(), organisation("0180").skrGroup()));
		assertThat(organisation("0180").population()).isGreaterThan(900_000);
		assertThat(organisation("SBU").name()).isEqualTo("SBU");
		assertThat(organisation("SBU").officialName())
			.isEqualTo("Statens beredning för medicinsk och social utvärdering");
		assertThat(organisation("RSS-01").countyName()).isEqualTo("Stockholms län");
		assertThat(this.directory.organisation(id("9999"))).isEmpty();
	}

	@Test
	void namesThatDifferOnlyInARingAreTwoMunicipalities() {
		assertThat(organisation("0305").name()).isEqualTo("Håbo");
		assertThat(organisation("0643").name()).isEqualTo("Habo");
		assertThat(this.directory.rssOf(id("0305"), TODAY)).hasValue(id("RSS-03"));
		assertThat(this.directory.rssOf(id("0643"), TODAY)).hasValue(id("RSS-06"));
	}

	@Test
	void anRssMayCrossACountyBorder() {
		assertThat(organisation("1384").countyCode()).isEqualTo("13");
		assertThat(this.directory.rssOf(id("1384"), TODAY)).hasValue(id("RSS-14-GR"));
		assertThat(organisation("RSS-14-GR").countyCode()).isNull();
		assertThat(this.directory.members(id("RSS-14-GR"), TODAY)).hasSize(13).contains(id("1384"), id("1480"));
	}

	@Test
	void everyMunicipalityIsMemberOfExactlyTheRssThatItNames() {
		int members = 0;
		for (Organisation rss : this.directory.organisations(Kind.RSS)) {
			List<OrganisationId> municipalities = this.directory.members(rss.id(), TODAY);
			members += municipalities.size();
			assertThat(municipalities).isSortedAccordingTo(Comparator.comparing(OrganisationId::value))
				.allSatisfy((municipality) -> assertThat(this.directory.rssOf(municipality, TODAY)).hasValue(rss.id()));
		}
		assertThat(members).isEqualTo(290);
		assertThat(this.directory.municipalitiesWithoutRss(TODAY)).isEmpty();
	}

	@Test
	void aMembershipChangesFromItsDayOnAndTheOldDirectoryStays() {
		LocalDate newYear = LocalDate.of(2026, 1, 1);
		// Varberg moves over the county border to Sjuhärad.
		Directory changed = this.directory.with(new MembershipChanged(id("1383"), id("RSS-14-SJ"), newYear));

		assertThat(changed.rssOf(id("1383"), newYear.minusDays(1))).hasValue(id("RSS-13"));
		assertThat(changed.rssOf(id("1383"), newYear)).hasValue(id("RSS-14-SJ"));
		assertThat(changed.members(id("RSS-14-SJ"), newYear)).contains(id("1383")).hasSize(9);
		assertThat(changed.members(id("RSS-13"), newYear)).doesNotContain(id("1383"));
		assertThat(this.directory.rssOf(id("1383"), newYear)).hasValue(id("RSS-13"));
	}

	@Test
	void aMunicipalityCanBeWithoutRssForATime() {
		Directory changed = this.directory.with(new MembershipChanged(id("1380"), id("RSS-13"), TODAY.plusYears(1)))
			.with(new MembershipChanged(id("1380"), null, TODAY));

		assertThat(changed.rssOf(id("1380"), TODAY.minusDays(1))).hasValue(id("RSS-13"));
		assertThat(changed.rssOf(id("1380"), TODAY)).isEmpty();
		assertThat(changed.municipalitiesWithoutRss(TODAY)).containsExactly(id("1380"));
		assertThat(changed.rssOf(id("1380"), TODAY.plusYears(1))).hasValue(id("RSS-13"));
	}

	@Test
	void aChangeNamesAMunicipalityAndAnRssOfTheDirectory() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.directory.with(new MembershipChanged(id("SOS"), id("RSS-01"), TODAY)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.directory.with(new MembershipChanged(id("0180"), id("SOS"), TODAY)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.directory.with(new MembershipChanged(id("9999"), null, TODAY)));
	}

	@Test
	void anAreaCoversItselfAndWhatIsNarrower() {
		assertThat(this.directory.covers("IFO", "SBB")).isTrue();
		assertThat(this.directory.covers("SBB", "SBB")).isTrue();
		assertThat(this.directory.covers("SBB", "IFO")).isFalse();
		assertThat(this.directory.covers("FUN", "SBB")).isFalse();
		assertThat(this.directory.covers("NONE", "NONE")).isFalse();
		assertThat(this.directory.areaWithNarrower("FUN")).containsExactly("FUN", "SOP");
		assertThat(this.directory.areaWithNarrower("NONE")).isEmpty();
		assertThat(this.directory.area("SBB")).map(Term::label).hasValue("Skadligt bruk och beroende");
	}

	@Test
	void aCodeBelongsToItsList() {
		assertThat(this.directory.has("need-type", "METOD")).isTrue();
		assertThat(this.directory.has("area", "METOD")).isFalse();
		assertThat(this.directory.has("no-such-list", "METOD")).isFalse();
		assertThat(this.directory.terms("gap-status")).extracting(Term::code)
			.containsExactly("NEW", "ADAPT", "EXISTS", "LOCAL");
		assertThat(this.directory.terms("no-such-list")).isEmpty();
	}

	@Test
	void everyBroaderTermExists() {
		assertThat(this.directory.terms("area")).filteredOn((term) -> term.broader() != null)
			.isNotEmpty()
			.allMatch((term) -> this.directory.has("area", String.valueOf(term.broader())));
	}

	@Test
	void theVocabularyHasAVersionOfItsOwn() {
		assertThat(this.directory.vocabularyVersion()).matches("[0-9a-f]{16}");
	}

	private Organisation organisation(String code) {
		return this.directory.organisation(id(code)).orElseThrow();
	}

	private static OrganisationId id(String code) {
		return new OrganisationId(code);
	}

}
