package io.schedulerworker.n8n;

import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.port.WorkflowTriggerProvider;

/** Makes {@link N8nTrigger} known to {@link java.util.ServiceLoader}. */
public final class N8nTriggerProvider implements WorkflowTriggerProvider {
  /** For the service loader. */
  public N8nTriggerProvider() {}

  @Override
  public WorkflowTrigger open(TriggerSettings settings) {
    return new N8nTrigger(settings);
  }
}
