package io.schedulerworker.port;

/**
 * A key with its value, as one read saw them.
 *
 * @param key the key
 * @param value the value
 * @param version the token of that value
 */
public record KvEntry(String key, String value, Version version) {}
