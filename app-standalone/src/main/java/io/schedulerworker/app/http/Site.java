package io.schedulerworker.app.http;

import io.schedulerworker.port.Clock;
import java.util.List;

/** What all requests of a service share. */
record Site(
    Router router,
    Gate gate,
    Cors cors,
    Limits limits,
    BodyMemory bodyMemory,
    Lanes lanes,
    InFlight inFlight,
    RequestLog log,
    Clock clock) {

  static Site of(List<Route> routes, HttpOptions options, Limits limits) {
    Lanes lanes = new Lanes(limits);
    RequestLog log = new RequestLog(options.logged(), options.clock(), lanes.log());
    return new Site(
        new Router(routes),
        new Gate(
            options.keys(),
            new Attempts(options.clock(), log::guesses),
            new Attempts(options.clock(), log::forges)),
        new Cors(options.origins()),
        limits,
        new BodyMemory(limits.bodyMemory()),
        lanes,
        new InFlight(),
        log,
        options.clock());
  }
}
