package io.schedulerworker.app;

import io.schedulerworker.kv.redis.RedisServer;
import java.util.Map;

/** Stores on a Redis server. */
final class RedisStores {
  private RedisStores() {}

  static TestStores of(RedisServer server, String name) {
    return new TestStores(
        server.uri("?prefix=" + name + ":config:"),
        server.uri("?prefix=" + name + ":jobs:"),
        Map.of());
  }
}
