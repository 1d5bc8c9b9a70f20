package se.lokalabehov.reportcatalogue.search;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Projection;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.reportcatalogue.search.NeedText.Status;
import se.lokalabehov.search.Clusters;
import se.lokalabehov.search.Clusters.Cluster;
import se.lokalabehov.search.Clusters.Text;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Gathers what may be the same: an RSS's needs that are not merged, the delivered
 * regional needs that SKR has not compiled, and question notes that no need was made of.
 */
final class Gathering {

	/** Longer text than a need's title may have, and than its question may. */
	private static final int TITLE = 200;

	private static final int QUESTION = 4000;

	private final Texts texts;

	private final Views<NoteText> notes;

	private final Views<Memberships> memberships;

	private final Clock clock;

	Gathering(Texts texts, Eventing eventing, Clock clock) {
		this.texts = texts;
		this.notes = eventing.project(Projection.<QuestionNoteEvent, NoteText>of("notes-to-gather",
				Topics.QUESTION_NOTES, NoteText.class, NoteText::after), "state.organisation");
		this.memberships = eventing.project(Projection.<DirectoryEvent, Memberships>of("memberships-to-gather-by",
				Topics.DIRECTORY, Memberships.class, Memberships::after));
		this.clock = clock;
	}

	/**
	 * Notes that may be one question, and what a draft of a need would begin with.
	 *
	 * @param cluster the notes
	 * @param area the one that most of them guess; none when none does
	 * @param municipalities whose they are
	 * @param title at most 200 characters
	 * @param question what they ask, at most 4,000 characters
	 */
	record Draftable(Cluster cluster, @Nullable String area, List<OrganisationId> municipalities, String title,
			String question) {
	}

	/** The needs of a cycle that a caller could merge; none for others. */
	List<Cluster> needs(Caller caller, CycleId cycle) {
		boolean skr = Access.isSkr(caller);
		if (!skr && !caller.is(Role.RSS_COORDINATOR)) {
			return List.of();
		}
		List<Stored<NeedText>> all = this.texts.needs()
			.all(Criteria.where("state.cycle").is(cycle.value()))
			.stream()
			.filter((one) -> one.state().wording() != null)
			.filter((one) -> skr ? isToCompile(one.state()) || isToMerge(one.state(), caller)
					: isToMerge(one.state(), caller))
			.toList();
		Set<String> compiled = skr ? compiled(all) : Set.of();
		Map<Found, List<Text>> texts = all.stream()
			.filter((one) -> !compiled.contains(one.id()))
			.collect(Collectors.groupingBy((one) -> one.state().found(), Collectors
				.mapping((one) -> text(one.id(), Objects.requireNonNull(one.state().wording())), Collectors.toList())));
		// What is merged is of one kind.
		return texts.values().stream().flatMap((some) -> Clusters.of(some).stream()).toList();
	}

	private static boolean isToMerge(NeedText need, Caller asker) {
		return need.found() == Found.NEEDS && need.rss().equals(asker.organisation()) && need.status() == Status.OPEN
				&& need.merges().isEmpty();
	}

	private static boolean isToCompile(NeedText need) {
		return need.found() == Found.REGIONAL_NEEDS && need.isDelivered();
	}

	private Set<String> compiled(List<Stored<NeedText>> needs) {
		Set<String> compiled = new HashSet<>();
		this.texts.nationals()
			.all(Criteria.where("state.needs").in(needs.stream().map(Stored::id).toList()))
			.forEach((national) -> compiled.addAll(national.state().needs()));
		return compiled;
	}

	private static Text text(String id, Wording wording) {
		return new Text(id, wording.title(), wording.situation() + "\n" + wording.question());
	}

	/** The notes that a caller works with and of which no need was made. */
	List<Draftable> notes(Caller caller) {
		Set<String> whose = noters(caller);
		Map<String, NoteText> notes = whose.isEmpty() ? Map.of()
				: this.notes.all(Criteria.where("state.organisation").in(whose).and("state.open").is(true))
					.stream()
					.collect(Collectors.toMap(Stored::id, Stored::state));
		return Clusters
			.of(notes.entrySet().stream().map((one) -> new Text(one.getKey(), "", one.getValue().text())).toList())
			.stream()
			.map((cluster) -> draftable(cluster, notes))
			.toList();
	}

	private Set<String> noters(Caller caller) {
		Set<String> noters = new HashSet<>();
		if (Access.isMunicipal(caller) || caller.is(Role.RSS_COORDINATOR)) {
			noters.add(caller.organisation().value());
		}
		if (caller.is(Role.RSS_COORDINATOR)) {
			directory().members(caller.organisation(), Found.day(this.clock.instant()))
				.forEach((member) -> noters.add(member.value()));
		}
		return noters;
	}

	private Directory directory() {
		Directory directory = Directory.standard();
		for (Stored<Memberships> one : this.memberships.all(new Criteria())) {
			for (MembershipChanged change : one.state().changes()) {
				directory = directory.with(change);
			}
		}
		return directory;
	}

	private static Draftable draftable(Cluster cluster, Map<String, NoteText> all) {
		List<NoteText> notes = new ArrayList<>(cluster.ids().stream().map(all::get).filter(Objects::nonNull).toList());
		Map<String, Long> areas = notes.stream()
			.map(NoteText::area)
			.filter(Objects::nonNull)
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		String area = areas.entrySet()
			.stream()
			.max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
			.map(Map.Entry::getKey)
			.orElse(null);
		Stream<OrganisationId> municipalities = notes.stream()
			.map(NoteText::organisation)
			.distinct()
			.filter((one) -> Directory.standard()
				.organisation(one)
				.filter((found) -> found.kind() == Kind.MUNICIPALITY)
				.isPresent());
		return new Draftable(cluster, area, municipalities.toList(), cut(cluster.title(), TITLE),
				cut(notes.stream().map(NoteText::text).distinct().collect(Collectors.joining("\n")), QUESTION));
	}

	private static String cut(String text, int most) {
		return (text.length() <= most) ? text : text.substring(0, most - 1) + "…";
	}

}
