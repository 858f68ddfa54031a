package io.schedulerworker.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.Call;
import io.schedulerworker.app.owner.OwnerNote;
import io.schedulerworker.app.owner.RemoteApi;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job whose KPIs are called by the service that has the stores. */
final class OwnersRun {
  private static final Logger LOG = LoggerFactory.getLogger(OwnersRun.class);

  private OwnersRun() {}

  /**
   * Has it run, and waits for its end.
   *
   * @param path what is asked for
   * @param kpis whom to call; empty: all
   * @return the record
   */
  static JobRecord perform(OwnerNote owner, Settings settings, String path, List<String> kpis) {
    if (!owner.registryFile().equals(settings.registryFile().map(Path::toAbsolutePath))) {
      throw new UserException("the stores belong to " + owner + ", which reads "
          + owner.registryFile().map(file -> "the registry file " + file).orElse("CONFIG_KV")
          + ": leave --registry to it, or name other stores");
    }
    LOG.info("the stores belong to {}, which runs the job", owner);
    try (Api api = RemoteApi.of(owner)) {
      Call call = Call.with("POST", path + "?wait=true", body(kpis));
      return JobRecordJson.read(api.send(call).orRefused().body());
    }
  }

  private static String body(List<String> kpis) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (!kpis.isEmpty()) {
      kpis.forEach(body.putArray("kpiIds")::add);
    }
    return body.toString();
  }
}
