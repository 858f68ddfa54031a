package io.schedulerworker;

import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.CallbackUrls;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes addresses at which workflows report their ends, and recognises them: {@code
 * {publicUrl}/api/jobs/{traceId}/kpis/{kpiId}?drive=0&signature=…}. The signature is HMAC-SHA256 (RFC 2104) over the job,
 * the drive and the KPI, each on a line of its own after the word {@code callback}, in base64 for URLs (RFC 4648, section
 * 5) without padding. It is good for as long as the job's record lives. Processes that share the secret recognise each
 * other's addresses. Immutable, thread-safe.
 */
public final class CallbackSigner implements CallbackUrls {
  /** The query parameter that says which drive is meant. */
  public static final String DRIVE = "drive";

  /** The query parameter that proves it. */
  public static final String SIGNATURE = "signature";

  /** What a secret must have at least, in characters. */
  public static final int SHORTEST_SECRET = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final String publicUrl;
  private final SecretKeySpec key;

  /**
   * For a service.
   *
   * @param publicUrl where workflows reach it, absolute, http or https, with or without a path, without a query
   * @param secret any text of at least {@value #SHORTEST_SECRET} characters, the same for all processes
   * @throws IllegalArgumentException if one of them is not as above; the message does not show the secret
   */
  public CallbackSigner(URI publicUrl, String secret) {
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "the callback secret has fewer than " + SHORTEST_SECRET + " characters");
    }
    this.publicUrl = checked(publicUrl).toASCIIString().replaceFirst("/+$", "");
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /**
   * Refuses what no callback can be sent to.
   *
   * @param publicUrl where workflows are to reach the service
   * @return the same
   * @throws IllegalArgumentException if it is not absolute http or https, or has a user, a query or a fragment
   */
  public static URI checked(URI publicUrl) {
    if (!isBase(publicUrl)) {
      throw new IllegalArgumentException(
          "it is no address that workflows can report to: http or https, a host, no user, no query");
    }
    return publicUrl;
  }

  private static boolean isBase(URI url) {
    String scheme = String.valueOf(url.getScheme());
    return (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }

  @Override
  public String of(TraceId traceId, String kpiId, int drive) {
    String kpi = URLEncoder.encode(kpiId, StandardCharsets.UTF_8).replace("+", "%20");
    return "%s/api/jobs/%s/kpis/%s?%s=%d&%s=%s"
        .formatted(
            publicUrl, traceId, kpi, DRIVE, drive, SIGNATURE, signature(traceId, kpiId, drive));
  }

  /**
   * Whether somebody knows the address of a drive.
   *
   * @param traceId the job
   * @param kpiId the KPI
   * @param drive the drive
   * @param signature what they sent
   * @return true if it is ours; takes as long for any wrong one
   */
  public boolean isValid(TraceId traceId, String kpiId, int drive, String signature) {
    return MessageDigest.isEqual(
        signature(traceId, kpiId, drive).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }

  private String signature(TraceId traceId, String kpiId, int drive) {
    String signed = "callback\n" + traceId + "\n" + drive + "\n" + kpiId;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  /** Shows where, and not the secret. */
  @Override
  public String toString() {
    return "CallbackSigner[" + publicUrl + "]";
  }
}
