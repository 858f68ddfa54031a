package io.schedulerworker.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One run of contract classes within a test, and what came of it. The tests tagged {@code large} are left out. */
final class ContractRun implements TestExecutionListener {
  private final List<String> passed = new ArrayList<>();
  private final Map<String, Throwable> failed = new TreeMap<>();

  private ContractRun() {}

  /** Runs all tests of some classes. */
  static ContractRun ofAll(List<Class<?>> suites) {
    return of(suites.stream().map(suite -> selectClass(suite)).toList());
  }

  /** Runs some tests of a class. */
  static ContractRun of(Class<?> suite, List<String> tests) {
    return of(tests.stream().map(test -> selectMethod(suite, test)).toList());
  }

  private static ContractRun of(List<? extends DiscoverySelector> selectors) {
    ContractRun run = new ContractRun();
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(selectors)
        .filters(EngineFilter.includeEngines("junit-jupiter"), TagFilter.excludeTags("large"))
        .build();
    LauncherFactory.create(quiet()).execute(request, run);
    return run;
  }

  /** The names of the tests that passed. */
  List<String> passed() {
    return passed;
  }

  /** What failed, by the name of the test or of the container. */
  Map<String, Throwable> failed() {
    return failed;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String name = test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .orElse(test.getDisplayName());
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      failed.put(name, result.getThrowable().orElseThrow());
    } else if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
      passed.add(name);
    }
  }

  /** Without the listeners of the build, which would report the failures as its own. */
  private static LauncherConfig quiet() {
    return LauncherConfig.builder()
        .enableTestExecutionListenerAutoRegistration(false)
        .enableLauncherSessionListenerAutoRegistration(false)
        .enableLauncherDiscoveryListenerAutoRegistration(false)
        .enablePostDiscoveryFilterAutoRegistration(false)
        .build();
  }
}
