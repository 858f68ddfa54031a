/** Starts n8n workflows through their webhooks, on the JDK's HTTP client: the core's {@code WorkflowTrigger} port. */
module io.schedulerworker.n8n {
  requires transitive io.schedulerworker.core;
  requires com.standardwebhooks;
  requires dev.failsafe.core;
  requires java.net.http;
  requires static org.jspecify;

  exports io.schedulerworker.n8n;

  provides io.schedulerworker.port.WorkflowTriggerProvider with
      io.schedulerworker.n8n.N8nTriggerProvider;
}
