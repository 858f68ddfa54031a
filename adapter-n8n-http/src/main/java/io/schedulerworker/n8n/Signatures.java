package io.schedulerworker.n8n;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.schedulerworker.port.SigningSecret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Signs calls as Standard Webhooks has it: a signature for each secret, over id, time and body. */
final class Signatures {
  private Signatures() {}

  static void sign(
      Map<String, List<String>> headers,
      List<SigningSecret> secrets,
      String id,
      Instant now,
      String payload) {
    long seconds = now.getEpochSecond();
    String signatures = secrets.stream()
        .map(secret -> signature(secret, id, seconds, payload))
        .collect(Collectors.joining(" "));
    headers.put("webhook-id", List.of(id));
    headers.put("webhook-timestamp", List.of(Long.toString(seconds)));
    headers.put("webhook-signature", List.of(signatures));
  }

  private static String signature(SigningSecret secret, String id, long seconds, String payload) {
    try {
      return new Webhook(secret.base64()).sign(id, seconds, payload);
    } catch (EmptyWebhookSecretException e) {
      throw new IllegalStateException("no secret is empty", e);
    } catch (WebhookSigningException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }
}
