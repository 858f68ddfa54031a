package io.schedulerworker.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.schedulerworker.SchedulerWorker;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may know what, in the product as it is on the class path: core, adapters and app. */
class WallsTest {
  private static final String BASE = "io.schedulerworker";
  private static final String FIXTURE = "io.schedulerworker.app.architecture.fixture";

  private static final JavaClasses PRODUCT = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      // What users and adapters test with is not the product.
      .withImportOption(location -> !location.contains("-tests.jar"))
      .importPackages(BASE);
  private static final Walls WALLS = new Walls(BASE);

  private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(FIXTURE);
  private static final Walls BROKEN_WALLS = new Walls(FIXTURE);

  static Stream<ArchRule> rules() {
    return WALLS.rules();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(ArchRule wall) {
    wall.check(PRODUCT);
  }

  static Stream<String> packages() {
    return WALLS.packages();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void everyPackageThatARuleNamesHasClasses(String name) {
    assertThat(classesIn(PRODUCT, name)).isNotEmpty();
  }

  @Test
  void theServiceLoaderIsAskedInOnePlaceOfTheApp() {
    assertThat(PRODUCT.stream()
            .filter(type -> type.getDirectDependenciesFromSelf().stream()
                .anyMatch(each -> each.getTargetClass().isEquivalentTo(ServiceLoader.class)))
            .map(JavaClass::getName))
        .containsExactly("io.schedulerworker.app.Adapters");
  }

  @Test
  void theRulesKnowWhatTheCoreExports() throws URISyntaxException {
    assertThat(core().exports().stream().map(Exports::source))
        .containsExactlyInAnyOrderElementsOf(Walls.EXPORTED.stream()
            .map(name -> name.isEmpty() ? BASE : BASE + "." + name)
            .toList());
  }

  private static ModuleDescriptor core() throws URISyntaxException {
    Path home = Path.of(SchedulerWorker.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .toURI());
    return ModuleFinder.of(home).find("io.schedulerworker.core").orElseThrow().descriptor();
  }

  @Test
  void aModelThatKnowsAPortIsSeen() {
    assertBroken(BROKEN_WALLS.layer("model"), "model.KnowsPort");
    assertBroken(BROKEN_WALLS.coreHasNoCycles(), "model.KnowsPort");
  }

  @Test
  void jacksonInThePublicApiIsSeen() {
    assertBroken(BROKEN_WALLS.jacksonStaysInJson(), "port.ShowsJackson");
    assertBroken(BROKEN_WALLS.apiShowsOwnTypesAlone(), "port.ShowsJackson.parsers()");
    assertBroken(BROKEN_WALLS.apiShowsOwnTypesAlone(), "port.ShowsJackson.hidden()");
  }

  @Test
  void aCallAndAMethodReferenceToTheSystemClockAreSeen() {
    ArchRule wall = BROKEN_WALLS.coreHasNo(Ambient.CLOCK);
    assertBroken(wall, "cron.ReadsClock.call()");
    assertBroken(wall, "cron.ReadsClock.reference()");
  }

  @Test
  void whateverElseTheCoreMustBeGivenIsSeen() {
    assertBroken(BROKEN_WALLS.coreHasNo(Ambient.RANDOMNESS), "dispatch.Ambitious.draw(");
    assertBroken(BROKEN_WALLS.coreHasNo(Ambient.RANDOMNESS), "dispatch.Ambitious.name(");
    assertBroken(BROKEN_WALLS.coreHasNo(Ambient.ENVIRONMENT), "dispatch.Ambitious.look(");
    assertBroken(BROKEN_WALLS.coreHasNo(Ambient.THREADS), "dispatch.Ambitious.start(");
    assertBroken(BROKEN_WALLS.coreHasNo(Ambient.THREADS), "dispatch.Ambitious.async(");
    assertBroken(BROKEN_WALLS.coreHasNo(Ambient.INPUT_AND_OUTPUT), "dispatch.Ambitious.read(");
    assertBroken(BROKEN_WALLS.coreHasNo(Ambient.INPUT_AND_OUTPUT), "dispatch.Ambitious.say(");
  }

  @Test
  void workOnAnExecutorThatIsGivenIsNoThreadOfItsOwn() {
    assertThat(failures(BROKEN_WALLS.coreHasNo(Ambient.THREADS)))
        .doesNotContain("Ambitious.onExecutor(");
  }

  @Test
  void anAdapterThatKnowsAUseCaseIsSeen() {
    assertBroken(BROKEN_WALLS.adapterUsesTheApiAlone("n8n"), "n8n.KnowsDispatch");
  }

  @Test
  void aCoreThatKnowsAnAdapterIsSeen() {
    assertBroken(BROKEN_WALLS.coreKnowsNobody(), "dispatch.KnowsAdapter");
  }

  @Test
  void aRuleAboutAnEmptyPackageFails() {
    assertThat(classesIn(BROKEN, FIXTURE + ".job")).isEmpty();
    assertThat(classesIn(BROKEN, FIXTURE + ".json")).as("package-info alone").isEmpty();
    assertThatThrownBy(() -> BROKEN_WALLS.layer("job", "model").check(BROKEN))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("failed to check any classes");
  }

  private static Stream<JavaClass> classesIn(JavaClasses classes, String name) {
    return classes.stream()
        .filter(type -> type.getPackageName().equals(name))
        .filter(type -> !type.getSimpleName().equals("package-info"));
  }

  private static void assertBroken(ArchRule wall, String culprit) {
    assertThat(failures(wall)).contains(FIXTURE + "." + culprit);
  }

  private static String failures(ArchRule wall) {
    EvaluationResult result = wall.evaluate(BROKEN);
    assertThat(result.hasViolation()).isTrue();
    return String.join("\n", result.getFailureReport().getDetails());
  }
}
