package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.schedulerworker.model.TraceId;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackSignerTest {
  private static final String SECRET = "0123456789abcdef";
  private static final URI URL = URI.create("https://scheduler.example.com");
  private static final TraceId JOB = new TraceId("trace_20250814_120000_abc12345");

  private final CallbackSigner signer = new CallbackSigner(URL, SECRET);

  /** The signature is what Python's hmac module makes of the same text. */
  @Test
  void theAddressHasJobKpiDriveAndSignature() {
    assertThat(signer.of(JOB, "a b", 0))
        .isEqualTo(
            "https://scheduler.example.com/api/jobs/trace_20250814_120000_abc12345/kpis/a%20b"
                + "?drive=0&signature=Op9RHumdMXCttiHmgxM0DGadD-nTcXQLYndgJW-kYaY");
  }

  @Test
  void aPathBeforeItStays() {
    assertThat(new CallbackSigner(URI.create("http://10.0.0.7:8080/scheduler/"), SECRET)
            .of(JOB, "é/?#", 2))
        .startsWith(
            "http://10.0.0.7:8080/scheduler/api/jobs/" + JOB + "/kpis/%C3%A9%2F%3F%23?drive=2&");
  }

  @Test
  void aSignatureIsForOneDriveOfOneKpiOfOneJob() {
    String signature = signature(signer, JOB, "a", 1);
    assertThat(signer.isValid(JOB, "a", 1, signature)).isTrue();
    assertThat(signer.isValid(JOB, "a", 0, signature)).isFalse();
    assertThat(signer.isValid(JOB, "b", 1, signature)).isFalse();
    assertThat(signer.isValid(new TraceId("trace_20250814_120000_abc12346"), "a", 1, signature))
        .isFalse();
    assertThat(signer.isValid(JOB, "a", 1, signature + "=")).isFalse();
    assertThat(signer.isValid(JOB, "a", 1, "")).isFalse();
  }

  @Test
  void processesThatShareTheSecretRecogniseEachOthersAddresses() {
    CallbackSigner elsewhere = new CallbackSigner(URI.create("http://other.example.com"), SECRET);
    assertThat(elsewhere.isValid(JOB, "a", 0, signature(signer, JOB, "a", 0))).isTrue();
    CallbackSigner stranger = new CallbackSigner(URL, SECRET + "!");
    assertThat(stranger.isValid(JOB, "a", 0, signature(signer, JOB, "a", 0))).isFalse();
  }

  private static String signature(CallbackSigner signer, TraceId job, String kpi, int drive) {
    String url = signer.of(job, kpi, drive);
    return url.substring(url.indexOf("signature=") + "signature=".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scheduler.example.com",
        "/api",
        "ftp://scheduler",
        "https:///api",
        "https://user@scheduler",
        "https://scheduler?x",
        "https://scheduler#x"
      })
  void whatNobodyCanReportToIsRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallbackSigner(URI.create(url), SECRET))
        .withMessageContaining("no address that workflows can report to");
  }

  @Test
  void aShortSecretIsRefusedAndNoneIsShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallbackSigner(URL, "hush"))
        .withMessageContaining("16")
        .withMessageNotContaining("hush");
    assertThat(signer.toString()).doesNotContain(SECRET);
  }
}
