package se.lokalabehov.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is in {@code deploy/} as far as it can be judged without what runs it: alerts and
 * dashboard ask only for metrics and tags that there are, and everything that is deployed
 * is probed, limited and confined, and says no secret.
 */
class DeployFilesTests {

	private static final Path ROOT = Path.of("../..");

	private static final Path DEPLOY = ROOT.resolve("deploy");

	private static final Path KUBERNETES = DEPLOY.resolve("kubernetes");

	/** Of Spring Boot and of Prometheus itself, and the tags that we use of theirs. */
	private static final Map<String, Set<String>> OF_OTHERS = Map.of("up", Set.of(), "http_server_requests_seconds",
			Set.of("status", "method", "uri"), "jvm_memory_used_bytes", Set.of("area"), "jvm_memory_max_bytes",
			Set.of("area"));

	private static final Set<String> EVERYWHERE = Set.of("application", "instance", "job", "le");

	private static final Set<String> WORDS = Set.of("by", "without", "and", "or", "unless", "on", "ignoring", "bool",
			"offset", "group_left", "group_right");

	private static final Pattern SECRET = Pattern.compile("(?i)(password|secret|token|credential)");

	static Stream<String> expressions() {
		Stream<String> alerts = alerts().map((rule) -> (String) rule.get("expr"));
		Stream<String> panels = dashboard().path("panels")
			.valueStream()
			.flatMap((panel) -> panel.path("targets").valueStream())
			.map((target) -> target.path("expr").asString());
		return Stream.concat(alerts, panels);
	}

	@ParameterizedTest
	@MethodSource("expressions")
	void anExpressionAsksForMetricsAndTagsThatThereAre(String expression) {
		assertThat(asked(expression)).isNotEmpty()
			.allSatisfy((metric, tags) -> assertThat(given()).containsKey(metric)
				.hasEntrySatisfying(metric, (known) -> assertThat(known).containsAll(tags)));
	}

	@Test
	void aMetricOrATagThatThereIsNotIsSeen() {
		assertThat(given())
			.doesNotContainKeys(asked("rate(lokalabehov_outbox_waiting[5m]) > 1").keySet().toArray(String[]::new));
		assertThat(asked("sum by (colour) (lokalabehov_commands_total{shape=\"x\"})").get("lokalabehov_commands_total"))
			.containsExactlyInAnyOrder("colour", "shape");
	}

	@Test
	void everyMetricOfOursIsOnTheDashboardOrInAnAlert() {
		Set<String> used = expressions().flatMap((one) -> asked(one).keySet().stream()).collect(Collectors.toSet());

		assertThat(used).containsAll(documented().keySet());
	}

	@Test
	void everyAlertSaysWhatToDoAndIsTried() {
		Set<Object> tried = list(map(yaml(DEPLOY.resolve("monitoring/alerts-test.yml")).getFirst()), "tests").stream()
			.flatMap((test) -> list(map(test), "alert_rule_test").stream())
			.filter((test) -> !list(map(test), "exp_alerts").isEmpty())
			.map((test) -> map(test).get("alertname"))
			.collect(Collectors.toSet());

		assertThat(alerts()).isNotEmpty().allSatisfy((rule) -> {
			assertThat(tried).contains(rule.get("alert"));
			assertThat(map(rule.get("labels")).get("severity")).isIn("page", "ticket");
			assertThat((String) map(rule.get("annotations")).get("summary")).isNotBlank();
			assertThat((String) map(rule.get("annotations")).get("runbook")).hasSizeGreaterThan(60);
		});
	}

	/**
	 * Needs promtool (Debian: prometheus); what is not there is said, not passed over.
	 */
	@Test
	void theAlertsSpeakAndAreQuietWhenTheyShould() throws IOException, InterruptedException {
		Assumptions.assumeTrue(onThePath("promtool"), "promtool is not installed: alerts were not tried");

		promtool("test", "rules", "alerts-test.yml");
	}

