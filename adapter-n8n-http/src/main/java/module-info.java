/** Starts n8n workflows through their webhooks, on the JDK's HTTP client: the core's {@code WorkflowTrigger} port. */
@SuppressWarnings("requires-automatic") // the library for signatures has no module descriptor
module io.schedulerworker.n8n {
  requires transitive io.schedulerworker.core;
  requires dev.failsafe.core;
  requires java.net.http;
  requires com.standardwebhooks;
  requires static org.jspecify;

  exports io.schedulerworker.n8n;

  provides io.schedulerworker.port.WorkflowTriggerProvider with
      io.schedulerworker.n8n.N8nTriggerProvider;
}
