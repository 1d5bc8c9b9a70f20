package se.lokalabehov.eventing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteClustered;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteRedacted;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteTakenUp;
import se.lokalabehov.contracts.QuestionNoteEvent.QuestionNoted;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.testsupport.Backends;

/**
 * The smallest service that uses all of the mechanism: question notes, and a view of
 * them.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class NotesService {

	/** A note and the clusters that it has been in, in order. */
	record Note(String text, List<String> clusters) {

		static Note evolve(@Nullable Note before, QuestionNoteEvent event) {
			return switch (event) {
				case QuestionNoted noted -> new Note(noted.text(), List.of());
				case NoteClustered clustered -> {
					Note note = java.util.Objects.requireNonNull(before);
					List<String> clusters = new ArrayList<>(note.clusters());
					clusters.add(clustered.cluster());
					yield new Note(note.text(), clusters);
				}
				case NoteTakenUp taken -> java.util.Objects.requireNonNull(before);
				case NoteRedacted redacted -> new Note(Wording.REDACTED,
						java.util.Objects.requireNonNull(before)
							.clusters()
							.stream()
							.map((one) -> Wording.REDACTED)
							.toList());
			};
		}

	}

	@Bean
	Aggregates<Note, QuestionNoteEvent> notes(Eventing eventing) {
		return eventing.aggregates(AggregateType.of("question-notes", Topics.QUESTION_NOTES, QuestionNoteEvent.class,
				Note.class, Note::evolve));
	}

	@Bean
	Views<Note> seen(Eventing eventing, @Value("${notes.next-version:false}") boolean nextVersion) {
		return eventing.project(Projection.of("notes-seen", Topics.QUESTION_NOTES, Note.class, (before, event) -> {
			Note after = Note.evolve(before, event.event());
			if (after.text().startsWith("poison") && !nextVersion) {
				throw new IllegalStateException("can not be handled");
			}
			return after;
		}), "state.text");
	}

	/** What the next version knows too. */
	@Bean
	@ConditionalOnBooleanProperty("notes.next-version")
	Views<Note> onlyInTheNextVersion(Eventing eventing) {
		return eventing.project(Projection.of("notes-seen-next", Topics.QUESTION_NOTES, Note.class,
				(before, event) -> Note.evolve(before, event.event())));
	}

	/** A view whose fold is another in the next version, and which reacts in both. */
	@Bean
	@ConditionalOnProperty("notes.fold")
	Views<Note> folded(Eventing eventing, @Value("${notes.fold}") int fold, Queue<String> reactedTo) {
		Projection<QuestionNoteEvent, Note> projection = Projection.of((fold == 1) ? "notes-folded" : "notes-folded-2",
				Topics.QUESTION_NOTES, Note.class, (before, event) -> {
					Note after = Note.evolve(before, event.event());
					return (fold == 1) ? after : new Note(after.text().toUpperCase(Locale.ROOT), after.clusters());
				});
		return eventing.project(((fold == 1) ? projection : projection.replacing("notes-folded"))
			.reacting((event) -> reactedTo.add(event.key())));
	}

	@Bean
	Queue<String> reactedTo() {
		return new ConcurrentLinkedQueue<>();
	}

	/**
	 * Starts it, on the shared backends, with the given store and group. A fresh store is
	 * behind for the keys that others have put on the topic.
	 */
	static ConfigurableApplicationContext start(Map<String, Object> properties) {
		ConfigurableApplicationContext started = new SpringApplicationBuilder(NotesService.class)
			.web(WebApplicationType.NONE)
			.properties(Map.of("lokala-behov.service", "need-intake", "spring.jmx.enabled", "false",
					"spring.main.banner-mode", "off"))
			// As arguments: the mechanism's own defaults go before the application's.
			.run(properties.entrySet()
				.stream()
				.map((property) -> "--" + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new));
		// Before that every act is refused.
		Awaitility.await().until(() -> started.getBean(Divergence.class).isCompared());
		return started;
	}

	static Map<String, Object> fresh() {
		return Backends.shared().properties("notes");
	}

	/** The next version of it, with the same store. */
	static Map<String, Object> next(Map<String, Object> properties) {
		Map<String, Object> next = new HashMap<>(properties);
		next.put("notes.next-version", true);
		return next;
	}

	/** An act of a municipality, with a key. */
	static Act act(String key) {
		return new Act(new OrganisationId("0180"), "MUNICIPALITY_AUTHOR", "someone", Instant.now(), key,
				Act.sha256(key), null);
	}

}
