package se.lokalabehov.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;

/**
 * Turns the files beside this class into a {@link Directory}. The only place that knows
 * their columns.
 */
final class ReferenceData {

	private ReferenceData() {
	}

	static Directory read() {
		List<Organisation> organisations = new ArrayList<>();
		Map<String, String> counties = new LinkedHashMap<>();
		for (Map<String, String> row : rows("municipalities.csv")) {
			counties.put(cell(row, "county_code"), cell(row, "county_name"));
			organisations.add(municipality(row));
		}
		for (Map<String, String> row : rows("rss.csv")) {
			organisations.add(rss(row, counties));
		}
		for (Map<String, String> row : rows("national-actors.csv")) {
			organisations.add(nationalActor(row));
		}
		Map<OrganisationId, NavigableMap<LocalDate, Optional<OrganisationId>>> memberships = new LinkedHashMap<>();
		for (Map<String, String> row : rows("municipality-rss.csv")) {
			NavigableMap<LocalDate, Optional<OrganisationId>> dated = new TreeMap<>();
			dated.put(LocalDate.MIN, Optional.ofNullable(orNull(row, "rss_code")).map(OrganisationId::new));
			memberships.put(new OrganisationId(cell(row, "municipality_code")), dated);
		}
		List<Term> terms = rows("vocabulary.csv").stream().map(ReferenceData::term).toList();
		return new Directory(organisations, memberships, terms, shortHash(bytes("vocabulary.csv")));
	}

	private static Organisation municipality(Map<String, String> row) {
		String population = orNull(row, "population");
		return new Organisation(new OrganisationId(cell(row, "code")), Kind.MUNICIPALITY, cell(row, "name"),
				cell(row, "official_name"), cell(row, "county_code"), cell(row, "county_name"),
				(population != null) ? Integer.valueOf(population) : null, orNull(row, "skr_group_2023"));
	}

	private static Organisation rss(Map<String, String> row, Map<String, String> counties) {
		// Göteborgsregionen spans two counties: it has none of its own then.
		String countyCodes = cell(row, "county_codes");
		String county = countyCodes.contains(" ") ? null : countyCodes;
		return new Organisation(new OrganisationId(cell(row, "rss_code")), Kind.RSS, cell(row, "name"),
				Objects.requireNonNullElse(orNull(row, "host_organisation"), cell(row, "name")), county,
				(county != null) ? counties.get(county) : null, null, null);
	}

	private static Organisation nationalActor(Map<String, String> row) {
		String code = cell(row, "code");
		return new Organisation(new OrganisationId(code), nationalKind(code, cell(row, "type")),
				cell(row, "abbreviation"), cell(row, "name"), null, null, null, null);
	}

	private static Kind nationalKind(String code, String type) {
		if (code.equals("FOUV")) {
			return Kind.FOU;
		}
		return type.equals("agency") ? Kind.AGENCY : Kind.NATIONAL_BODY;
	}

	private static Term term(Map<String, String> row) {
		return new Term(cell(row, "scheme"), cell(row, "code"), cell(row, "pref_label_sv"),
				orNull(row, "pref_label_en"), orNull(row, "broader"));
	}

	private static String cell(Map<String, String> row, String column) {
		return Objects.requireNonNull(row.get(column), () -> "no column " + column);
	}

	private static @Nullable String orNull(Map<String, String> row, String column) {
		String value = cell(row, column);
		return value.isEmpty() ? null : value;
	}

	private static List<Map<String, String>> rows(String file) {
		return Csv.rows(new String(bytes(file), StandardCharsets.UTF_8));
	}

	private static byte[] bytes(String file) {
		try (InputStream in = ReferenceData.class.getResourceAsStream(file)) {
			return Objects.requireNonNull(in, () -> "missing " + file).readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String shortHash(byte[] content) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
			return HexFormat.of().formatHex(hash, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
