package se.lokalabehov.demoissuer;

import java.security.Principal;
import java.util.Arrays;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * The page where one logs in, plain HTML that also says what it is and which logins there
 * are.
 */
@RestController
class LoginPage {

	static final String PATH = "/login";

	@GetMapping(path = PATH, produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
	String login(HttpServletRequest request, CsrfToken csrf) {
		String message = (request.getParameter("error") != null)
				? "<p class=\"fel\" role=\"alert\">Användarnamnet eller lösenordet stämmer inte.</p>" : "";
		return page("Logga in",
				message + """
						<form method="post" action="/login">
						<input type="hidden" name="%s" value="%s">
						<label for="username">Användarnamn</label>
						<input id="username" name="username" list="exempel" autocomplete="off" autocapitalize="none" spellcheck="false" required autofocus>
						<datalist id="exempel">%s</datalist>
						<label for="password">Lösenord (alltid demo)</label>
						<input id="password" name="password" type="password" autocomplete="off" required>
						<button>Logga in</button>
						</form>
						<h2>Vem vill du vara?</h2>
						<table><thead><tr><th scope="col">Roll</th><th scope="col">Exempel på användarnamn</th></tr></thead>
						<tbody>%s</tbody></table>
						<p>Byt koden efter bindestrecket mot en annan organisations: en kommunkod, en RSS (RSS-14-GR) eller en myndighet (SBU).</p>
						"""
					.formatted(csrf.getParameterName(), csrf.getToken(), examples(), rows()));
	}

	@GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
	String start(@Nullable Principal somebody) {
		return page("Demoinloggning",
				(somebody != null) ? "<p>Du är inloggad som " + HtmlUtils.htmlEscape(somebody.getName()) + ".</p>"
						: "<p><a href=\"/login\">Logga in</a></p>");
	}

	private static String examples() {
		return Arrays.stream(Office.values())
			.map((office) -> "<option value=\"" + office.example() + "\">")
			.collect(Collectors.joining());
	}

	private static String rows() {
		return Arrays.stream(Office.values())
			.map((office) -> "<tr><td>" + office.title() + "</td><td><code>" + office.example() + "</code></td></tr>")
			.collect(Collectors.joining("\n"));
	}

	private static String page(String title, String body) {
		return """
				<!doctype html>
				<html lang="sv">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>""" + title
				+ """
						 – Lokala behov, demo</title>
						<style>
						body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
						.prov { border: 3px solid #8a4b00; background: #fff4e0; padding: .5rem 1rem }
						.fel { border-left: .4rem solid #a30000; padding-left: .8rem; color: #a30000 }
						label { display: block; margin-top: 1rem; font-weight: 600 }
						input, button { font: inherit; padding: .5rem; box-sizing: border-box }
						input { width: 100%; border: 1px solid #555 }
						button { margin-top: 1.2rem; padding: .5rem 1.5rem; color: #fff; background: #1d4a78; border: 0 }
						table { border-collapse: collapse; width: 100% }
						th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid #bbb }
						</style>
						</head>
						<body>
						<main>
						<h1>"""
				+ title
				+ """
						</h1>
						<p class="prov"><strong>Endast för prov.</strong> Här kan vem som helst logga in som vem som helst. En verklig installation använder sin egen inloggning.</p>
						"""
				+ body + """
						</main>
						</body>
						</html>
						""";
	}

}
