package se.lokalabehov.reportcatalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.ConfirmationAsked;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.CustodyTransferred;
import se.lokalabehov.contracts.CatalogueEvent.Deliverable;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableDelivered;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableOverdue;
import se.lokalabehov.contracts.CatalogueEvent.FileAttached;
import se.lokalabehov.contracts.CatalogueEvent.FileRemoved;
import se.lokalabehov.contracts.CatalogueEvent.ProjectConfirmed;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.RecordRedacted;
import se.lokalabehov.contracts.CatalogueEvent.RecordRevised;
import se.lokalabehov.contracts.CatalogueEvent.RecordWithdrawn;
import se.lokalabehov.contracts.CatalogueEvent.ResearchProject;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;

/**
 * A record of the catalogue: published by the organisation that made what it describes,
 * revised (earlier versions stay), perhaps withdrawn, which leaves a tombstone at its
 * address. Its custodian, to begin with the publisher, can hand it to another and so it
 * outlives a unit that is closed. Earlier versions stand in its story. Of a project it is
 * asked once a year whether it is current, and reminded of what it has not delivered.
 *
 * @param version of the content, from 1
 * @param content what it says now
 * @param custodian who answers for it
 * @param withdrawn why it was withdrawn; none while it stands
 * @param asked when the confirmation stood that was found too old; none when it is not
 * @param overdue the numbers of the deliverables that were reminded of
 * @param wakes the first day on which there is something to ask or remind of; none when
 * there never will be
 * @param files the PDF files that belong to it, in the order in which they came
 * @param removed those that no longer do, which are kept as earlier versions are
 */
