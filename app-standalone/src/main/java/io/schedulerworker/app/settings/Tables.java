package io.schedulerworker.app.settings;

import java.util.List;

/**
 * What a file has in lists of tables, which no variable and no flag can set.
 *
 * @param schedules of {@code [[schedules]]}
 * @param keys of {@code [[n8n.keys]]}
 * @param apiKeys of {@code [[api_keys]]}
 */
record Tables(
    List<ScheduleSettings> schedules, List<KeySettings> keys, List<ApiKeySettings> apiKeys) {
  static final Tables NONE = new Tables(List.of(), List.of(), List.of());
}
