package se.lokalabehov.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import com.mongodb.MongoSocketOpenException;
import com.mongodb.ServerAddress;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;

/**
 * A service with nothing behind its door.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(excludeName = { "se.lokalabehov.eventing.EventingAutoConfiguration",
		"org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration" })
@Import(TryOutApplication.TryOutController.class)
class TryOutApplication {

	/** Lets those go who wait. */
	static final Semaphore GO = new Semaphore(0);

	static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

	@Bean
	Clock stopped() {
		return Clock.fixed(NOW, ZoneOffset.UTC);
	}

	/** Two shapes. */
	sealed interface Shape {

		record Circle(int radius) implements Shape {
		}

		record Square(int side) implements Shape {
		}

	}

	enum Colour {

		RED, BLUE

	}

	record Everything(@Nullable String text, int number, @Nullable Boolean flag, @Nullable Colour colour,
			@Nullable LocalDate day, @Nullable Instant at, @Nullable NeedId need, @Nullable List<NeedId> needs,
			@Nullable Shape shape, @Nullable Everything inner) {
	}

	record Noted(@NotNull @Valid WordingBody wording, @Nullable @NoPersonalData List<String> remarks) {
	}

	record Published(@NotBlank @Size(max = 200) @NoPersonalNumber String title) {
	}

	record Whole(@NoPersonalData Wording wording) {
	}

	/** Answers with what it was given. */
	@RestController
	@RequestMapping("/api/v1/things")
	static class TryOutController {

		@PostMapping
		ResponseEntity<Object> make(Act act, @RequestBody Everything body) {
			return Answers.created(new Outcome.Done<>(act.newId("thing"), 1, body, false), "/api/v1/things/");
		}

		@PostMapping("/acts")
		Act act(Act act) {
			return act;
		}

		@PostMapping("/echo")
		Everything echo(@RequestBody Everything body) {
			return body;
		}

		@PostMapping("/needs")
		Wording note(@Valid @RequestBody Noted body) {
			return body.wording().toWording();
		}

		@PostMapping("/records")
		Published publish(@Valid @RequestBody Published body) {
			return body;
		}

		@PostMapping("/wordings")
		Whole whole(@Valid @RequestBody Whole body) {
			return body;
		}

		@PutMapping("/{id}")
		ResponseEntity<Object> change(@PathVariable NeedId id, Act act) {
			return Answers.of(new Outcome.Done<>(id.value(), 8, act, false), "/api/v1/things/");
		}

		@DeleteMapping("/{id}")
		ResponseEntity<Object> remove(@PathVariable String id, Act act) {
			return Answers.of(new Outcome.Done<>(id, 9, act, false), "/api/v1/things/" + id);
		}

		@GetMapping
		@Operation(summary = "Alla ting")
		ResponseEntity<Object> list(Paging paging, Caller caller) {
			return Answers.page(new Page<>(List.of(paging), (paging.cursor() == null) ? "a b/c=" : null));
		}

		@GetMapping("/{id}")
		ResponseEntity<Object> read(@PathVariable NeedId id) {
			return Answers.read(
					id.value().equals("none") ? Optional.empty()
							: Optional.of(new Stored<>(id.value(), 3, 3, NOW, "state")),
					(stored) -> Map.of("id", stored.id(), "state", stored.state()));
		}

		@GetMapping("/waiting")
		String waits() throws InterruptedException {
			GO.acquire();
			return "{}";
		}

		@GetMapping("/refusals/{kind}")
		ResponseEntity<Object> refuse(@PathVariable Refusal.Kind kind) {
			return Answers.of(
					Outcome.refuse(new Refusal(kind, "regel", "Så här gör du.", List.of(new Refusal.Field("a", "b")))),
					"/");
		}

		@GetMapping("/numbers")
		int number(@RequestParam @Min(1) @Max(9) int n, @RequestParam(required = false) @Nullable Colour colour) {
			return n;
		}

		@GetMapping("/broken/{how}")
		String broken(@PathVariable String how) {
			throw switch (how) {
				case "store" -> new DataAccessResourceFailureException("hemlig adress 10.0.0.7");
				case "driver" -> new MongoSocketOpenException("hemlig adress", new ServerAddress(), new Exception());
				case "cursor" -> new Page.WrongCursor();
				case "rule" -> new AccessDeniedException("hemlig regel");
				default -> new IllegalStateException("hemlig text");
			};
		}

	}

}
