package io.schedulerworker.json;

import io.schedulerworker.model.WebhookUrl;
import java.util.Optional;

/**
 * Checks the webhook addresses of one document. They mostly have one origin and plain paths: then there is nothing to
 * parse but the first one. Not thread-safe.
 */
final class WebhookCheck {
  private String soundOrigin = "";

  /** What is wrong with an address, as {@link WebhookUrl#problem} says it. */
  Optional<String> problem(String url) {
    if (isPlainPathAtSoundOrigin(url)) {
      return Optional.empty();
    }
    Optional<String> problem = WebhookUrl.problem(url);
    if (problem.isEmpty()) {
      soundOrigin = WebhookUrl.origin(url);
    }
    return problem;
  }

  private boolean isPlainPathAtSoundOrigin(String url) {
    int path = soundOrigin.length();
    if (path == 0
        || path >= url.length()
        || url.charAt(path) != '/'
        || !url.startsWith(soundOrigin)) {
      return false;
    }
    for (int i = path; i < url.length(); i++) {
      if (!isPlain(url.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a path can have it as it is, wherever it stands. */
  private static boolean isPlain(char each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || "/-._~".indexOf(each) >= 0;
  }
}
