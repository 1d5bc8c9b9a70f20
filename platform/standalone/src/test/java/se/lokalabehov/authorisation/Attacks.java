package se.lokalabehov.authorisation;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Hostile input by itself, for whatever place it is put in. {@link #MARK} stands in every
 * text, so that one sees where it comes out.
 */
final class Attacks {

	/** Stands in no text of the platform's own. */
	static final String MARK = "q7zq";

	/** What stands in a line of a log that somebody has forged. */
	static final String FORGED = "FORGED-" + MARK;

	private Attacks() {
	}

	/**
	 * A value of a field.
	 *
	 * @param name what it tries
	 * @param literal as it is written in JSON
	 * @param refused whether no field may take it; otherwise it may be a text like
	 * another
	 */
	record Value(String name, String literal, boolean refused) {
	}

	/**
	 * A whole body.
	 *
	 * @param name what it tries
	 * @param type media type, none when none is said
	 * @param bytes the body
	 */
	record Body(String name, @Nullable String type, byte[] bytes) {
	}

	/** In the place of a text in a body. */
	static List<Value> values() {
		List<Value> values = new ArrayList<>();
		texts().forEach((text) -> values
			.add(new Value("text " + text.substring(0, Math.min(40, text.length())), literal(text), false)));
		// A test number of Skatteverket's, one of coordination, and what they look like
		// when they are hidden.
		List.of("19811218-9876", "811218-9876", "8112189876", "811218+9876", "19811218 9876", "1981-12-18-9876",
				"811218\u20139876", "8 1 1 2 1 8 9 8 7 6", "811218\u200b9876", "811218\u00a09876", "701063-2391",
				"\uff18\uff11\uff11\uff12\uff11\uff18-\uff19\uff18\uff17\uff16",
				"\u0668\u0661\u0661\u0662\u0661\u0668-\u0669\u0668\u0667\u0666")
			.forEach((number) -> values
				.add(new Value("personal number " + number, literal("Om " + number + " " + MARK), true)));
		values.add(new Value("NUL", "\"" + MARK + "\\u0000\"", true));
		values.add(new Value("bidi override", "\"" + MARK + "\\u202e\"", true));
		values.add(new Value("bidi isolate", "\"" + MARK + "\\u2066\"", true));
		values.add(new Value("lone surrogate", "\"" + MARK + "\\ud800\"", true));
		values.add(new Value("half a pair, the wrong way", "\"\\udc00\\ud800" + MARK + "\"", true));
		values.add(new Value("a megabyte and more", literal((MARK + " ").repeat(220_000)), true));
		values.add(new Value("operator", "{\"$ne\":\"" + MARK + "\"}", true));
		values.add(new Value("operator $gt", "{\"$gt\":\"\"}", true));
		values.add(new Value("operator $where", "{\"$where\":\"sleep(5000)\"}", true));
		values.add(new Value("regular expression", "{\"$regex\":\"(a+)+$\"}", true));
		values.add(new Value("list", "[\"" + MARK + "\",\"b\"]", true));
		values.add(new Value("number", "12345", true));
		values.add(new Value("huge number", "1e400", true));
		values.add(new Value("long number", "9".repeat(5000), true));
		values.add(new Value("truth", "true", true));
		values.add(new Value("deep", "[".repeat(5000) + "]".repeat(5000), true));
		values
			.add(new Value("type of a class", "{\"@class\":\"java.lang.ProcessBuilder\",\"command\":[\"id\"]}", true));
		return values;
	}

	/** Texts that somebody may write, and that nothing may come of. */
	static List<String> texts() {
		return List.of("<script>alert('" + MARK + "')</script>", "\"><img src=x onerror=alert('" + MARK + "')>",
				"javascript:alert('" + MARK + "')", "</textarea><svg/onload=alert('" + MARK + "')>",
				"=HYPERLINK(\"http://example.org/" + MARK + "\";\"x\")", "@SUM(1+1)*cmd|' /C calc'!A0 " + MARK,
				"+46 " + MARK, "-2+3 " + MARK, "\t=1+1 " + MARK, "{\"$gt\":\"\"} " + MARK,
				"'; return true; var " + MARK + "='", "${7*7} #{7*7} *{7*7} " + MARK,
				"__${T(java.lang.Runtime).getRuntime().exec('id')}__::." + MARK, "{{7*7}} <%= 7*7 %> " + MARK,
				"${jndi:ldap://127.0.0.1:1/" + MARK + "}", "{0} {1,number} %s %n " + MARK, "' OR '1'='1' -- " + MARK,
				"a\r\n" + FORGED + " INFO somebody else", "a\u001b[2J\u001b[31m" + MARK,
				"../../../../etc/passwd " + MARK, "..\\..\\windows " + MARK, "a".repeat(3000) + "! " + MARK,
				"title:[* TO *] AND *:* OR /(a+)+$/ " + MARK, "\"" + MARK + " OR (((((((((((((((((((",
				"a\u0301".repeat(500) + MARK, "\u200b\u200d\ufeff" + MARK, "\uD83D\uDC68\u200D\uD83D\uDC69 " + MARK,
				"<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x> " + MARK);
	}

	/** In the place of an identifier, or of what a question says; encoded for a URL. */
	static List<String> inAddresses() {
		List<String> values = new ArrayList<>();
		texts().forEach((text) -> values.add(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20")));
		values.addAll(List.of("%00" + MARK, "%C0%AE%C0%AE", "%FF%FE", "%ED%A0%80", "%E2%80%AE" + MARK, "%5B%24ne%5D",
				"9".repeat(400), "-1", "0x10", "NaN", "1e9", "811218-9876", "2026-02-30", "9999999999-12-31", "%20",
				""));
		return values;
	}

	/** In the place of a whole body. */
	static List<Body> bodies() {
		String json = "application/json";
		List<Body> bodies = new ArrayList<>();
		for (String text : List.of("", "{", "[]", "null", "\"" + MARK + "\"", "1", "{} {}", "{\"a\":1,\"a\":2}",
				"{\"" + MARK + "\":\"x\"}", "{\"__proto__\":{\"admin\":true}}", "[".repeat(100_000),
				"{\"a\":".repeat(50_000), "{\"" + "n".repeat(100_000) + "\":1}", "\ufeff{\"" + MARK + "\":1}",
				"<x>" + MARK + "</x>", "{\"a\":\"" + "x".repeat(2_000_000) + "\"}")) {
			bodies.add(new Body("JSON " + text.substring(0, Math.min(30, text.length())), json,
					text.getBytes(StandardCharsets.UTF_8)));
		}
		bodies.add(new Body("bytes that are no UTF-8", json, new byte[] { '{', '"', (byte) 0xff, '"', ':', '1', '}' }));
		bodies.add(new Body("UTF-16", json, ("{\"" + MARK + "\":1}").getBytes(StandardCharsets.UTF_16)));
		bodies.add(new Body("UTF-32", json,
				("{\"" + MARK + "\":1}").getBytes(java.nio.charset.Charset.forName("UTF-32"))));
		bodies.add(new Body("a gzip that is none", json, new byte[] { 0x1f, (byte) 0x8b, 8, 0, 0, 0 }));
		for (String type : List.of("text/xml", "application/x-www-form-urlencoded", "multipart/form-data",
				"multipart/form-data; boundary=" + MARK, "text/plain", "application/json; charset=utf-7",
				"application/x-java-serialized-object", "no type at all", "application/*")) {
			bodies.add(new Body("as " + type, type, ("{\"" + MARK + "\":1}").getBytes(StandardCharsets.UTF_8)));
		}
		bodies.add(new Body("of no type", null, ("{\"" + MARK + "\":1}").getBytes(StandardCharsets.UTF_8)));
		return bodies;
	}

	/** Fields that nobody may set, beside those that are asked for. */
	static List<String> hiddenFields() {
		return List.of("\"status\":\"PUBLISHED\"", "\"owner\":\"SKR\"", "\"id\":\"need-000000000000000000000000\"",
				"\"_id\":\"x\"", "\"version\":1", "\"roles\":[\"ADMINISTRATOR\"]", "\"organisation\":\"SKR\"",
				"\"municipality \":\"0180\"", "\"$set\":{\"status\":\"PUBLISHED\"}", "\"class\":\"java.lang.Object\"",
				"\"published\":true", "\"sequence\":1", "\"acts\":[]");
	}

	/** Names and values of headers, one pair at a time. */
	static List<String[]> headers() {
		return List.of(new String[] { "Authorization", "Bearer " + MARK },
				new String[] { "Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0." },
				new String[] { "Authorization", "Basic ////" }, new String[] { "Authorization", "Bearer" },
				new String[] { "Authorization", "\u0001" + MARK }, new String[] { "If-Match", "*" },
				new String[] { "If-Match", "\"" + MARK }, new String[] { "If-Match", "\"-1\"" },
				new String[] { "If-None-Match", "\"" + "9".repeat(4000) }, new String[] { "Idempotency-Key", "å" },
				new String[] { "Idempotency-Key", "x".repeat(201) }, new String[] { "Idempotency-Key", "$ne" },
				new String[] { "Accept", "text/html;q=" + MARK }, new String[] { "Accept", "../../" },
				new String[] { "Accept-Language", "${jndi:ldap://127.0.0.1:1/" + MARK + "}" },
				new String[] { "Accept-Encoding", "br;q=9," + "x,".repeat(500) },
				new String[] { "X-HTTP-Method-Override", "DELETE" }, new String[] { "X-Forwarded-Host", MARK },
				new String[] { "X-Forwarded-Prefix", "/<script>" + MARK },
				new String[] { "X-Forwarded-Proto", "javascript" },
				new String[] { "Forwarded", "for=\"" + MARK + "\";host=" + MARK },
				new String[] { "X-Original-URL", "/actuator/eventing" },
				new String[] { "X-Rewrite-URL", "/actuator/env" }, new String[] { "traceparent", "00-" + MARK },
				new String[] { "baggage", MARK + "=" + "x".repeat(4000) },
				new String[] { "Range", "bytes=0-1,2-3,-999999999999999999999" },
				new String[] { "Content-Encoding", "gzip" }, new String[] { "Transfer-Encoding", "chunked, identity" },
				new String[] { "Cookie", "JSESSIONID=" + MARK + "; lb-session=../" },
				new String[] { "Last-Event-ID", "\u0001" + MARK });
	}

	/**
	 * Addresses by which one comes to what is closed, when the door reads them otherwise
	 * than what is behind it.
	 */
	static List<String> paths() {
		List<String> paths = new ArrayList<>();
		for (String closed : List.of("actuator/eventing", "actuator/env", "actuator/heapdump", "actuator/loggers",
				"actuator/audit", "forvaltning", "start")) {
			paths.addAll(List.of("//" + closed, "/./" + closed, "/api/../" + closed, "/api/v1/../../" + closed,
					"/api/v1/needs/..%2f..%2f..%2f" + closed, "/%2e/" + closed, "/api/v1/%2e%2e/%2e%2e/" + closed,
					"/api/v1/needs/..;/..;/..;/" + closed, "/" + closed + ";x=.css", "/" + closed + "/",
					"/" + closed + "%00", "/" + closed + "%20", "/" + closed + "%2f", "/" + closed + ".json",
					"/stil.css/../" + closed, "/stil.css/..;/" + closed, "/" + closed.replace("/", "%2f"),
					"/" + closed.replace("/", "\\"), "/" + closed.replace("/", "%5c"),
					"/" + closed.replace('a', '\u0430'), "/" + closed.toUpperCase(), "/%61" + closed.substring(1),
					"http://127.0.0.1/" + closed, "/oai/../" + closed));
		}
		paths.addAll(List.of("/.git/config", "/.env", "/WEB-INF/web.xml", "/META-INF/MANIFEST.MF", "/application.yml",
				"/portal.yml", "/h2-console", "/manager/html", "/..%c0%af..%c0%afetc/passwd", "/%", "/%zz", "/%u002e",
				"/\u0000", "/api/v1/" + "a/".repeat(3000), "/?" + "a=1&".repeat(3000), "*", "/api/v1/needs?limit=1;x"));
		return paths;
	}

	/** A text as JSON writes it. */
	static String literal(String text) {
		StringBuilder literal = new StringBuilder("\"");
		for (char character : text.toCharArray()) {
			if (character == '"' || character == '\\') {
				literal.append('\\').append(character);
			}
			else if (character < 0x20) {
				literal.append(String.format("\\u%04x", (int) character));
			}
			else {
				literal.append(character);
			}
		}
		return literal.append('"').toString();
	}

}
