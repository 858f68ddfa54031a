package io.schedulerworker.app.http;

/** What all requests of a service share. */
record Site(
    Router router,
    Gate gate,
    Limits limits,
    BodyMemory bodyMemory,
    Lanes lanes,
    InFlight inFlight) {}
