package se.lokalabehov.benchmarks.ours;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.QuestionNoteEvent.QuestionNoted;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Projection;
import se.lokalabehov.eventing.Views;

/**
 * A service with everything that a service has: the door, security, the audit log, the
 * outbox, a view.
 */
@SpringBootApplication
public class NotesApplication {

	/** A note, also as it is seen. */
	record Note(String organisation, @Nullable String area, String text) {

		static Note after(@Nullable Note before, QuestionNoteEvent event) {
			if (event instanceof QuestionNoted noted) {
				return new Note(noted.organisation().value(), noted.area(), noted.text());
			}
			throw new IllegalStateException("notes are only noted here");
		}

	}

	/**
	 * Starts the service.
	 * @param arguments Spring Boot's
	 */
	public static void main(String[] arguments) {
		// The owner of the topic.
		new SpringApplicationBuilder(NotesApplication.class)
			.properties(Map.of("lokala-behov.service", "need-intake", "spring.application.name", "notes"))
			.run(arguments);
	}

	@Bean
	Aggregates<Note, QuestionNoteEvent> notes(Eventing eventing) {
		return eventing.aggregates(
				AggregateType.of("notes", Topics.QUESTION_NOTES, QuestionNoteEvent.class, Note.class, Note::after));
	}

	@Bean
	Views<Note> seen(Eventing eventing) {
		return eventing.project(Projection.of("notes-seen", Topics.QUESTION_NOTES, Note.class,
				(before, event) -> Note.after(before, event.event())));
	}

}
