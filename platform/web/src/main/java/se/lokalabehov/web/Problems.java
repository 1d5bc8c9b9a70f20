package se.lokalabehov.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import jakarta.validation.ConstraintViolation;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.hibernate.validator.engine.HibernateConstraintViolation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.BindException;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;

import se.lokalabehov.contracts.Id;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;

/**
 * Makes a problem (RFC 9457) of whatever goes wrong before, in or after a controller.
 * Nothing of the exception's text gets into the answer: it may quote the input. A service
 * that wants to answer something otherwise has an advice of its own, which goes first.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class Problems extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(Problems.class);

	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception ex, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (status.is5xxServerError()) {
			return unexpected(ex);
		}
		Problem problem = switch (ex) {
			case BindException invalid -> invalid(fields(invalid.getBindingResult()));
			case HandlerMethodValidationException invalid -> invalid(fields(invalid));
			case HttpMessageNotReadableException unreadable -> unreadable(unreadable.getCause());
			case MethodArgumentTypeMismatchException mismatch ->
				invalid(mismatch.getName(), expected(mismatch.getRequiredType()));
			case TypeMismatchException mismatch -> invalid(Objects.requireNonNullElse(mismatch.getPropertyName(), ""),
					expected(mismatch.getRequiredType()));
			case MissingServletRequestParameterException missing ->
				invalid(missing.getParameterName(), Messages.text("field.missing"));
			case MissingRequestValueException missing -> Problem.of(status);
			case NoResourceFoundException unknown -> Problem.known(status.value(), "okand-adress");
			case NoHandlerFoundException unknown -> Problem.known(status.value(), "okand-adress");
			default -> Problem.of(status);
		};
		return problem.answer(headers);
	}

	@ExceptionHandler
	ResponseEntity<Object> refused(Refused refused) {
		return Answers.refused(refused.refusal());
	}

	@ExceptionHandler
	ResponseEntity<Object> cursor(Page.WrongCursor wrong) {
		return invalid("cursor", Messages.text("field.cursor")).answer();
	}

	/** The security filters know better what to answer. */
	@ExceptionHandler({ AccessDeniedException.class, AuthenticationException.class })
	void passOn(RuntimeException ex) {
		throw ex;
	}

	@ExceptionHandler
	ResponseEntity<Object> store(DataAccessException ex) {
		return isAway(ex) ? storeAway(ex) : unexpected(ex);
	}

	@ExceptionHandler
	ResponseEntity<Object> store(MongoException ex) {
		return isAway(ex) ? storeAway(ex) : unexpected(ex);
	}

	@ExceptionHandler
	ResponseEntity<Object> conversion(HttpMessageConversionException ex) {
		return unexpected(ex);
	}

	/** A question that is no UTF-8, or a form in parts that says no boundary. */
	@ExceptionHandler({ InvalidParameterException.class, MultipartException.class })
	ResponseEntity<Object> undecodable(RuntimeException ex) {
		return Problem.of(HttpStatus.BAD_REQUEST).answer();
	}

	@ExceptionHandler
	ResponseEntity<Object> unexpected(Exception ex) {
		log.error("a request failed", ex);
		return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR).answer();
	}

	private static boolean isAway(DataAccessException ex) {
		return ex instanceof DataAccessResourceFailureException || ex instanceof TransientDataAccessException
				|| ex instanceof NonTransientDataAccessResourceException || ex instanceof RecoverableDataAccessException
				|| (ex.getCause() instanceof MongoException cause && isAway(cause));
	}

	private static boolean isAway(MongoException ex) {
		return ex instanceof MongoSocketException || ex instanceof MongoTimeoutException
				|| ex instanceof MongoExecutionTimeoutException || ex instanceof MongoNotPrimaryException
				|| ex instanceof MongoNodeIsRecoveringException;
	}

	private static ResponseEntity<Object> storeAway(Exception ex) {
		log.warn("the store does not answer: {}", ex.getClass().getSimpleName());
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, "5");
		return Problem.known(HttpStatus.SERVICE_UNAVAILABLE.value(), "lagret-svarar-inte").answer(headers);
	}

	private static Problem invalid(String field, String detail) {
		return Problem.known(HttpStatus.BAD_REQUEST.value(), "felaktig-uppgift",
				List.of(new Refusal.Field(field, detail)));
	}

	private static Problem invalid(List<Wrong> wrongs) {
		List<Refusal.Field> fields = wrongs.stream()
			.sorted(Comparator.comparing(Wrong::name).thenComparingInt(Wrong::position).thenComparing(Wrong::detail))
			.map((wrong) -> new Refusal.Field(wrong.name(), wrong.detail()))
			.distinct()
			.toList();
		// Personal data is the one thing that must not be sent again, so it names the
		// problem.
		String code = wrongs.stream().anyMatch((wrong) -> wrong.finding() != null && wrong.finding().certain())
				? "personuppgift" : wrongs.stream().anyMatch((wrong) -> wrong.finding() != null)
						? "personuppgift-bekrafta" : "felaktig-uppgift";
		return Problem.known(HttpStatus.BAD_REQUEST.value(), code, fields);
	}

	private static List<Wrong> fields(Errors result) {
		return result.getAllErrors().stream().map((error) -> wrong(error, violation(error))).toList();
	}

	private static List<Wrong> fields(HandlerMethodValidationException invalid) {
		List<Wrong> wrongs = new ArrayList<>();
		for (ParameterValidationResult result : invalid.getParameterValidationResults()) {
			if (result instanceof ParameterErrors errors) {
				wrongs.addAll(fields(errors));
				continue;
			}
			String name = Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "");
			for (MessageSourceResolvable error : result.getResolvableErrors()) {
				wrongs.add(new Wrong(name, Objects.requireNonNullElse(error.getDefaultMessage(), ""),
						finding(result.unwrap(error, ConstraintViolation.class))));
			}
		}
		return wrongs;
	}

	private static @Nullable ConstraintViolation<?> violation(ObjectError error) {
		return error.contains(ConstraintViolation.class) ? error.unwrap(ConstraintViolation.class) : null;
	}

	private static Wrong wrong(ObjectError error, @Nullable ConstraintViolation<?> violation) {
		String name = (error instanceof FieldError field) ? field.getField() : "";
		// Without a violation it is a value that could not be converted: the default text
		// quotes it.
		return (violation != null)
				? new Wrong(name, Objects.requireNonNullElse(error.getDefaultMessage(), ""), finding(violation))
				: new Wrong(name, Messages.text("expected.other"), null);
	}

	private static PersonalData.@Nullable Finding finding(ConstraintViolation<?> violation) {
		HibernateConstraintViolation<?> detailed = violation.unwrap(HibernateConstraintViolation.class);
		return detailed.getDynamicPayload(PersonalData.Finding.class);
	}

	static Problem unreadable(@Nullable Throwable cause) {
		return switch (cause) {
			case StreamConstraintsException limit -> Problem.known(400, "for-invecklad-json");
			case PropertyBindingException unknown ->
				invalid(parent(unknown), Messages.text("field.unknown", known(unknown.getKnownPropertyIds())));
			case Json.ForbiddenCharacter forbidden -> invalid(path(forbidden), Messages.text("field.characters"));
			case MismatchedInputException mismatch when !path(mismatch).isEmpty() ->
				invalid(path(mismatch), expected(mismatch.getTargetType()));
			case InputCoercionException tooLarge when !path(tooLarge).isEmpty() ->
				invalid(path(tooLarge), expected(tooLarge.getTargetType()));
			case JacksonException json when duplicate(json) -> Problem.known(400, "dubblett-i-json");
			case null, default -> Problem.known(400, "olaslig-json");
		};
	}

	private static boolean duplicate(JacksonException ex) {
		return ex.getOriginalMessage().startsWith("Duplicate ");
	}

	private static String known(@Nullable Collection<Object> names) {
		return (names == null) ? "" : names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
	}

	/** Where it is, in names that the platform has given. */
	private static String path(JacksonException ex) {
		return path(ex.getPath());
	}

	/** The last name of the path is the caller's own. */
	private static String parent(JacksonException ex) {
		return path(ex.getPath().subList(0, Math.max(0, ex.getPath().size() - 1)));
	}

	private static String path(List<JacksonException.Reference> references) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : references) {
			if (reference.getPropertyName() == null) {
				path.append('[').append(reference.getIndex()).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
			}
		}
		return path.toString();
	}

	private static String expected(@Nullable Class<?> type) {
		if (type == null) {
			return Messages.text("expected.other");
		}
		if (type.isEnum()) {
			return Messages.text("expected.enum",
					Stream.of(type.getEnumConstants())
						.map((constant) -> ((Enum<?>) constant).name())
						.collect(Collectors.joining(", ")));
		}
		if (Id.class.isAssignableFrom(type)) {
			return Messages.text("expected.id");
		}
		if (Collection.class.isAssignableFrom(type) || type.isArray()) {
			return Messages.text("expected.list");
		}
		String key = "expected." + type.getSimpleName();
		return Messages.text(Messages.has(key) ? key : type.isRecord() ? "expected.object" : "expected.other");
	}

	/**
	 * What is wrong with one field.
	 */
	private record Wrong(String name, String detail, PersonalData.@Nullable Finding finding) {

		int position() {
			return (this.finding != null) ? this.finding.start() : -1;
		}

	}

}
