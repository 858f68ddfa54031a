package io.schedulerworker.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The walls as rules about the packages below a base package, so that the same rules hold for the product and can be
 * shown to fail on fixtures.
 */
final class Walls {
  static final List<String> ADAPTERS = List.of("kv.memory", "kv.redis", "kv.dynamo", "n8n");
  static final List<String> EXPORTED =
      List.of("", "cron", "json", "model", "port", "reach", "system");
  private static final List<String> CORE = List.of(
      "",
      "cron",
      "dispatch",
      "job",
      "json",
      "model",
      "port",
      "reach",
      "schedule",
      "system",
      "tracing");
  private static final String APP = "app";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final Map<String, String> LIBRARIES =
      Map.of("json", JACKSON, "tracing", "io.opentelemetry..");
  private static final String[] JDK = {
    "java..", "javax.crypto..", "javax.net.ssl", "org.jspecify.annotations"
  };

  private final String base;

  Walls(String base) {
    this.base = base;
  }

  /** Every package that a rule names. */
  Stream<String> packages() {
    return Stream.of(CORE.stream(), ADAPTERS.stream(), Stream.of(APP))
        .flatMap(names -> names)
        .map(this::name);
  }

  Stream<ArchRule> rules() {
    return Stream.of(
            layers(),
            Stream.of(
                jacksonStaysInJson(),
                coreKnowsNobody(),
                appUsesTheApiAlone(),
                apiShowsOwnTypesAlone(),
                coreHasNoCycles(),
                everyClassHasItsPlace()),
            adapters(),
            ambient())
        .flatMap(rules -> rules);
  }

  private Stream<ArchRule> layers() {
    return Stream.of(
        layer("model"),
        layer("cron"),
        layer("reach"),
        layer("port", "model", "reach"),
        layer("json", "model"),
        layer("system", "port"),
        layer("dispatch", "model", "port"),
        layer("job", "model", "port", "json", "dispatch"),
        layer("schedule", "model", "port", "json", "cron", "job"),
        layer("tracing", "model", "port"),
        layer(
            "",
            "model",
            "port",
            "json",
            "cron",
            "dispatch",
            "job",
            "schedule",
            "system",
            "tracing"));
  }

  /** A package of the core knows some others of the core and the JDK; two know a library each. */
  ArchRule layer(String name, String... known) {
    Stream<String> own = Stream.concat(Stream.of(name), Stream.of(known)).map(this::name);
    Stream<String> libraries = Stream.ofNullable(LIBRARIES.get(name));
    String[] allowed = Stream.of(own, libraries, Arrays.stream(JDK))
        .flatMap(packages -> packages)
        .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(name(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }

  ArchRule jacksonStaysInJson() {
    return noClasses()
        .that()
        .resideInAnyPackage(names(CORE))
        .and()
        .resideOutsideOfPackage(name("json"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(JACKSON);
  }

  ArchRule coreKnowsNobody() {
    return classes()
        .that()
        .resideInAnyPackage(names(CORE))
        .should()
        .onlyDependOnClassesThat(foreign().or(resideInAnyPackage(names(CORE))))
        .as("the core depends on no adapter and not on the app");
  }

  private Stream<ArchRule> adapters() {
    return ADAPTERS.stream().map(this::adapterUsesTheApiAlone);
  }

  ArchRule adapterUsesTheApiAlone(String adapter) {
    return classes()
        .that()
        .resideInAPackage(name(adapter) + "..")
        .should()
        .onlyDependOnClassesThat(foreign()
            .or(resideInAnyPackage(names(EXPORTED)))
            .or(resideInAnyPackage(name(adapter) + "..")))
        .as("the adapter " + adapter + " uses the core's exported packages alone, no other adapter,"
            + " not the app");
  }

  ArchRule appUsesTheApiAlone() {
    return classes()
        .that()
        .resideInAPackage(name(APP) + "..")
        .should()
        .onlyDependOnClassesThat(foreign()
            .or(resideInAnyPackage(names(EXPORTED)))
            .or(resideInAnyPackage(name(APP) + "..")))
        .as("the app uses the core's exported packages alone and names no class of an adapter");
  }

  ArchRule apiShowsOwnTypesAlone() {
    return classes()
        .that()
        .resideInAnyPackage(names(EXPORTED))
        .should(new ShowOwnTypesAlone(Set.of(names(EXPORTED))));
  }

  ArchRule coreHasNoCycles() {
    return slices()
        .assignedFrom(new SliceAssignment() {
          @Override
          public SliceIdentifier getIdentifierOf(JavaClass type) {
            return Set.of(names(CORE)).contains(type.getPackageName())
                ? SliceIdentifier.of(type.getPackageName())
                : SliceIdentifier.ignore();
          }

          @Override
          public String getDescription() {
            return "the core's packages";
          }
        })
        .should()
        .beFreeOfCycles();
  }

  /** A package that nobody thought of is under no rule. */
  ArchRule everyClassHasItsPlace() {
    return classes()
        .that()
        .resideInAPackage(base + "..")
        .should()
        .resideInAnyPackage(
            Stream.concat(packages(), Stream.of(name(APP) + "..")).toArray(String[]::new));
  }

  private Stream<ArchRule> ambient() {
    return Stream.of(Ambient.values()).map(this::coreHasNo);
  }

  ArchRule coreHasNo(Ambient ambient) {
    DescribedPredicate<JavaAccess<?>> access = describe(ambient.text(), ambient::isReachedBy);
    return noClasses()
        .that()
        .resideInAnyPackage(names(CORE))
        .and()
        .resideOutsideOfPackage(name("system"))
        .should()
        .accessTargetWhere(access)
        .orShould()
        .dependOnClassesThat(describe(ambient.text(), ambient::isMetIn))
        .as("the core outside its system package has no " + ambient.text());
  }

  private DescribedPredicate<JavaClass> foreign() {
    return resideOutsideOfPackage(base + "..");
  }

  private String name(String part) {
    return part.isEmpty() ? base : base + "." + part;
  }

  private String[] names(List<String> parts) {
    return parts.stream().map(this::name).toArray(String[]::new);
  }
}
