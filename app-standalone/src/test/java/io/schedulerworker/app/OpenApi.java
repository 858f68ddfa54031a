package io.schedulerworker.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.schedulerworker.app.api.OpenApiRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The description of the API, and what an answer has that is not in it. Thread-safe. */
final class OpenApi {
  /**
   * What came back.
   *
   * @param headers by name, in any case: a map that does not mind
   * @param body empty for an answer to {@code HEAD}
   */
  record Answer(int status, Map<String, String> headers, String body) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RESPONSES = "/components/responses/";
  /** Of requests that are refused before their path is looked at. */
  private static final Map<Integer, String> UNREAD = Map.of(
      400, "Malformed",
      408, "TooSlow",
      414, "TargetTooLong",
      417, "NoSuchExpectation",
      431, "HeadTooLarge",
      505, "NoSuchVersion");

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");

  private final JsonNode root;
  private final Map<String, JsonNode> operations = new LinkedHashMap<>();
  private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

  private OpenApi(JsonNode root) {
    this.root = root;
    root.get("paths")
        .properties()
        .forEach(path -> path.getValue().properties().stream()
            .filter(each -> METHODS.contains(each.getKey()))
            .forEach(each -> operations.put(
                each.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), each.getValue())));
  }

  static OpenApi read() {
    try (InputStream in = OpenApiRoutes.class.getResourceAsStream("openapi.yaml")) {
      return new OpenApi(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("reading the description", e);
    }
  }

  JsonNode root() {
    return root;
  }

  /** Like {@code GET /api/jobs/{traceId}}. */
  Set<String> operations() {
    return operations.keySet();
  }

  /** Each operation with each status it may answer, like {@code GET /api/jobs 200}. */
  Set<String> documented() {
    Set<String> all = new TreeSet<>();
    operations.forEach((name, operation) -> operation
        .get("responses")
        .fieldNames()
        .forEachRemaining(status -> all.add(name + " " + status)));
    return all;
  }

  /** The operation of a request; null if the path has no such method, or there is no such path. {@code HEAD} is as {@code GET}. */
  String operation(String method, String path) {
    String name = method.equals("HEAD") ? "GET" : method;
    return operations.keySet().stream()
        .filter(each -> each.startsWith(name + " "))
        .filter(each -> matches(each.substring(name.length() + 1), path))
        .findFirst()
        .orElse(null);
  }

  /** The methods of a path, as {@code Allow} has them; empty if there is no such path. */
  String methods(String path) {
    Set<String> methods = new TreeSet<>();
    for (String operation : operations.keySet()) {
      String[] parts = operation.split(" ", -1);
      if (matches(parts[1], path)) {
        methods.add(parts[0]);
        if (parts[0].equals("GET")) {
          methods.add("HEAD");
        }
      }
    }
    return String.join(", ", methods);
  }

  private static boolean matches(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] actual = path.split("/", -1);
    if (wanted.length != actual.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      boolean same = wanted[i].startsWith("{") ? isValue(actual[i]) : wanted[i].equals(actual[i]);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean isValue(String segment) {
    return !Set.of("", ".", "..").contains(segment.replaceAll("(?i)%2e", "."));
  }

  /** What is wrong with an answer to a request whose path is looked at. */
  List<String> faults(String method, String path, Answer answer) {
    String operation = operation(method, path);
    if (operation != null) {
      return faults(operations.get(operation), method, answer);
    }
    String methods = methods(path);
    if (answer.status() == 204 && method.equals("OPTIONS") && !methods.isEmpty()) {
      return faults(component("Preflight"), method, answer);
    }
    if (UNREAD.containsKey(answer.status())) {
      return unread(method, answer);
    }
    return methods.isEmpty()
        ? fixed(404, "NoSuchPath", method, answer)
        : wrongMethod(methods, method, answer);
  }

  /** What is wrong with the answer to what is no request, or none that can be read. */
  List<String> unread(String method, Answer answer) {
    String name = UNREAD.get(answer.status());
    return name == null
        ? List.of("this status is not documented for what cannot be read")
        : faults(component(name), method, answer);
  }

  private List<String> wrongMethod(String methods, String method, Answer answer) {
    List<String> faults = fixed(405, "NoSuchMethod", method, answer);
    if (!methods.equals(answer.headers().get("Allow"))) {
      faults.add("Allow is not " + methods);
    }
    return faults;
  }

  private List<String> fixed(int status, String component, String method, Answer answer) {
    List<String> faults = faults(component(component), method, answer);
    if (answer.status() != status) {
      faults.add("it is not " + status);
    }
    return faults;
  }

  private JsonNode component(String name) {
    ObjectNode responses = JSON.createObjectNode();
    responses.set("any", root.at(RESPONSES + name));
    return JSON.createObjectNode().set("responses", responses);
  }

  private List<String> faults(JsonNode operation, String method, Answer answer) {
    JsonNode responses = operation.get("responses");
    JsonNode response = resolved(responses.path(String.valueOf(answer.status())));
    response = response.isMissingNode() ? resolved(responses.path("any")) : response;
    List<String> faults = new ArrayList<>(common(answer));
    if (response.isMissingNode()) {
      faults.add("this status is not documented");
      return faults;
    }
    headers(response, answer, faults);
    content(response.path("content"), method, answer, faults);
    return faults;
  }

  private List<String> common(Answer answer) {
    return root.get("x-every-answer").properties().stream()
        .filter(each -> !expected(each.getKey(), each.getValue().asText(), answer)
            .equals(answer.headers().get(each.getKey())))
        .map(each -> "no " + each.getKey() + ": " + each.getValue().asText())
        .toList();
  }

  /** A page that may call may also read. */
  private static String expected(String header, String value, Answer answer) {
    boolean page = answer.headers().containsKey("Access-Control-Allow-Origin");
    return page && header.equals("Cross-Origin-Resource-Policy") ? "cross-origin" : value;
  }

  private void headers(JsonNode response, Answer answer, List<String> faults) {
    response.path("headers").properties().forEach(each -> {
      JsonNode header = resolved(each.getValue());
      String value = answer.headers().get(each.getKey());
      if (value == null && header.path("required").asBoolean()) {
        faults.add("no " + each.getKey());
      } else if (value != null) {
        boolean number = header.at("/schema/type").asText().equals("integer");
        faults.addAll(invalid(header.get("schema"), number ? value : quoted(value)));
      }
    });
  }

  private void content(JsonNode content, String method, Answer answer, List<String> faults) {
    String type = answer.headers().getOrDefault("Content-Type", "").split(";", -1)[0];
    JsonNode schema = content.path(type).path("schema");
    if (schema.isMissingNode() != content.isEmpty() || content.isEmpty() != type.isEmpty()) {
      faults.add("the content type " + type + " is not documented");
    } else if (!method.equals("HEAD") && !schema.isMissingNode()) {
      faults.addAll(invalid(schema, type.endsWith("json") ? answer.body() : quoted(answer.body())));
    }
    if (type.equals("application/problem+json") && !method.equals("HEAD")) {
      status(answer, faults);
    }
  }

  private static void status(Answer answer, List<String> faults) {
    if (!Integer.valueOf(answer.status()).equals(Json.object(answer.body()).get("status"))) {
      faults.add("the problem is not of this status");
    }
  }

  private static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  /** What a text in JSON is not, of what a schema of the description demands. */
  List<String> invalid(JsonNode schema, String json) {
    JsonNode value;
    try {
      value = JSON.readTree(json);
    } catch (IOException e) {
      return List.of("no JSON: " + e.getMessage());
    }
    return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
        .map(Object::toString)
        .toList();
  }

  private JsonSchema compiled(JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", root.get("components"));
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole, config);
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
  }
}
