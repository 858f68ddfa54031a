package io.schedulerworker.json;

import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.RequestClaim;
import io.schedulerworker.model.TraceId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a request led to, as JSON: {@code {"traceId":…,"kpiCount":…,"request":…,"begun":…}}. */
public final class RequestClaimJson {
  private static final String WHAT = "the request claim";
  private static final String TRACE_ID = "traceId";
  private static final String KPI_COUNT = "kpiCount";
  private static final String REQUEST = "request";
  private static final String BEGUN = "begun";

  private @Nullable TraceId traceId;
  private int kpiCount;
  private @Nullable String request;
  private boolean begun;

  private RequestClaimJson() {}

  /**
   * Reads a claim.
   *
   * @param text its JSON
   * @return the claim
   * @throws FormatException if the text is no claim
   */
  public static RequestClaim read(String text) {
    return Json.read(WHAT, text, RequestClaimJson::read);
  }

  private static RequestClaim read(JsonSource parser) throws IOException {
    RequestClaimJson reader = new RequestClaimJson();
    Members.document(parser, name -> reader.member(parser, name));
    return new RequestClaim(
        Members.required(reader.traceId, WHAT, TRACE_ID),
        reader.kpiCount,
        Members.required(reader.request, WHAT, REQUEST),
        reader.begun);
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case TRACE_ID -> traceId = TraceIdJson.read(parser, TRACE_ID);
      case KPI_COUNT -> kpiCount = Members.integer(parser, KPI_COUNT);
      case REQUEST -> request = Members.string(parser, REQUEST);
      case BEGUN -> begun = Members.truth(parser, BEGUN);
      default -> parser.skipChildren();
    }
  }

  /**
   * Writes a claim.
   *
   * @param claim what to write
   * @return compact JSON
   */
  public static String write(RequestClaim claim) {
    return Json.write(128, generator -> {
      generator.writeStartObject();
      generator.writeStringField(TRACE_ID, claim.traceId().value());
      generator.writeNumberField(KPI_COUNT, claim.kpiCount());
      generator.writeStringField(REQUEST, claim.request());
      if (claim.begun()) {
        generator.writeBooleanField(BEGUN, true);
      }
      generator.writeEndObject();
    });
  }
}
