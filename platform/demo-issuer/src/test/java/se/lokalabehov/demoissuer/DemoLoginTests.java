package se.lokalabehov.demoissuer;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import se.lokalabehov.directory.Directory;
import se.lokalabehov.security.Role;

import static org.assertj.core.api.Assertions.assertThat;

class DemoLoginTests {

	@Test
	void everyRoleHasALoginAndItsExampleExists() {
		assertThat(Arrays.stream(Office.values()).map(Office::role)).containsExactlyInAnyOrder(Role.values());
		for (Office office : Office.values()) {
			assertThat(DemoLogin.named(office.example(), Directory.standard())).as(office.example())
				.hasValueSatisfying((login) -> assertThat(login.office()).isEqualTo(office));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "forfattare-1384", "socialchef-NSKS", "samordnare-RSS-14-GR", "handlaggare-SBU",
			"redaktor-0180", "redaktor-RSS-12", "administrator-0180" })
	void anyOrganisationThatHasTheOfficeHasALogin(String name) {
		assertThat(DemoLogin.named(name, Directory.standard())).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "handlaggare-0180", "forfattare-SOS", "godkannare-RSS-01", "samordnare-0180",
			"sammanstallare-SOS", "socialchef-SOS", "handlaggare-SKR", "forfattare-9999", "forfattare-", "forfattare",
			"kung-0180", "-0180", "", "forfattare-0180 ", "FORFATTARE-0180", "forfattare-../0180" })
	void whatDoesNotFitTogetherIsNoLogin(String name) {
		assertThat(DemoLogin.named(name, Directory.standard())).isEmpty();
	}

}
