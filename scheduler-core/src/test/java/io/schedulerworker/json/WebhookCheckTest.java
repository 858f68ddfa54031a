package io.schedulerworker.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.WebhookUrl;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of one address does not depend on those before it. */
class WebhookCheckTest {
  private static final List<String> ORIGINS = List.of(
      "http://n8n.example:5678",
      "http://n8n.example:56789",
      "http://n8n.example",
      "HTTP://N8N.example:5678",
      "http://user:pass@n8n.example:5678",
      "http://[::1]:5678",
      "http://n8n.example:0",
      "ftp://n8n.example:5678",
      "http://",
      "n8n.example:5678");

  private static final List<String> RESTS = List.of(
      "",
      "/",
      "/webhook/a-b_c.d~9",
      "/webhook/../a//b",
      "/webhook/%41",
      "/webhook/%4",
      "/webhook/a b",
      "/webhook/\u00e9",
      "/webhook/a\\b",
      "/webhook/a?b=c#d",
      "?b",
      "#",
      "9",
      ".evil.example/webhook/a",
      "@evil.example/webhook/a",
      "/a@b",
      "/{a}",
      "/a:b");

  @Test
  void addressesAreJudgedAloneWhateverCameBefore() {
    for (String before : ORIGINS) {
      for (String origin : ORIGINS) {
        for (String rest : RESTS) {
          WebhookCheck check = new WebhookCheck();
          assertThat(check.problem(before + "/webhook/a"))
              .isEqualTo(WebhookUrl.problem(before + "/webhook/a"));
          String url = origin + rest;
          assertThat(check.problem(url)).as(url).isEqualTo(WebhookUrl.problem(url));
          assertThat(check.problem(url)).as("again: " + url).isEqualTo(WebhookUrl.problem(url));
        }
      }
    }
  }
}
