package io.schedulerworker.app.api;

import io.schedulerworker.RegistryStore;
import io.schedulerworker.RegistryStore.Document;
import io.schedulerworker.RegistryStore.Written;
import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.app.http.Request;
import io.schedulerworker.app.http.Response;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Version;
import io.schedulerworker.reach.Reach;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading and replacing the registry in CONFIG_KV, as a document with a version. */
public final class RegistryRoutes {
  private static final String PATH = "/api/registry";
  private static final String ETAG = "ETag";
  private static final String IF_MATCH = "If-Match";
  private static final String IF_NONE_MATCH = "If-None-Match";

  private final RegistryStore registry;
  private final Reach reach;
  private final Runnable onChange;

  /**
   * The registry in a store.
   *
   * @param registry reads and replaces it
   * @param reach which hosts may be called
   * @param onChange called after each change; must not block
   */
  public RegistryRoutes(RegistryStore registry, Reach reach, Runnable onChange) {
    this.registry = registry;
    this.reach = reach;
    this.onChange = onChange;
  }

  /**
   * What is served.
   *
   * @return routes for {@code /api/registry}
   */
  public List<Route> routes() {
    return List.of(
        Route.blocking("GET", PATH, Access.KEY, Failed.explained(this::read)),
        Route.blocking("PUT", PATH, Access.KEY, Failed.explained(this::write))
            .withMaxBody(KvStore.MAX_VALUE_BYTES));
  }

  private Response read(Request request) {
    Document document = registry
        .read()
        .orElseThrow(
            () -> new ProblemException(404, "there is no registry yet: import or PUT one"));
    return Response.json(200, document.text()).withHeader(ETAG, EntityTags.of(document.version()));
  }

  private Response write(Request request) {
    String text = request.body().text();
    try {
      Response response = write(text, request.header(IF_MATCH), request.header(IF_NONE_MATCH));
      onChange.run();
      return response;
    } catch (FormatException e) {
      throw new ProblemException(e.isMalformed() ? 400 : 422, String.valueOf(e.getMessage()));
    }
  }

  private Response write(String text, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
    if (ifMatch != null && ifNoneMatch != null) {
      throw new ProblemException(400, "send " + IF_MATCH + " or " + IF_NONE_MATCH + ", not both");
    }
    if (ifNoneMatch != null) {
      return answer(201, create(text, ifNoneMatch));
    }
    return answer(200, ifMatch == null ? registry.put(text) : replace(text, ifMatch));
  }

  private Written create(String text, String ifNoneMatch) {
    if (!ifNoneMatch.strip().equals(EntityTags.ANY)) {
      throw new ProblemException(400, IF_NONE_MATCH + " must be *: write if there is none yet");
    }
    return registry.create(text).orElseThrow(() -> changed("there is a registry already"));
  }

  private Written replace(String text, String ifMatch) {
    for (Version expected : expected(ifMatch)) {
      Optional<Written> written = registry.replace(text, expected);
      if (written.isPresent()) {
        return written.get();
      }
    }
    throw changed("the registry is not the one you read: somebody changed it, or it is gone");
  }

  private List<Version> expected(String ifMatch) {
    return ifMatch.strip().equals(EntityTags.ANY)
        ? registry.read().map(Document::version).stream().toList()
        : EntityTags.versions(IF_MATCH, ifMatch);
  }

  private static ProblemException changed(String what) {
    return new ProblemException(412, what + ". Nothing was written: read it again, then decide");
  }

  private Response answer(int status, Written written) {
    KpiRegistry read = written.registry();
    return Response.json(status, RegistryReportJson.write(read, HostFindings.with(read, reach)))
        .withHeader(ETAG, EntityTags.of(written.version()));
  }
}
