package io.schedulerworker.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretTest {
  private static String ofBytes(int count) {
    return Base64.getEncoder().encodeToString(new byte[count]);
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 32, 64})
  void thePrefixMakesNoDifference(int bytes) {
    assertThat(SigningSecret.parse("whsec_" + ofBytes(bytes)).base64()).isEqualTo(ofBytes(bytes));
    assertThat(SigningSecret.parse(ofBytes(bytes)).base64()).isEqualTo(ofBytes(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 23, 65})
  void theSpecificationBoundsTheLength(int bytes) {
    assertThatThrownBy(() -> SigningSecret.parse("whsec_" + ofBytes(bytes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it has " + bytes + " bytes, not 24 to 64");
  }

  @Test
  void whatIsNotBase64IsRefusedAndNotShown() {
    assertThatThrownBy(() -> SigningSecret.parse("whsec_geheim!geheim!geheim!geheim!geheim!"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("it is not base64")
        .hasMessageNotContaining("geheim")
        .hasNoCause();
  }

  @Test
  void isNotShown() {
    assertThat(SigningSecret.parse(ofBytes(24)).toString()).isEqualTo("SigningSecret[***]");
  }
}
