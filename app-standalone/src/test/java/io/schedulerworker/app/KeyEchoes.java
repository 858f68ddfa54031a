package io.schedulerworker.app;

import io.schedulerworker.app.WebhookServer.Answer;
import io.schedulerworker.testing.PlantedSecret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Webhooks that repeat a key, in every way and at every place that an answer has, and where it is cut. */
final class KeyEchoes {
  private static final String TEXT = "text/plain";

  /** Of a message in JSON, of a body, of the words in a reason, in characters. */
  private static final List<Integer> CUTS = List.of(1_000, 65_536, 120);

  private final Map<String, Answer> answers = new LinkedHashMap<>();

  /** Of a key that is hard to know again. */
  static KeyEchoes of(PlantedSecret key) {
    KeyEchoes echoes = new KeyEchoes();
    for (String way : key.ways()) {
      echoes.words(way);
      echoes.cuts(way);
      echoes.redirects(way);
      echoes.headers(way);
      echoes.words(500, "Error in workflow " + way);
      echoes.id(way);
    }
    echoes.add("page", new Answer(500, key.text()).with("Content-Type", "text/html"));
    return echoes;
  }

  /** Of a key that may be an id or a part of a host's name, where that is cut too. */
  static KeyEchoes ofWord(PlantedSecret key) {
    KeyEchoes echoes = new KeyEchoes();
    echoes.id(key.text());
    for (int before = 80; before <= 100; before++) {
      echoes.redirect("https://" + "h".repeat(before) + key.text() + ".example.com/");
    }
    return echoes;
  }

  /** Has a server answer so. Returns the KPIs that call it, by that name. */
  List<String> on(WebhookServer server, String host) {
    List<String> kpis = new ArrayList<>();
    answers.forEach((path, answer) -> {
      String url = server.answer("/" + host + path, answer).url("/" + host + path);
      kpis.add(Registry.kpi(host + path.replace('/', '-'), url.replace("127.0.0.1", host)));
    });
    return kpis;
  }

  private void add(String what, Answer answer) {
    answers.put("/" + what + "-" + answers.size(), answer);
  }

  private void words(String way) {
    words(400, "no " + way + " here");
    add("text", new Answer(400, "no " + way + " here").with("Content-Type", TEXT));
    add("error", new Answer(401, "{\"error\":{\"authorization\":\"Bearer " + way + "\"}}"));
  }

  private void words(int status, String message) {
    add("message", new Answer(status, "{\"message\":\"" + message + "\"}"));
  }

  private void id(String way) {
    add("id", new Answer(200, "{\"executionId\":\"" + way + "\"}"));
  }

  /** With one, eight and all but one of the way's characters before the cut. */
  private void cuts(String way) {
    for (int cut : CUTS) {
      for (int shown : List.of(1, 8, way.length() / 2, way.length() - 1)) {
        String padding = (cut < 1_000 ? "x" : " ").repeat(Math.max(0, cut - 1 - shown));
        add("text", new Answer(400, "-" + padding + way + " more").with("Content-Type", TEXT));
        words(400, "-" + padding + way + " more");
      }
    }
  }

  private void redirects(String way) {
    for (String place : List.of("", "//", "https://", "https://n8n.example.com/?key=")) {
      redirect(place + way);
    }
  }

  private void redirect(String location) {
    add("redirect", new Answer(302, "").with("Location", location));
  }

  private void headers(String way) {
    for (String header : List.of("Retry-After", "WWW-Authenticate", "Content-Type", "X-Key")) {
      add("header", new Answer(429, "{}").with(header, way));
    }
  }
}
