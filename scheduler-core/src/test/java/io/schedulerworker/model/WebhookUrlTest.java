package io.schedulerworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://n8n/webhook/x",
        "HTTPS://n8n.example.com:443/webhook/x?a=b",
        "http://127.0.0.1:5678/webhook/x",
        "http://[::1]:5678/webhook/x",
        "https://n8n.example.com/webhook/é",
        "http://n8n.example.com",
        "http://n8n:65535/"
      })
  void absoluteHttpIsAWebhook(String url) {
    assertThat(WebhookUrl.problem(url)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          /webhook/x              | is not absolute
          //n8n/webhook/x         | is not absolute
          n8n.example.com/x       | is not absolute
          ftp://n8n/x             | must begin with http:// or https://, not ftp:
          file:///etc/passwd      | must begin with
          javascript:alert(1)     | must begin with
          mailto:a@example.com    | must begin with
          http:///webhook/x       | has no host
          http:webhook            | has no host
          http://                 | is no URL
          http://n8n_main/x       | has a host or port that is not valid
          http://n8n:0/x          | has port 0
          http://n8n:65536/x      | has port 65536
          http://n8n:port/x       | has a host or port
          http://n8n/a b          | is no URL (Illegal character in path at character 13)
          http://n8n/{id}         | is no URL
          http://[::1/x           | is no URL
          http://[::99999999999.1.1.1]/ | is no URL
          http://bücher.example/x | has a host name in another script
          https//n8n/x            | is not absolute
          """)
  void everythingElseIsNotAndSaysWhy(String url, String problem) {
    assertThat(WebhookUrl.problem(url)).hasValueSatisfying(p -> assertThat(p).startsWith(problem));
  }
}