	@Test
	void everyExpressionIsPromQl(@TempDir Path directory) throws IOException, InterruptedException {
		Assumptions.assumeTrue(onThePath("promtool"), "promtool is not installed: expressions were not parsed");
		Path rules = directory.resolve("rules.json");
		Files.writeString(rules,
				JsonMapper.shared()
					.writeValueAsString(Map.of("groups", List.of(Map.of("name", "tried", "rules",
							expressions().map((one) -> Map.of("record", "tried", "expr", one)).toList())))));

		promtool("check", "rules", "--lint=none", rules.toString());
	}

	private static void promtool(String... arguments) throws IOException, InterruptedException {
		Process promtool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Arrays.stream(arguments)).toList())
			.directory(DEPLOY.resolve("monitoring").toFile())
			.redirectErrorStream(true)
			.start();
		String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

		assertThat(promtool.waitFor()).as(said).isZero();
	}

	@Test
	void everyContainerOfComposeIsConfinedLimitedAndWatched() {
		Map<String, Object> services = map(map(yaml(ROOT.resolve("docker-compose.yml")).getFirst()).get("services"));

		assertThat(services).containsKeys("kafka", "mongodb", "portal", "prometheus", "grafana", "mail");
		services.forEach((name, service) -> {
			Map<String, Object> one = map(service);
			assertThat(one).as(name).containsKeys("healthcheck", "mem_limit", "pids_limit", "tmpfs");
			assertThat(one.get("read_only")).as(name).isEqualTo(true);
			assertThat(list(one, "security_opt")).as(name).map(Object::toString).contains("no-new-privileges:true");
			if (one.get("image") instanceof String image) {
				assertThat(image).as(name).matches("\\$\\{[A-Z_]+:-[^:}]+:[^:}]*\\d[^:}]*}");
			}
			if (one.get("environment") instanceof Map<?, ?> environment) {
				map(environment).forEach((key, value) -> {
					assertNoSecret(name + "." + key, key, String.valueOf(value));
					// Set to nothing is not the same as not set: tracing would stop the
					// start.
					assertThat(String.valueOf(value)).as(name + "." + key)
						.matches((given) -> key.startsWith("LOKALABEHOV_") || !given.endsWith(":-}"));
				});
			}
			list(one, "ports").forEach((port) -> assertThat((String) port).as(name).startsWith("127.0.0.1:"));
		});
	}

	@Test
	void everyDeploymentIsProbedLimitedConfinedAndHasABudgetAndAService() {
		List<Map<String, Object>> resources = resources("base");
		Set<String> labels = Set.of("need-intake", "prioritisation", "national-handoff", "feedback", "report-catalogue",
				"portal");

		assertThat(names(resources, "Deployment")).isEqualTo(labels);
		assertThat(names(resources, "Service")).isEqualTo(labels);
		assertThat(names(resources, "PodDisruptionBudget")).isEqualTo(labels);
		of(resources, "Deployment").forEach((deployment) -> {
			Map<String, Object> pod = map(map(map(deployment.get("spec")).get("template")).get("spec"));
			assertThat(map(pod.get("securityContext")).get("runAsNonRoot")).isEqualTo(true);
			assertThat(pod.get("automountServiceAccountToken")).isEqualTo(false);
			Map<String, Object> container = map(list(pod, "containers").getFirst());
			assertThat(container).containsKeys("livenessProbe", "readinessProbe", "startupProbe");
			assertThat(map(map(map(container.get("readinessProbe")).get("httpGet"))).get("path"))
				.isEqualTo("/actuator/health/readiness");
			assertThat(map(map(container.get("resources")).get("limits"))).containsKey("memory");
			assertThat(map(map(container.get("resources")).get("requests"))).containsKeys("memory", "cpu");
			Map<String, Object> confined = map(container.get("securityContext"));
			assertThat(confined.get("readOnlyRootFilesystem")).isEqualTo(true);
			assertThat(confined.get("allowPrivilegeEscalation")).isEqualTo(false);
			assertThat(map(confined.get("capabilities")).get("drop")).isEqualTo(List.of("ALL"));
		});
	}

	@Test
	void nothingReachesAPodButWhatAPolicySays() {
		Map<String, Object> nothing = of(resources("base"), "NetworkPolicy")
			.filter((policy) -> map(policy.get("metadata")).get("name").equals("nothing"))
			.map((policy) -> map(policy.get("spec")))
			.findFirst()
			.orElseThrow();

		assertThat(nothing.get("podSelector")).isEqualTo(Map.of());
		assertThat(nothing.get("policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
		assertThat(nothing).doesNotContainKeys("ingress", "egress");
	}

	@ParameterizedTest
	@ValueSource(strings = { "base", "overlays/region", "overlays/nation" })
	void aKustomizationNamesWhatIsThereAndSaysNoSecret(String folder) {
		Map<String, Object> kustomization = map(
				yaml(KUBERNETES.resolve(folder).resolve("kustomization.yaml")).getFirst());
		Set<String> deployed = names(resources("base"), "Deployment");

		assertThat(list(kustomization, "resources")).isNotEmpty()
			.allSatisfy((file) -> assertThat(KUBERNETES.resolve(folder).resolve((String) file)).exists());
		list(kustomization, "images").forEach((image) -> {
			assertThat(deployed.stream().map((name) -> "lokala-behov/" + name))
				.contains((String) map(image).get("name"));
			assertThat(map(image).get("newTag")).isNotEqualTo("latest");
		});
		list(kustomization, "configMapGenerator").stream()
			.flatMap((generator) -> list(map(generator), "literals").stream())
			.map((literal) -> ((String) literal).split("=", 2))
			.forEach((pair) -> assertNoSecret(folder, pair[0], pair[1]));
		list(kustomization, "patches").stream()
			.map((patch) -> map(map(patch).get("target")))
			.filter((target) -> target.containsKey("name"))
			.forEach((target) -> assertThat(deployed).contains((String) target.get("name")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "overlays/region", "overlays/nation" })
	void anOverlaySaysEveryAddressThatWouldElseBeThisMachine(String folder) {
		String given = text(KUBERNETES.resolve(folder).resolve("kustomization.yaml"));
		List<String> settings = Pattern.compile("(?m)^\\| `([^`]+)` \\| [^|]*\\| `[^`]*localhost[^`]*` \\|")
			.matcher(text(DEPLOY.resolve("configuration.md")))
			.results()
			.map((setting) -> setting.group(1))
			.filter((setting) -> !setting.startsWith("lokala-behov.demo-issuer."))
			.toList();

		assertThat(settings).isNotEmpty()
			.allSatisfy((setting) -> assertThat(given)
				.contains("- " + setting.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_') + "="));
	}

	@Test
	void noResourceOfKubernetesIsASecretWithItsValue() {
		assertThat(Stream.of("base", "overlays/region", "overlays/nation")
			.flatMap((folder) -> resources(folder).stream())
			.map((resource) -> resource.get("kind"))).isNotEmpty().doesNotContain("Secret");
	}

	/** A name that sounds like a secret has its value from outside. */
	private static void assertNoSecret(String where, String name, String value) {
		if (SECRET.matcher(name).find()) {
			assertThat(value).as(where).matches("\\$\\{[A-Z_]+:\\?[^}]*}");
		}
		String uri = "://[^/@\\s]*:(?!\\$\\{)[^/@\\s]+@";
		assertThat(Pattern.compile(uri).matcher(value).find()).as(where + " has a password in an address").isFalse();
	}

	/** Which metrics an expression of PromQL asks for, and by which tags. */
	private static Map<String, Set<String>> asked(String expression) {
		Map<String, Set<String>> asked = new TreeMap<>();
		Set<String> groups = new HashSet<>();
		Matcher grouping = Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\(([^)]*)\\)").matcher(expression);
		while (grouping.find()) {
			groups.addAll(Arrays.stream(grouping.group(1).split(",")).map(String::strip).toList());
		}
		String plain = grouping.replaceAll(" ").replaceAll("\\[[^\\]]*]", " ");
		Matcher selector = Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*(\\{[^}]*}|\\()?").matcher(plain);
		while (selector.find()) {
			String tail = selector.group(2);
			if ("(".equals(tail) || WORDS.contains(selector.group(1))) {
				continue;
			}
			Set<String> tags = new HashSet<>(groups);
			if (tail != null) {
				Matcher tag = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)").matcher(tail);
				while (tag.find()) {
					tags.add(tag.group(1));
				}
			}
			tags.removeAll(EVERYWHERE);
			asked.merge(selector.group(1).replaceAll("_(bucket|count|sum|max)$", ""), tags,
					(one, other) -> Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet()));
		}
		return asked;
	}

	private static Map<String, Set<String>> given() {
		Map<String, Set<String>> given = new TreeMap<>(OF_OTHERS);
		given.putAll(documented());
		return given;
	}

	/** The table of metrics, which SeenRunningTests compares with what runs. */
	private static Map<String, Set<String>> documented() {
		Map<String, Set<String>> documented = new TreeMap<>();
		Pattern row = Pattern.compile("^\\| `(lokalabehov_\\w+)` \\|[^|]*\\|[^|]*\\|([^|]*)\\|");
		text(DEPLOY.resolve("README.md")).lines().forEach((line) -> {
			Matcher found = row.matcher(line);
			if (found.find()) {
				documented.put(found.group(1),
						Pattern.compile("`(\\w+)`")
							.matcher(found.group(2))
							.results()
							.map((tag) -> tag.group(1))
							.collect(Collectors.toCollection(TreeSet::new)));
			}
		});
		assertThat(documented).isNotEmpty();
		return documented;
	}

	private static Stream<Map<String, Object>> alerts() {
		return list(map(yaml(DEPLOY.resolve("monitoring/alerts.yml")).getFirst()), "groups").stream()
			.flatMap((group) -> list(map(group), "rules").stream())
			.map(DeployFilesTests::map);
	}

	private static JsonNode dashboard() {
		return JsonMapper.shared().readTree(text(DEPLOY.resolve("monitoring/grafana/dashboards/lokala-behov.json")));
	}

	private static List<Map<String, Object>> resources(String folder) {
		List<Map<String, Object>> resources = new ArrayList<>();
		try (Stream<Path> files = Files.list(KUBERNETES.resolve(folder))) {
			files.filter((file) -> !file.endsWith("kustomization.yaml"))
				.forEach((file) -> yaml(file).forEach((resource) -> resources.add(map(resource))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return resources;
	}

	private static Stream<Map<String, Object>> of(List<Map<String, Object>> resources, String kind) {
		return resources.stream().filter((resource) -> kind.equals(resource.get("kind")));
	}

	private static Set<String> names(List<Map<String, Object>> resources, String kind) {
		return of(resources, kind).map((resource) -> (String) map(resource.get("metadata")).get("name"))
			.collect(Collectors.toSet());
	}

	private static List<Object> yaml(Path file) {
		return StreamSupport
			.stream(new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text(file)).spliterator(), false)
			.toList();
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object value) {
		assertThat(value).isInstanceOf(Map.class);
		return (Map<String, Object>) value;
	}

	@SuppressWarnings("unchecked")
	private static List<Object> list(Map<String, Object> of, String name) {
		return (List<Object>) of.getOrDefault(name, List.of());
	}

	private static boolean onThePath(String program) {
		return Arrays.stream(System.getenv("PATH").split(":"))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, program)));
	}

}
