package io.schedulerworker.dispatch;

import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.HostState;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.WorkflowTrigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls the webhooks of all jobs. Each host has a lane of its own, shared by the jobs, so that a dead host delays nobody
 * else. Nothing here blocks: attempts, answers and timers drive it. Thread-safe.
 */
public final class Dispatcher {
  private final Attempts attempts;
  private final RetryRules rules;
  private final Clock clock;
  private final DispatchPolicy policy;
  private final JobListener listener;
  private final Map<String, HostLane> lanes = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  /**
   * A dispatcher without calls.
   *
   * @param trigger makes the attempts
   * @param clock for delays
   * @param policy how many at a time, how often again
   * @param listener is told of every attempt; must not throw
   */
  public Dispatcher(
      WorkflowTrigger trigger, Clock clock, DispatchPolicy policy, JobListener listener) {
    this.attempts = new Attempts(trigger, clock, listener);
    this.rules = new RetryRules(policy);
    this.clock = clock;
    this.policy = policy;
    this.listener = listener;
  }

  /**
   * Calls the KPIs of a job.
   *
   * @param calls whom, with what
   * @return the calls on their way
   */
  public JobDispatch dispatch(JobCalls calls) {
    JobDispatch job = new JobDispatch(calls);
    HostNames hosts = new HostNames();
    Map<String, List<Kpi>> byHost = new LinkedHashMap<>();
    for (Kpi kpi : calls.kpis()) {
      byHost.computeIfAbsent(hosts.of(kpi), host -> new ArrayList<>()).add(kpi);
    }
    job.goesThrough(byHost.keySet().stream().map(this::lane).toList());
    byHost.forEach((host, kpis) -> lane(host).addAll(job, kpis));
    return job;
  }

  private HostLane lane(String host) {
    HostLane lane = lanes.computeIfAbsent(
        host, name -> new HostLane(name, attempts, rules, clock, policy, listener));
    if (stopped) {
      lane.stop();
    }
    return lane;
  }

  /**
   * How the calls to each host stand.
   *
   * @return an element for each host that was ever to be called, in no order
   */
  public List<HostState> hosts() {
    return lanes.values().stream().map(HostLane::state).toList();
  }

  /** Begins no further attempt, of any job. Calls in flight go on to their end; the KPIs not called stay unsettled. */
  public void stop() {
    stopped = true;
    lanes.values().forEach(HostLane::stop);
  }
}
