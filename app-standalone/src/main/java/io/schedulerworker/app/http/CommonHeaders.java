package io.schedulerworker.app.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** What every answer says, whatever it is: nothing here is a page, and nobody keeps it. */
final class CommonHeaders {
  /** Each may be put in other words by the answer itself. */
  static final List<HttpField> ALL = List.of(
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
      new PreEncodedHttpField(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
      new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
      new PreEncodedHttpField(Cors.RESOURCE_POLICY, "same-origin"));

  private CommonHeaders() {}
}
