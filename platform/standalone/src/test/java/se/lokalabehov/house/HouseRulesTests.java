package se.lokalabehov.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the house: who may import whom, and how things are written. Every rule is
 * also shown a class that breaks it ({@code se.lokalabehov.house.broken}), so that none
 * can pass because its pattern matches nothing.
 */
class HouseRulesTests {

	private static final String ROOT = "se.lokalabehov.";

	private static final String VALUES_OF_A_DECISION = "se\\.lokalabehov\\.eventing\\.(Decision|Refusal|Envelope)(\\$.*)?";

	private static final List<String> SERVICES = List.of("needintake", "prioritisation", "nationalhandoff", "feedback",
			"reportcatalogue", "portal");

	private static final JavaClasses HOUSE = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("se.lokalabehov");

	/**
	 * Classes that break one rule each, told by their package to be in a room they are
	 * not in.
	 */
	private static final JavaClasses BROKEN = new ClassFileImporter().importPackages("se.lokalabehov.house.broken");

	static Stream<Arguments> rules() {
		return rules(ROOT).entrySet().stream().map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

	private static Map<String, ArchRule> rules(String root) {
		Map<String, ArchRule> rules = SERVICES.stream()
			.collect(Collectors.toMap((service) -> service + " knows no other service", (service) -> noClasses().that()
				.resideInAPackage(root + service + "..")
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(SERVICES.stream()
					.filter((other) -> !other.equals(service))
					.map((other) -> root + other + "..")
					.toArray(String[]::new))
				.because("between services there are only events; put what both need on a topic, or copy the value")));
		rules.put("contracts know the JDK and JSpecify only", classes().that()
			.resideInAPackage(root + "contracts..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(root + "contracts..", "java..", "org.jspecify..")
			.because("a contract that pulls in a framework binds everyone to it; do the mapping in eventing's Codec"));
		rules.put("the directory knows contracts and the JDK only",
				classes().that()
					.resideInAPackage(root + "directory..")
					.should()
					.onlyDependOnClassesThat()
					.resideInAnyPackage(root + "directory..", root + "contracts..", "java..", "org.jspecify..")
					.because("reference data are plain values; wire them up in a service's configuration"));
		rules.put("a model knows the JDK, contracts, the values of a decision and itself only",
				classes().that()
					.resideInAPackage(root + "*.model..")
					.should()
					.onlyDependOnClassesThat(JavaClass.Predicates
						.resideInAnyPackage(root + "*.model..", root + "contracts..", root + "ranking..", "java..",
								"org.jspecify..")
						.or(DescribedPredicate.describe("are values of a decision",
								(value) -> value.getName().matches(VALUES_OF_A_DECISION))))
					.because("what is decided must be readable and testable without any framework; move the rest out"));
		rules.put("eventing knows no room but contracts",
				noClasses().that()
					.resideInAPackage(root + "eventing..")
					.should()
					.dependOnClassesThat()
					.resideInAnyPackage(Stream
						.concat(SERVICES.stream(), Stream.of("web", "security", "directory", "standalone", "embedded"))
						.map((room) -> root + room + "..")
						.toArray(String[]::new))
					.because("the mechanism serves every service alike"));
		rules.put("only the standalone sees the services",
				noClasses().that()
					.resideOutsideOfPackages(Stream.concat(SERVICES.stream(), Stream.of("standalone"))
						.map((room) -> root + room + "..")
						.toArray(String[]::new))
					.should()
					.dependOnClassesThat()
					.resideInAnyPackage(SERVICES.stream().map((room) -> root + room + "..").toArray(String[]::new))
					.because("a service can be taken away without anything else noticing"));
		rules.put("a service shows its application and nothing else",
				classes().that()
					.resideInAnyPackage(SERVICES.stream().map((room) -> root + room).toArray(String[]::new))
					.and()
					.areTopLevelClasses()
					.and()
					.haveSimpleNameNotEndingWith("Application")
					.should()
					.notBePublic()
					.because("what is not public can be changed without asking anyone; leave out the modifier"));
		rules.put("time arrives as data or from the Clock bean",
				noClasses().that()
					.resideInAnyPackage(SERVICES.stream().map((room) -> root + room + "..").toArray(String[]::new))
					.should()
					.callMethod(java.time.Instant.class, "now")
					.orShould()
					.callMethod(java.time.LocalDate.class, "now")
					.orShould()
					.callMethod(System.class, "currentTimeMillis")
					.because("a hidden clock can not be tested or moved; inject java.time.Clock"));
		rules.put("no chance in what is decided",
				noClasses().that()
					.resideInAPackage(root + "*.model..")
					.should()
					.dependOnClassesThat()
					.belongToAnyOf(java.util.Random.class, java.util.UUID.class,
							java.util.concurrent.ThreadLocalRandom.class)
					.because("a decision is asked again when someone else was faster, and must answer the same"));
		rules.put("every package says what it may be null",
				classes().that()
					.areTopLevelClasses()
					.should(liveInANullMarkedPackage())
					.because("NullAway only looks where it is told to; add a package-info.java with @NullMarked"));
		rules.put("nothing is printed or logged past the logger", noClasses().that()
			.resideInAnyPackage(Stream.concat(SERVICES.stream(), Stream.of("eventing", "web", "security", "directory"))
				.map((room) -> root + room + "..")
				.toArray(String[]::new))
			.should()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err")
			.orShould()
			.callMethod(Throwable.class, "printStackTrace")
			.because("what is printed can not be filtered; use the logger"));
		return rules;
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rules")
	void theHouseKeeps(String name, ArchRule rule) {
		rule.check(HOUSE);
	}

	@Test
	void everyRuleIsSeenToFail() {
		Map<String, ArchRule> rules = rules("se.lokalabehov.house.broken.");
		rules.forEach((name, rule) -> {
			EvaluationResult result = rule.allowEmptyShould(true).evaluate(BROKEN);
			// One service stands for the six that have the same rule.
			if (!name.endsWith("knows no other service") || name.startsWith("feedback")) {
				assertThat(result.hasViolation()).as(name).isTrue();
			}
		});
	}

	@Test
	void theTableOfTopicsInTheReadmeIsTheListOfTopics() throws Exception {
		Path readme = Path.of("../../README.md");
		List<String> rows = Files.readAllLines(readme)
			.stream()
			.filter((line) -> line.startsWith("| `" + Topics.PREFIX))
			.map((line) -> line.split("\\|"))
			.map((cells) -> cells[1].strip().replace("`", "") + " " + cells[2].strip())
			.toList();
		assertThat(rows).containsExactlyElementsOf(
				Topics.all().stream().map((topic) -> topic.name() + " " + topic.owner()).toList());
	}

	@Test
	void everyTopicHasOneOwnerThatIsAService() {
		List<String> folders = SERVICES;
		assertThat(Topics.all().stream().map(Topic::owner).map((owner) -> owner.replace("-", "")))
			.allMatch(folders::contains);
	}

	private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
		return new ArchCondition<>("live in a package that is @NullMarked") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
				boolean generated = item.getModifiers().contains(JavaModifier.SYNTHETIC)
						|| item.getSimpleName().equals("package-info");
				if (!marked && !generated) {
					events.add(SimpleConditionEvent.violated(item, item.getName() + " is not null-marked"));
				}
			}

		};
	}

}
