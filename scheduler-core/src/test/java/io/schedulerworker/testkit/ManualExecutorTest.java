package io.schedulerworker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.testing.ManualExecutor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualExecutorTest {
  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> log = new ArrayList<>();

  @Test
  void keepsTasksUntilTheyAreRun() {
    executor.execute(() -> log.add("one"));
    executor.execute(() -> log.add("two"));
    assertThat(log).isEmpty();
    assertThat(executor.pendingTasks()).isEqualTo(2);

    assertThat(executor.runNext()).isTrue();

    assertThat(log).containsExactly("one");
  }

  @Test
  void runsAllTasksWithThoseThatTheyAdd() {
    executor.execute(() -> executor.execute(() -> log.add("child")));
    executor.execute(() -> log.add("sibling"));

    assertThat(executor.runAll()).isEqualTo(3);

    assertThat(log).containsExactly("sibling", "child");
    assertThat(executor.runNext()).isFalse();
    assertThat(executor.runAll()).isZero();
  }

  @Test
  void letsATaskFailInTheTestAndKeepsTheRest() {
    executor.execute(() -> {
      throw new IllegalStateException("broken");
    });
    executor.execute(() -> log.add("rest"));

    assertThatThrownBy(executor::runAll).hasMessage("broken");

    assertThat(executor.pendingTasks()).isEqualTo(1);
    assertThat(executor.runAll()).isEqualTo(1);
  }
}
