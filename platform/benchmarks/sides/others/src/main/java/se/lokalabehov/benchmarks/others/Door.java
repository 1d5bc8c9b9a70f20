package se.lokalabehov.benchmarks.others;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.mongodb.WriteConcern;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The way in, the same for both: a bearer's JWT is verified, its role looked at, the body
 * validated; and writes are acknowledged when a majority has journaled them.
 */
@Configuration(proxyBeanMethods = false)
@Import(Door.NotesController.class)
public class Door {

	@Bean
	SecurityFilterChain secured(HttpSecurity http) {
		return http.authorizeHttpRequests(
				(requests) -> requests.requestMatchers("/actuator/health/**").permitAll().anyRequest().authenticated())
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf((csrf) -> csrf.disable())
			.oauth2ResourceServer((server) -> server.jwt((jwt) -> {
			}))
			.build();
	}

	@Bean
	MongoClientSettingsBuilderCustomizer durable() {
		return (settings) -> settings.writeConcern(WriteConcern.MAJORITY.withJournal(true));
	}

	/** Notes a question. */
	@RestController
	static class NotesController {

		record Noted(@NotBlank @Size(max = 1000) String text, @Nullable String area) {
		}

		private static final String PATH = "/api/v1/question-notes";

		private final Notes notes;

		NotesController(Notes notes) {
			this.notes = notes;
		}

		@PostMapping(PATH)
		ResponseEntity<Object> note(@AuthenticationPrincipal Jwt caller, @Valid @RequestBody Noted body) {
			List<String> roles = Objects.requireNonNullElse(caller.getClaimAsStringList("roles"), List.of());
			if (!roles.contains("municipality-author")) {
				return ResponseEntity.status(403).build();
			}
			String id = "note-" + UUID.randomUUID();
			this.notes.keep(new Note(id, Objects.requireNonNullElse(caller.getClaimAsString("organisation"), ""),
					body.area(), body.text().strip()));
			URI address = URI.create(PATH + "/" + id);
			return ResponseEntity.created(address).eTag("1").body(Map.of("id", id, "version", 1, "href", address));
		}

	}

}
