package io.schedulerworker.n8n;

import io.schedulerworker.model.Texts;
import io.schedulerworker.model.WebhookUrl;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.TriggerSecrets;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.port.WorkflowTrigger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Starts n8n workflows through their webhooks, one POST per attempt, over HTTP/1.1.
 *
 * <p>A stage completes on a thread of the JDK's common pool, on one of the trigger's own (for time-outs, and for looking
 * up host names) or on that of {@link #close()}: what depends on it must be short and hand work on.
 *
 * <p>A host at which too many calls failed is not called for a while (see {@link io.schedulerworker.port.BreakerSettings}):
 * an attempt is then over at once, as {@code CIRCUIT_OPEN}.
 *
 * <p>A host that may not be called (see {@link io.schedulerworker.reach.Reach}) is not: the attempt is refused. A name is
 * looked up before the call, and judged by all its addresses; the client then takes them from the JVM's cache
 * ({@code networkaddress.cache.ttl}, 30 s). Through a proxy, it is the proxy that looks names up: one that is not known
 * here is judged by itself.
 *
 * <p>Keys and signing secrets (see {@link io.schedulerworker.port.TriggerSecrets}) may change while calls are made; each
 * attempt carries those of the moment at which it was asked for. A key that travels over plain http to another machine is
 * worth a warning, logged once per host through {@link System.Logger}. Calls are signed as Standard Webhooks has it, with
 * the idempotency key as their id and the time at which they are sent.
 *
 * <p>Over https a host's certificate and its name are checked always, by TLS 1.2 or 1.3.
 *
 * <p>There are as many connections as attempts in flight; how many those are, the core limits. With one or two
 * processors, JDK 17 starts a thread for every task of the common pool; there,
 * {@code -Djava.util.concurrent.ForkJoinPool.common.parallelism=2} makes calls several times cheaper. n8n closes a
 * connection that was idle for 5 s; {@code -Djdk.httpclient.keepalive.timeout=3} makes the client close it first, so
 * that no call is lost on one that is just going away.
 */
public final class N8nTrigger implements WorkflowTrigger {
  private static final Logger LOG = System.getLogger(N8nTrigger.class.getName());

  private final RequestFactory requests;
  private final TriggerSettings settings;
  private final InstantSource time;
  private final KeyExposure exposure = new KeyExposure();
  private final ReachCheck reach;
  private final HostLanes lanes = new HostLanes();
  private final HungReaders hung = new HungReaders();
  private final Clients clients;
  private final Targets targets;
  private final InFlight inFlight;
  private volatile boolean closed;

  /**
   * Opens a trigger. Calls nobody yet, but starts a thread that prepares the clients for http.
   *
   * @param settings what to send and how long to wait
   * @throws IllegalArgumentException if the user agent is blank or has characters other than printable ASCII, which no
   *     header can carry unchanged
   */
  public N8nTrigger(TriggerSettings settings) {
    this(settings, InstantSource.system());
  }

  /** The time is for signatures, and for a {@code Retry-After} that names a date in an answer without a {@code Date}. */
  N8nTrigger(TriggerSettings settings, InstantSource time) {
    this.requests = new RequestFactory(settings.userAgent(), time);
    this.settings = settings;
    this.time = time;
    this.reach = new ReachCheck(settings.reach());
    this.targets = new Targets(settings.breaker());
    this.clients = new Clients(settings);
    this.inFlight = new InFlight(settings.responseTimeout());
    clients.prepare();
  }

  @Override
  public CompletionStage<TriggerOutcome> trigger(TriggerRequest request) {
    TriggerSecrets secrets = settings.secrets().get();
    Wording wording = new Wording(request.webhook(), secrets);
    RequestFactory.Call call;
    try {
      call = requests.of(request, secrets);
    } catch (IllegalArgumentException e) {
      // The message may hold the whole address, with what is secret in it.
      return refused(wording.of("cannot be called, its address is not valid"));
    }
    Optional<String> refusal =
        reach.refusal(request.webhook()).or(() -> hung.refusal(request.webhook()));
    if (refusal.isPresent()) {
      return refused(wording.of(refusal.get()));
    }
    if (wording.hasKey()) {
      exposure.check(request.webhook());
    }
    return guarded(call, request, wording);
  }

  private static CompletionStage<TriggerOutcome> refused(String reason) {
    return CompletableFuture.completedFuture(new Refused(reason, null));
  }

  private CompletionStage<TriggerOutcome> guarded(
      RequestFactory.Call call, TriggerRequest request, Wording wording) {
    Target target = targets.of(request.webhook());
    NotNow turnedAway = target.breaker().turnAway(wording);
    if (turnedAway != null) {
      return CompletableFuture.completedFuture(turnedAway);
    }
    Attempt attempt = new Attempt(call, settings, wording, time, target, inFlight, lanes::runApart);
    start(attempt, request);
    return attempt.outcome();
  }

  private void start(Attempt attempt, TriggerRequest request) {
    try {
      inFlight.add(attempt);
    } catch (RuntimeException | Error e) {
      attempt.fail(e);
    }
    if (closed) {
      attempt.abandon();
    } else {
      send(attempt, request.webhook());
    }
  }

  private void send(Attempt attempt, URI webhook) {
    try {
      HttpClient client = clients.of(webhook, attempt.clientNumber());
      attempt.whenHung(() -> giveUp(client, webhook));
      if (NumericHost.is(webhook.getHost())) {
        attempt.send(client);
      } else {
        sendByLane(attempt, webhook, client);
      }
    } catch (RuntimeException | Error e) {
      // No thread or no selector to be had, most likely: nothing was sent.
      attempt.fail(e);
    }
  }

  private void giveUp(HttpClient client, URI webhook) {
    hung.add(webhook);
    clients.forget(client);
    LOG.log(
        Level.ERROR,
        "{0} has hung an HTTP client, with an answer that claims a chunk of an impossible size: it is not called"
            + " any more, other calls that were under way time out, and a thread is lost until the next start",
        Texts.line(String.valueOf(webhook.getHost()), 100));
  }

  private void sendByLane(Attempt attempt, URI webhook, HttpClient client) {
    if (!lanes.run(webhook.getHost(), () -> sendIfReachable(attempt, webhook, client))) {
      attempt.putOff("was not called yet: too many names of other hosts are being looked up");
    }
  }

  /** On a thread that may wait for a look-up. */
  private void sendIfReachable(Attempt attempt, URI webhook, HttpClient client) {
    if (attempt.isOver()) {
      return;
    }
    try {
      reach
          .refusalAfterLookUp(webhook)
          .ifPresentOrElse(attempt::refuse, () -> sendByName(attempt, webhook, client));
    } catch (RuntimeException | Error e) {
      attempt.fail(e);
    }
  }

  /** From now on nobody may lead the name elsewhere, until the attempt is over. */
  private void sendByName(Attempt attempt, URI webhook, HttpClient client) {
    String host = webhook.getHost();
    int port = WebhookUrl.port(webhook);
    settings.calledHosts().enter(host, port);
    try {
      attempt.send(client);
    } finally {
      // After the client has looked the name up, also for an attempt that is over before.
      CompletionStage<TriggerOutcome> unused = attempt
          .outcome()
          .whenComplete((outcome, failure) -> settings.calledHosts().leave(host, port));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Attempts in flight end at once, and so does every later one, without a call. Connections and the clients' threads
   * end with them.
   */
  @Override
  public void close() {
    closed = true;
    inFlight.close();
    lanes.close();
    clients.close();
  }
}