record CatalogueRecord(int version, Content content, OrganisationId custodian, @Nullable String withdrawn,
		@Nullable LocalDate asked, List<Integer> overdue, @Nullable LocalDate wakes, List<FileAttached> files,
		List<FileAttached> removed) {

	CatalogueRecord {
		// What was stored before these were kept has none.
		overdue = Objects.requireNonNullElse(overdue, List.of());
		files = Objects.requireNonNullElse(files, List.of());
		removed = Objects.requireNonNullElse(removed, List.of());
	}

	private CatalogueRecord(int version, Content content, OrganisationId custodian, @Nullable String withdrawn,
			@Nullable LocalDate asked, List<Integer> overdue, List<FileAttached> files, List<FileAttached> removed) {
		this(version, content, custodian, withdrawn, asked, overdue,
				(withdrawn == null && content.project() != null) ? wakes(content.project(), asked, overdue) : null,
				files, removed);
	}

	/** As it is when it has just been published. */
	static CatalogueRecord published(Content content) {
		return new CatalogueRecord(1, content, content.publisher(), null, null, List.of(), List.of(), List.of());
	}

	static CatalogueRecord after(@Nullable CatalogueRecord before, CatalogueEvent event) {
		return switch (event) {
			case RecordPublished published -> published(published.content());
			case RecordRevised revised -> of(before).revised(revised);
			case RecordWithdrawn withdrawn -> of(before).withdrawn(withdrawn.reason());
			case CustodyTransferred transferred -> of(before).to(transferred.custodian());
			case ProjectConfirmed confirmed -> of(before).project((project) -> project.confirmed(confirmed.on()), null);
			case ConfirmationAsked asked ->
				of(before).waiting(of(before).content, asked.lastConfirmed(), of(before).overdue);
			case DeliverableOverdue one -> of(before).waiting(of(before).content, of(before).asked,
					Stream.concat(of(before).overdue.stream(), Stream.of(one.number())).toList());
			case DeliverableDelivered one ->
				of(before).project((project) -> project.delivered(one.number(), one.record()), of(before).asked)
					.without(one.number());
			case FileAttached attached -> of(before).attached(attached);
			case FileRemoved removed -> of(before).removed(removed.sha256());
			case RecordRedacted redacted -> of(before).redacted();
		};
	}

	private static CatalogueRecord of(@Nullable CatalogueRecord before) {
		if (before == null) {
			throw new IllegalStateException("a record begins when it is published");
		}
		return before;
	}

	/** The day after which a project's confirmation is too old. */
	static LocalDate currentUntil(ResearchProject project) {
		return project.confirmedCurrent().plusYears(1);
	}

	private static @Nullable LocalDate wakes(ResearchProject project, @Nullable LocalDate asked,
			List<Integer> overdue) {
		Stream<LocalDate> due = IntStream.range(0, project.deliverables().size())
			.filter((i) -> project.deliverables().get(i).delivered() == null && !overdue.contains(i + 1))
			.mapToObj((i) -> project.deliverables().get(i).due());
		Stream<LocalDate> confirmation = (asked == null) ? Stream.of(currentUntil(project)) : Stream.of();
		return Stream.concat(due, confirmation).min(LocalDate::compareTo).map((last) -> last.plusDays(1)).orElse(null);
	}

	private CatalogueRecord revised(RecordRevised revised) {
		@Nullable ResearchProject was = this.content.project();
		@Nullable ResearchProject is = revised.content().project();
		boolean confirmed = was != null && is != null && is.confirmedCurrent().isAfter(was.confirmedCurrent());
		// What was reminded of is not reminded of again as long as it is the same thing.
		List<Deliverable> before = (was != null) ? was.deliverables() : List.of();
		List<Deliverable> after = (is != null) ? is.deliverables() : List.of();
		List<Integer> still = this.overdue.stream()
			.filter((number) -> number <= after.size() && before.get(number - 1).equals(after.get(number - 1)))
			.toList();
		return new CatalogueRecord(revised.version(), revised.content(), this.custodian, null,
				confirmed ? null : this.asked, still, this.files, this.removed);
	}

	private CatalogueRecord withdrawn(String reason) {
		return new CatalogueRecord(this.version, this.content, this.custodian, reason, this.asked, this.overdue,
				this.files, this.removed);
	}

	private CatalogueRecord to(OrganisationId another) {
		return new CatalogueRecord(this.version, this.content, another, this.withdrawn, this.asked, this.overdue,
				this.files, this.removed);
	}

	private CatalogueRecord waiting(Content content, @Nullable LocalDate asked, List<Integer> overdue) {
		return new CatalogueRecord(this.version, content, this.custodian, this.withdrawn, asked, overdue, this.files,
				this.removed);
	}

	private CatalogueRecord project(UnaryOperator<ResearchProject> change, @Nullable LocalDate asked) {
		ResearchProject project = Objects.requireNonNull(this.content.project());
		return waiting(this.content.with(change.apply(project)), asked, this.overdue);
	}

	private CatalogueRecord without(int number) {
		return waiting(this.content, this.asked, this.overdue.stream().filter((one) -> one != number).toList());
	}

	private CatalogueRecord attached(FileAttached file) {
		return with(Stream.concat(without(this.files, file.sha256()), Stream.of(file)),
				without(this.removed, file.sha256()));
	}

	private CatalogueRecord removed(String sha256) {
		Stream<FileAttached> file = this.files.stream().filter((one) -> one.sha256().equals(sha256));
		return with(without(this.files, sha256), Stream.concat(this.removed.stream(), file));
	}

	private static Stream<FileAttached> without(List<FileAttached> files, String sha256) {
		return files.stream().filter((one) -> !one.sha256().equals(sha256));
	}

	private CatalogueRecord with(Stream<FileAttached> files, Stream<FileAttached> removed) {
		return new CatalogueRecord(this.version, this.content, this.custodian, this.withdrawn, this.asked, this.overdue,
				files.toList(), removed.toList());
	}

	/** The files go too: what was wrong may stand in them. */
	private CatalogueRecord redacted() {
		return new CatalogueRecord(this.version, this.content.redacted(), this.custodian,
				(this.withdrawn != null) ? Wording.REDACTED : null, this.asked, this.overdue, List.of(), List.of());
	}

}
