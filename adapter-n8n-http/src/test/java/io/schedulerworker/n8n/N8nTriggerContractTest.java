package io.schedulerworker.n8n;

import io.schedulerworker.contract.WorkflowTriggerContract;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.port.WorkflowTrigger;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

class N8nTriggerContractTest extends WorkflowTriggerContract {
  @Override
  protected WorkflowTrigger open(TriggerSettings settings) {
    return new N8nTriggerProvider().open(settings);
  }

  @Override
  protected Target target(Script first, Script... then) {
    return new ServerTarget(ScriptedServer.of(Stream.concat(Stream.of(first), Stream.of(then))
        .map(N8nTriggerContractTest::act)
        .toArray(ScriptedServer.Act[]::new)));
  }

  @Override
  protected URI unreachable() {
    try (ScriptedServer closed = ScriptedServer.of()) {
      return closed.url("/webhook/kpi");
    }
  }

  private static ScriptedServer.Act act(Script script) {
    return switch (script) {
      case ACCEPT ->
        ScriptedServer.answer(ScriptedServer.http(
            200, "", "application/json", "{\"message\":\"Workflow was started\"}"));
      case REFUSE ->
        ScriptedServer.answer(
            ScriptedServer.http(400, "", "application/json", "{\"message\":\"no\"}"));
      case HANG -> ScriptedServer.hang();
      case DROP -> ScriptedServer.drop();
      case DRIP -> (request, connection) -> drip(connection);
      case FLOOD -> (request, connection) -> flood(connection);
    };
  }

  private static final String ENDLESS =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999999999\r\n\r\n";

  private static void drip(Socket connection) throws IOException, InterruptedException {
    ScriptedServer.send(connection, ENDLESS);
    while (true) {
      ScriptedServer.send(connection, " ");
      Thread.sleep(50);
    }
  }

  private static void flood(Socket connection) throws IOException {
    ScriptedServer.send(connection, ENDLESS);
    while (true) {
      ScriptedServer.send(connection, " ".repeat(8192));
    }
  }

  private record ServerTarget(ScriptedServer server) implements Target {
    @Override
    public URI webhook() {
      return server.url("/webhook/kpi");
    }

    @Override
    public List<Received> received() {
      return server.requests().stream()
          .map(request -> new Received(request.header("Idempotency-Key"), request.body()))
          .toList();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
