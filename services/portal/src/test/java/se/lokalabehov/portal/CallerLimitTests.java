package se.lokalabehov.portal;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a caller takes, beside how often it asks.
 */
class CallerLimitTests {

	/** So small that whatever is under way at all is too much. */
	private final CallerLimit limit = new CallerLimit(new CallerLimit.Settings(1000, Duration.ofSeconds(10), 4, 1e-9));

	@Test
	void whoHasTakenMoreThanItsShareIsToldToWaitAndNobodyElseIs() throws Exception {
		assertThat(asked("198.51.100.1")).isEqualTo(200);
		assertThat(asked("198.51.100.1")).isEqualTo(429);
		assertThat(asked("198.51.100.2")).isEqualTo(200);
	}

	private int asked(String address) throws ServletException, IOException {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.setRemoteAddr(address);
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.limit.doFilter(request, response, new MockFilterChain());
		return response.getStatus();
	}

}
