package se.lokalabehov.web;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

import se.lokalabehov.contracts.ClarificationId;
import se.lokalabehov.contracts.CollectionId;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.FollowUpId;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.NoteId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RecordId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.security.Caller;

/**
 * Describes what the door adds to every operation (OpenAPI 3.1 at {@code /v3/api-docs}),
 * so that controllers need not.
 */
@AutoConfiguration(beforeName = "org.springdoc.core.configuration.SpringDocConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ApiDocsAutoConfiguration {

	private static final String LOGIN = "login";

	private static final String PROBLEM = "Problem";

	private static final String RECEIPT = "Receipt";

	static {
		SpringDocUtils.getConfig().addRequestWrapperToIgnore(Act.class, Caller.class, Paging.class);
		// An identifier is a plain text on the wire.
		Stream.of(ClarificationId.class, CollectionId.class, CycleId.class, FollowUpId.class, NationalNeedId.class,
				NeedId.class, NoteId.class, OrganisationId.class, RecordId.class, RegionalNeedId.class, RoundId.class)
			.forEach((id) -> SpringDocUtils.getConfig().replaceWithClass(id, String.class));
	}

	@Bean
	@ConditionalOnMissingBean
	OpenAPI description(@Value("${spring.application.name:lokala-behov}") String name) {
		Components components = new Components().addSecuritySchemes(LOGIN,
				new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").bearerFormat("JWT"));
		ModelConverters.getInstance(true).readAll(Problem.class).forEach(components::addSchemas);
		ModelConverters.getInstance(true).readAll(Answers.Receipt.class).forEach(components::addSchemas);
		return new OpenAPI()
			.info(new Info().title("Lokala behov: " + name)
				.version("v1")
				.description(Messages.text("docs.description"))
				.contact(new Contact().name("Lokala behov").url("https://lokalabehov.se"))
				.license(new License().name("EUPL-1.2").identifier("EUPL-1.2")))
			.components(components)
			.addSecurityItem(new SecurityRequirement().addList(LOGIN));
	}

	@Bean
	GlobalOperationCustomizer door() {
		return (operation, handler) -> {
			if (takes(handler, Act.class)) {
				command(operation, handler);
			}
			if (takes(handler, Paging.class)) {
				operation.addParametersItem(query("limit", "docs.limit",
						new Schema<Integer>().type("integer")
							.minimum(BigDecimal.ONE)
							.maximum(BigDecimal.valueOf(Paging.MAX_LIMIT))
							._default(Paging.DEFAULT_LIMIT)));
				operation.addParametersItem(query("cursor", "docs.cursor", text().maxLength(Paging.MAX_CURSOR)));
			}
			if (operation.getDescription() == null) {
				operation.setDescription(operation.getSummary());
			}
			operation.getResponses().values().forEach((response) -> {
				if ("OK".equals(response.getDescription())) {
					response.setDescription(Messages.text("docs.ok"));
				}
			});
			operation.getResponses()
				.addApiResponse("default",
						new ApiResponse().description(Messages.text("docs.problem"))
							.content(new Content().addMediaType("application/problem+json",
									new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))
										.example(example()))));
			return operation;
		};
	}

	/** A problem as it is answered, with every field that it always has. */
	private static Map<String, Object> example() {
		Problem problem = Problem.of(Refusal.notFound());
		return Map.of("type", problem.type(), "title", problem.title(), "status", problem.status(), "detail",
				problem.detail(), "instance", "/api/v1/needs/need-0123456789abcdef01234567");
	}

	private static void command(Operation operation, HandlerMethod handler) {
		boolean creates = isPost(handler);
		operation.addParametersItem(header(ArgumentResolvers.IDEMPOTENCY_KEY, "docs.idempotency-key", creates,
				text().minLength(1).maxLength(200)));
		operation.addParametersItem(
				header("If-Match", "docs.if-match", !creates, text().pattern("^\"[1-9][0-9]*(\\.[0-9]+)?\"$")));
		operation.addParametersItem(
				header(PersonalDataGuard.CONFIRMATION, "docs.confirm", false, new Schema<Boolean>().type("boolean")));
		if (handler.getMethod().getReturnType() == ResponseEntity.class) {
			operation.getResponses().addApiResponse("200", receipt());
			if (creates) {
				operation.getResponses().addApiResponse("201", receipt());
			}
		}
	}

	private static ApiResponse receipt() {
		return new ApiResponse().description(Messages.text("docs.receipt"))
			.addHeaderObject("ETag", new Header().description(Messages.text("docs.etag")).schema(text()))
			.content(new Content().addMediaType("application/json",
					new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + RECEIPT))));
	}

	private static boolean isPost(HandlerMethod handler) {
		RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
		return mapping != null && Arrays.asList(mapping.method()).contains(RequestMethod.POST);
	}

	private static boolean takes(HandlerMethod handler, Class<?> type) {
		return Arrays.stream(handler.getMethodParameters())
			.anyMatch((parameter) -> parameter.getParameterType() == type);
	}

	private static Schema<String> text() {
		return new Schema<String>().type("string");
	}

	private static Parameter header(String name, String description, boolean required, Schema<?> schema) {
		return new Parameter().in("header")
			.name(name)
			.required(required)
			.description(Messages.text(description))
			.schema(schema);
	}

	private static Parameter query(String name, String description, Schema<?> schema) {
		return new Parameter().in("query").name(name).description(Messages.text(description)).schema(schema);
	}

}
