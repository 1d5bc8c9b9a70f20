package se.lokalabehov.reportcatalogue;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;

/**
 * A table that becomes records. The intent is kept first, with everything that it says,
 * and the rows follow one by one, so that it goes on where it was after a crash; every
 * row takes effect once. When the last has, only which records they became is kept.
 *
 * @param rows those that change something
 * @param unchanged how many rows say what their records said already
 * @param at when it was decided
 * @param by who decided
 * @param role in which role
 * @param subject pseudonym of the caller
 * @param finished when the last row took effect; none while it goes on
 */
record RecordImport(List<Row> rows, int unchanged, Instant at, OrganisationId by, String role, String subject,
		@Nullable Instant finished) {

	/**
	 * A row.
	 *
	 * @param row its number, the header is the first
	 * @param record the record that it becomes or changes
	 * @param version that it was checked against; none for a new record
	 * @param content what the record is to say; none when it has taken effect
	 * @param refused why it did not take effect after all; none otherwise
	 */
	record Row(int row, String record, @Nullable Long version, @Nullable Content content, @Nullable String refused) {

		Row done(@Nullable String refused) {
			return new Row(this.row, this.record, this.version, null, refused);
		}

	}

	/**
	 * How far it has come.
	 *
	 * @param done how many rows
	 * @param refused those that did not take effect
	 */
	record Progress(int done, List<Row> refused) {

		static final Progress NONE = new Progress(0, List.of());

	}

	/** The act by which a row takes effect, the same however often it is tried. */
	Act of(String id, Row row) {
		String cause = id + " " + row.row();
		return new Act(this.by, this.role, this.subject, this.at, Act.sha256("import|" + cause), Act.sha256(cause),
				row.version());
	}

	RecordImport finished(List<Row> rows, Instant at) {
		return new RecordImport(rows, this.unchanged, this.at, this.by, this.role, this.subject, at);
	}

}
