package se.lokalabehov.needintake;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CollectionEvent.Delivered;
import se.lokalabehov.contracts.CollectionEvent.NotDelivered;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.NoteId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.needintake.Access.Sight;

/**
 * What answers show, by how much one may see.
 */
final class Seen {

	/** Said on every draft (domain rule 11). */
	private static final String NO_PROMISE = "Att lämna ett behov är inget löfte om att det tas upp.";

	private Seen() {
	}

	record DraftSeen(String id, String status, String notice, @Nullable CycleId cycle, String area,
			List<OrganisationId> municipalities, @Nullable String unit, Draft.Words wording,
			boolean namesMunicipalities, List<NoteId> notes, @Nullable NeedId reconsiders,
			@Nullable String newInformation) {

		static DraftSeen of(Stored<Draft> stored) {
			Draft.Content content = stored.state().content();
			return new DraftSeen(stored.id(), "DRAFT", NO_PROMISE, content.cycle(), content.area(),
					content.municipalities(), content.unit(), content.wording(), content.namesMunicipalities(),
					content.notes(), content.reconsiders(), content.newInformation());
		}

	}

	record NeedSeen(String id, String status, @Nullable CycleId cycle, String area,
			@Nullable List<OrganisationId> municipalities, @Nullable OrganisationId rss, int version, Wording wording,
			@Nullable Boolean namesMunicipalities, @Nullable String unit, @Nullable String occasion,
			@Nullable Boolean late, @Nullable NeedId reconsiders, @Nullable String newInformation,
			@Nullable List<NumberedVersion> versions, @Nullable Integer deliveredVersion,
			@Nullable List<Need.Clarification> clarifications, @Nullable List<String> supplements,
			@Nullable List<Need.Merge> merges, Need.@Nullable Answer answer) {

		static NeedSeen of(Stored<Need> stored, Sight sight) {
			Need need = stored.state();
			int shown = (sight != Sight.WHOLE && need.isDelivered()) ? need.deliveredVersion() : need.version();
			Need.Version version = need.versions().get(shown - 1);
			if (sight == Sight.PUBLISHED) {
				return new NeedSeen(stored.id(), "PUBLISHED", need.cycle(), need.area(),
						need.origin().namesMunicipalities() ? version.municipalities() : null, null, shown,
						version.wording(), null, null, null, null, null, null, null, null, null, null, null, null);
			}
			return new NeedSeen(stored.id(), need.status().name(), need.cycle(), need.area(), version.municipalities(),
					need.rss(), shown, version.wording(), need.origin().namesMunicipalities(), need.origin().unit(),
					need.origin().occasion(), need.origin().late(), need.origin().reconsiders(),
					need.origin().newInformation(),
					(sight == Sight.WHOLE) ? NumberedVersion.all(need)
							: List.of(new NumberedVersion(shown, version.wording(), version.municipalities())),
					need.isDelivered() ? need.deliveredVersion() : null, need.clarifications(), need.supplements(),
					need.merges(), need.answer());
		}

	}

	/**
	 * What an RSS has to merge or answer, oldest first: a region's needs of one cycle are
	 * so few that no page is needed, and so many that their words are left out.
	 */
	record NotMerged(List<One> needs) {

		record One(String id, int version, String title, List<OrganisationId> municipalities) {
		}

		static NotMerged of(List<Stored<Need>> needs) {
			return new NotMerged(needs.stream()
				.sorted(Comparator.comparing(Stored<Need>::created).thenComparing(Stored::id))
				.map((one) -> new One(one.id(), one.state().version(), one.state().wording().title(),
						one.state().municipalities()))
				.toList());
		}

	}

	record NumberedVersion(int version, Wording wording, List<OrganisationId> municipalities) {

		static List<NumberedVersion> all(Need need) {
			return IntStream.rangeClosed(1, need.version())
				.mapToObj((number) -> new NumberedVersion(number, need.versions().get(number - 1).wording(),
						need.versions().get(number - 1).municipalities()))
				.toList();
		}

	}

	/**
	 * A regional need; {@code weight} is the number of different municipalities behind
	 * it.
	 */
	record RegionalNeedSeen(String id, String status, CycleId cycle, OrganisationId rss, int version, Wording wording,
			List<Member> members, int weight, @Nullable Integer delivery, @Nullable Integer deliveredVersion,
			@Nullable List<RegionalNeed.Version> versions, @Nullable String undoing, @Nullable String dissolved) {

		static RegionalNeedSeen of(Stored<RegionalNeed> stored, Sight sight, OrganisationId organisation) {
			RegionalNeed one = stored.state();
			boolean whole = sight == Sight.WHOLE;
			List<Member> members = (sight == Sight.OWN) ? one.standing()
				.members()
				.stream()
				.filter((member) -> member.municipalities().contains(organisation))
				.map((member) -> new Member(member.need(), member.version(), List.of(organisation)))
				.toList() : one.standing().members();
			boolean delivered = one.deliveredVersion() > 0;
			return new RegionalNeedSeen(stored.id(), one.status().name(), one.cycle(), one.rss(),
					delivered ? one.deliveredVersion() : one.version(), one.standing().wording(), members,
					one.behind().size(), delivered ? one.delivery() : null, delivered ? one.deliveredVersion() : null,
					whole ? one.versions() : null, whole ? one.undoing() : null, one.dissolved());
		}

	}

	/** A collection; a municipality that was asked sees its own part. */
	record CollectionSeen(String id, CycleId cycle, OrganisationId asker, LocalDate due, String message,
			List<Asking.Extension> extensions, List<Replies.Reply> municipalities, List<Asking.Reminder> reminders,
			@Nullable List<DeliverySeen> deliveries) {

		static CollectionSeen of(Stored<Asking> stored, Sight sight, Replies replies, OrganisationId organisation) {
			Asking asking = stored.state();
			boolean whole = sight == Sight.WHOLE;
			return new CollectionSeen(stored.id(), asking.cycle(), asking.asker(), asking.due(), asking.message(),
					asking.extensions(),
					replies.all().stream().filter((one) -> whole || one.municipality().equals(organisation)).toList(),
					whole ? asking.reminders() : asking.remindersTo(organisation),
					whole ? DeliverySeen.all(asking) : null);
		}

	}

	record DeliverySeen(int delivery, List<Delivered> delivered, List<NotDelivered> notDelivered) {

		static List<DeliverySeen> all(Asking asking) {
			return IntStream.rangeClosed(1, asking.deliveries().size())
				.mapToObj((number) -> new DeliverySeen(number, asking.deliveries().get(number - 1).delivered(),
						asking.deliveries().get(number - 1).notDelivered()))
				.toList();
		}

	}

	record NoteSeen(String id, OrganisationId organisation, @Nullable String area, String text,
			@Nullable String cluster, @Nullable NeedId need) {

		static NoteSeen of(Stored<QuestionNote> stored) {
			QuestionNote note = stored.state();
			return new NoteSeen(stored.id(), note.organisation(), note.area(), note.text(), note.cluster(),
					note.need());
		}

	}

	record ClusterSeen(String cluster, int notes, List<String> ids) {
	}

}
