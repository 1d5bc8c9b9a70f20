package se.lokalabehov.portal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import se.lokalabehov.portal.Guides.Section;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documents that come with the platform.
 */
class GuidesTests {

	private static final Pattern LINK = Pattern.compile("href=\"/hjalp/([^\"#]+)");

	private final Guides guides = new Guides();

	@Test
	void whatADocumentHoldsIsShownAndNeverRun() {
		String html = Guides
			.guide("fientlig", "# Rubrik\n\n<script>x</script>\n\nEtt <b>ord</b> och en [länk](javascript:x).")
			.html();

		assertThat(html).doesNotContain("<script", "<b>", "javascript:")
			.contains("&lt;script&gt;x&lt;/script&gt;", "&lt;b&gt;");
	}

	@Test
	void itsPartsCanBeLinkedToAndItsTablesSayWhichColumnACellIsIn() {
		Guides.Guide guide = Guides.guide("ett", """
				# Rubrik

				## Första delen

				### En del av den

				## Andra delen

				| Vad | Hur *länge* |
				|---|---|
				| utkast | två år |
				""");

		assertThat(guide.title()).isEqualTo("Rubrik");
		assertThat(guide.sections()).extracting(Section::title).containsExactly("Första delen", "Andra delen");
		assertThat(guide.sections())
			.allSatisfy((section) -> assertThat(guide.html()).contains("<h2 id=\"" + section.id() + "\">"));
		assertThat(guide.html()).doesNotContain("<h1")
			.contains("<th scope=\"col\">Vad</th>", "<td>utkast</td>", "<td data-label=\"Hur länge\">två år</td>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kommun", "rss", "socialchef", "skr", "myndighet", "fou-redaktor",
			"administrator-organisation", "administrator-plattform", "registerforteckning",
			"personuppgiftsbitradesavtal", "konsekvensbedomning", "arkiv-och-gallring", "en-301-549",
			"tillganglighetsredogorelse", "tillganglighetsredogorelse_en", "utvecklare", "utvecklare_en" })
	void everyDocumentIsThereAndLeadsOnlyToOthersThatAre(String name) {
		Guides.Guide guide = this.guides.named(name).orElseThrow();

		assertThat(guide.sections()).isNotEmpty();
		Matcher link = LINK.matcher(guide.html());
		while (link.find()) {
			assertThat(this.guides.named(link.group(1))).as(link.group(1)).isPresent();
		}
	}

	@Test
	void nothingElseOfTheServerIsADocument() {
		assertThat(List.of("../messages", "kommun.md", "KOMMUN", "", "finns-inte"))
			.allSatisfy((name) -> assertThat(this.guides.named(name)).isEmpty());
	}

}
