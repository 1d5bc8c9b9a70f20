package se.lokalabehov.portal;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;

/**
 * The dated changes of which RSS a municipality belongs to, on top of the reference data:
 * one aggregate per municipality. A change holds from a day on, never backwards: what was
 * asked under the old membership stays as it was (a cycle freezes it anyway).
 *
 * @param changes in the order they were made
 */
record Memberships(List<MembershipChanged> changes) {

	static final AggregateType<Memberships, DirectoryEvent> TYPE = AggregateType.of("memberships", Topics.DIRECTORY,
			DirectoryEvent.class, Memberships.class, Memberships::after);

	static final ZoneId SWEDEN = ZoneId.of("Europe/Stockholm");

	Memberships {
		changes = List.copyOf(changes);
	}

	static Memberships after(@Nullable Memberships before, DirectoryEvent event) {
		return switch (event) {
			case MembershipChanged change -> new Memberships(
					Stream.concat((before != null) ? before.changes.stream() : Stream.empty(), Stream.of(change))
						.toList());
		};
	}

	/** The directory with these changes. */
	Directory on(Directory directory) {
		Directory changed = directory;
		for (MembershipChanged change : this.changes) {
			changed = changed.with(change);
		}
		return changed;
	}

	/**
	 * Changes a membership.
	 * @param before the changes of the municipality so far, if any
	 * @param change what is wanted
	 * @param today the day of the act
	 */
	static Decision<DirectoryEvent> change(@Nullable Memberships before, MembershipChanged change, LocalDate today) {
		Directory now = (before != null) ? before.on(Directory.standard()) : Directory.standard();
		return isNo(now, change.municipality(), Kind.MUNICIPALITY)
			.map((no) -> Refusal.invalid("municipality", "Kommunen finns inte i katalogen."))
			.or(() -> Optional.ofNullable(change.rss())
				.flatMap((rss) -> isNo(now, rss, Kind.RSS))
				.map((no) -> Refusal.invalid("rss", "Stödstrukturen (RSS) finns inte i katalogen.")))
			.or(() -> isBackwards(change, today))
			.or(() -> isSoAlready(change, now))
			.<Decision<DirectoryEvent>>map(Decision::refuse)
			.orElseGet(() -> Decision.of(change));
	}

	private static Optional<OrganisationId> isNo(Directory now, OrganisationId id, Kind kind) {
		return now.organisation(id).map(Organisation::kind).filter(kind::equals).isPresent() ? Optional.empty()
				: Optional.of(id);
	}

	private static Optional<Refusal> isBackwards(MembershipChanged change, LocalDate today) {
		return change.from().isBefore(today)
				? Optional.of(Refusal.invalid("from", "Ändringen kan gälla tidigast från i dag.")) : Optional.empty();
	}

	private static Optional<Refusal> isSoAlready(MembershipChanged change, Directory now) {
		@Nullable OrganisationId there = now.rssOf(change.municipality(), change.from()).orElse(null);
		return Objects.equals(there, change.rss()) ? Optional.of(Refusal.conflict("redan-medlem",
				"Kommunen hör redan dit den dagen. Välj en annan dag eller en annan RSS.")) : Optional.empty();
	}

}
