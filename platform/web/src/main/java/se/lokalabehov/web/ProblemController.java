package se.lokalabehov.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers for what went wrong outside every controller (a filter, the container), where
 * Spring Boot would tell more than it should.
 */
@RestController
final class ProblemController implements ErrorController {

	@RequestMapping("${server.error.path:${error.path:/error}}")
	ResponseEntity<Object> problem(HttpServletRequest request) {
		Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		// Without a status somebody has asked for this very page.
		return Problem.of((status instanceof Integer code) ? HttpStatusCode.valueOf(code) : HttpStatus.NOT_FOUND)
			.answer();
	}

}
