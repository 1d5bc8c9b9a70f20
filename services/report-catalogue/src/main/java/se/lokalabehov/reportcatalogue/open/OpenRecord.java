package se.lokalabehov.reportcatalogue.open;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.ConfirmationAsked;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.CustodyTransferred;
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
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Term;
import se.lokalabehov.eventing.Envelope;

/**
 * A record as everybody may take it. It begins with its publication, moves to the end of
 * the list each time something happens to it, and stays there for ever: withdrawn, its
 * content is gone and its place remains.
 *
 * @param id the record's
 * @param position where it stands in the list: when it last changed (UTC, whole seconds),
 * a space, its id; so that text order is the order of (datestamp, id)
 * @param sets of OAI-PMH, the wider ones included ({@code area}, {@code area:IFO},
 * {@code area:IFO:SBB}, {@code publisher:SOS}, {@code kind:REPORT})
 * @param published when it was published
 * @param version of the content
 * @param content what it says; none when it is withdrawn
 * @param files its files, in the order in which they came; none when it is withdrawn
 */
public record OpenRecord(String id, String position, List<String> sets, Instant published, int version,
		@Nullable Content content, List<FileAttached> files) {

	private static final Directory DIRECTORY = Directory.standard();

	/** The view after an event. */
	public static OpenRecord after(@Nullable OpenRecord before, Envelope<CatalogueEvent> told) {
		if (before == null) {
			if (told.event() instanceof RecordPublished published) {
				return new OpenRecord(told.key(), position(told.time(), told.key()), setsOf(published.content()),
						told.time(), 1, published.content(), List.of());
			}
			throw new IllegalStateException("a record begins when it is published");
		}
		return switch (told.event()) {
			case RecordPublished again -> throw new IllegalStateException("published twice");
			case RecordRevised revised -> before.moved(told.time(), revised.version(), revised.content(), before.files);
			case RecordWithdrawn withdrawn -> before.moved(told.time(), before.version, null, List.of());
			case CustodyTransferred transferred -> before.changed(told.time(), before.content);
			case ProjectConfirmed confirmed ->
				before.changed(told.time(), before.with((project) -> project.confirmed(confirmed.on())));
			case DeliverableDelivered delivered -> before.changed(told.time(),
					before.with((project) -> project.delivered(delivered.number(), delivered.record())));
			case FileAttached attached ->
				before.moved(told.time(), before.version, before.content, before.filesWith(attached));
			case FileRemoved removed ->
				before.moved(told.time(), before.version, before.content, before.filesWithout(removed.sha256()));
			// Told to who answers for it; nothing in it is another.
			case ConfirmationAsked asked -> before;
			case DeliverableOverdue overdue -> before;
			case RecordRedacted redacted -> before.moved(told.time(), before.version,
					(before.content != null) ? before.content.redacted() : null, List.of());
		};
	}

	private List<FileAttached> filesWith(FileAttached file) {
		List<FileAttached> all = new ArrayList<>(filesWithout(file.sha256()));
		all.add(file);
		return List.copyOf(all);
	}

	private List<FileAttached> filesWithout(String sha256) {
		return this.files.stream().filter((file) -> !file.sha256().equals(sha256)).toList();
	}

	private @Nullable Content with(UnaryOperator<ResearchProject> change) {
		return (this.content != null && this.content.project() != null)
				? this.content.with(change.apply(this.content.project())) : this.content;
	}

	private OpenRecord changed(Instant at, @Nullable Content content) {
		return moved(at, this.version, content, this.files);
	}

	private OpenRecord moved(Instant at, int version, @Nullable Content content, List<FileAttached> files) {
		String position = position(at, this.id);
		return new OpenRecord(this.id, (position.compareTo(this.position) > 0) ? position : this.position,
				(content != null) ? setsOf(content) : this.sets, this.published, version, content, files);
	}

	/** When something last happened to it, whole seconds. */
	public Instant changed() {
		return Instant.parse(this.position.substring(0, this.position.indexOf(' ')));
	}

	/** Whether it stands and says something: not withdrawn, not blanked. */
	public boolean isReadable() {
		return this.content != null && !this.content.title().equals(Wording.REDACTED);
	}

	/** The narrowest of its sets: those that the others follow from. */
	public List<String> narrowestSets() {
		return this.sets.stream()
			.filter((one) -> this.sets.stream().noneMatch((other) -> other.startsWith(one + ":")))
			.toList();
	}

	static String position(Instant at, String id) {
		return at.truncatedTo(ChronoUnit.SECONDS) + " " + id;
	}

	private static List<String> setsOf(Content content) {
		Set<String> sets = new LinkedHashSet<>();
		content.areas().forEach((area) -> addWithWider(setOfArea(area), sets));
		addWithWider("publisher:" + content.publisher(), sets);
		addWithWider("kind:" + content.kind(), sets);
		return List.copyOf(sets);
	}

	private static void addWithWider(String set, Set<String> sets) {
		for (int colon = set.indexOf(':'); colon > 0; colon = set.indexOf(':', colon + 1)) {
			sets.add(set.substring(0, colon));
		}
		sets.add(set);
	}

	/** The set of an area: below the set of the wider area. */
	public static String setOfArea(String code) {
		String wider = DIRECTORY.area(code).map(Term::broader).orElse(null);
		return ((wider != null) ? setOfArea(wider) : "area") + ":" + code;
	}

}
