package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.JobPage;
import io.schedulerworker.model.JobSummary;
import io.schedulerworker.model.TraceId;
import java.io.IOException;

/** A list of jobs as JSON, in the shape of the contract's section 5. */
public final class JobPageJson {
  private JobPageJson() {}

  /**
   * Writes a page: each job without its KPIs, then where the next page begins.
   *
   * @param page what to write
   * @return compact JSON
   */
  public static String write(JobPage page) {
    int expected = page.jobs().size() * JobSummaryJson.CHARACTERS;
    return Json.write(expected, generator -> write(generator, page));
  }

  private static void write(JsonGenerator generator, JobPage page) throws IOException {
    generator.writeStartObject();
    generator.writeArrayFieldStart("jobs");
    for (JobSummary job : page.jobs()) {
      JobSummaryJson.writeItem(generator, job);
    }
    generator.writeEndArray();
    generator.writeStringField("next", page.next().map(TraceId::value).orElse(null));
    generator.writeEndObject();
  }
}
