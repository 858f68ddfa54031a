package io.schedulerworker.app;

import io.schedulerworker.json.ClockBeatsJson;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.json.LeaseJson;
import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.json.RequestClaimJson;
import io.schedulerworker.json.StepJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JobRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Whatever stands in JOBS_KV, as other writers may have left it. */
public final class StoredFuzz {
  private static final List<Consumer<String>> READERS = List.of(
      StoredFuzz::record,
      StepJson::read,
      LeaseJson::read,
      LedgerJson::read,
      RequestClaimJson::read,
      ClockBeatsJson::read);

  private StoredFuzz() {}

  /** One input; its first byte says which of them it is to be. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    try {
      READERS.get(Math.floorMod(input[0], READERS.size())).accept(text);
    } catch (FormatException e) {
      Fuzzing.checkLine(String.valueOf(e.getMessage()));
    }
  }

  private static void record(String text) {
    JobRecord job = JobRecordJson.read(text);
    Fuzzing.check(JobRecordJson.read(JobRecordJson.write(job)).equals(job), "another record");
  }
}
