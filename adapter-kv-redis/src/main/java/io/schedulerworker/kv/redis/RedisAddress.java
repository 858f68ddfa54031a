package io.schedulerworker.kv.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisURI;
import java.io.File;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is. One server: {@code redis://[user:password@]host[:port][/database][?prefix=jobs:]}, {@code rediss://} for
 * TLS. A master that Sentinels name: {@code redis-sentinel://[user:password@]host[:port],…[/database]?master=name}. A
 * cluster: {@code redis-cluster://[user:password@]host[:port],…}; these two speak TLS with {@code tls=true}. With TLS, {@code
 * ca=path} names a file in PEM with what vouches for the servers.
 *
 * @param kind what is there
 * @param nodes who is asked first, at least one: each Sentinel, some nodes of the cluster, or the server
 * @param user whom the servers of the data know
 * @param database the number of the database; 0 on a cluster
 * @param master how the Sentinels call it; else empty
 * @param tls whether the connections are encrypted
 * @param authorities a file with who vouches for the servers; empty for whom the JVM trusts
 * @param prefix before each key; may be empty
 * @param shown the store for messages, without password
 */
record RedisAddress(
    Kind kind,
    List<Node> nodes,
    User user,
    int database,
    String master,
    boolean tls,
    Optional<File> authorities,
    String prefix,
    String shown) {

  private static final Pattern SYNTAX =
      Pattern.compile("(?<scheme>[A-Za-z-]+)://(?:(?<user>[^@/?]*)@)?"
          + "(?<nodes>[^@/?]+)(?:/(?<database>\\d{0,5}))?(?:\\?(?<query>.*))?");
  private static final Pattern NODE =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:,\\s]+)(?::(\\d{1,5}))?");
  private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=(.*)");

  /** What an address names. */
  enum Kind {
    SERVER("redis://user:password@host:6379/0?prefix=jobs:", 6379, "prefix, ca"),
    SENTINEL(
        "redis-sentinel://user:password@host1:26379,host2:26379/0?master=mymaster&prefix=jobs:",
        26_379,
        "prefix, master, tls, ca"),
    CLUSTER(
        "redis-cluster://user:password@host1:6379,host2:6379?prefix=jobs:",
        6379,
        "prefix, tls, ca");

    private final String example;
    private final int port;
    private final String parameters;

    Kind(String example, int port, String parameters) {
      this.example = example;
      this.port = port;
      this.parameters = parameters;
    }

    private boolean takes(String parameter) {
      return List.of(parameters.split(", ", -1)).contains(parameter);
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException(what + "; such a store is named like " + example);
    }
  }

  /** Where one process listens. */
  record Node(String host, int port) {}

  /** Who connects. Without a name, the password is the one of the default user; without both, nobody in particular. */
  record User(@Nullable String name, @Nullable String password) {
    @Override
    public String toString() {
      return "***";
    }
  }

  /** Messages show no more than the scheme and the nodes: what is wrong may be that the password is in the wrong place. */
  static RedisAddress parse(String text) {
    Kind kind = kind(text);
    Matcher parts = SYNTAX.matcher(text);
    if (!parts.matches()) {
      throw kind.wrong("this is no address of a store in Redis");
    }
    List<Node> nodes = nodes(kind, parts.group("nodes"));
    Map<String, String> parameters = parameters(kind, parts.group("query"));
    return new RedisAddress(
        kind,
        nodes,
        user(parts.group("user")),
        database(kind, parts.group("database")),
        master(kind, parameters),
        tls(kind, text, parameters),
        authorities(kind, parameters),
        parameters.getOrDefault("prefix", ""),
        parts.group("scheme") + "://" + parts.group("nodes"));
  }

  private static Kind kind(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("redis-sentinel:")) {
      return Kind.SENTINEL;
    }
    return lower.startsWith("redis-cluster:") ? Kind.CLUSTER : Kind.SERVER;
  }

  private static List<Node> nodes(Kind kind, String text) {
    List<Node> nodes =
        Arrays.stream(text.split(",", -1)).map(each -> node(kind, each)).toList();
    if (kind == Kind.SERVER && nodes.size() > 1) {
      throw kind.wrong("one server has one address");
    }
    return nodes;
  }

  private static Node node(Kind kind, String text) {
    Matcher node = NODE.matcher(text);
    if (!node.matches()) {
      throw kind.wrong("a node is a host, or host:port");
    }
    int port = node.group(2) == null ? kind.port : Integer.parseInt(node.group(2));
    if (port < 1 || port > 65_535) {
      throw kind.wrong("a port is a number from 1 to 65535");
    }
    return new Node(node.group(1).replaceAll("[\\[\\]]", ""), port);
  }

  private static User user(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return new User(null, null);
    }
    int colon = text.indexOf(':');
    String name = colon <= 0 ? null : decoded(text.substring(0, colon));
    return new User(name, decoded(text.substring(colon + 1)));
  }

  private static int database(Kind kind, @Nullable String text) {
    int database = text == null || text.isEmpty() ? 0 : Integer.parseInt(text);
    if (kind == Kind.CLUSTER && database != 0) {
      throw kind.wrong("a cluster has no databases");
    }
    return database;
  }

  private static Map<String, String> parameters(Kind kind, @Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String each : query == null ? new String[0] : query.split("&", -1)) {
      Matcher parameter = PARAMETER.matcher(each);
      if (!parameter.matches() || !kind.takes(parameter.group(1))) {
        throw kind.wrong("the parameters are " + kind.parameters);
      }
      parameters.put(parameter.group(1), decoded(parameter.group(2)));
    }
    return parameters;
  }

  private static String master(Kind kind, Map<String, String> parameters) {
    String master = parameters.getOrDefault("master", "");
    if (kind == Kind.SENTINEL && master.isEmpty()) {
      throw kind.wrong("the name by which the Sentinels know the master is missing");
    }
    return master;
  }

  private static boolean tls(Kind kind, String text, Map<String, String> parameters) {
    String tls = parameters.getOrDefault("tls", "false");
    if (!Set.of("true", "false").contains(tls)) {
      throw kind.wrong("tls is true or false");
    }
    return tls.equals("true") || text.toLowerCase(Locale.ROOT).startsWith("rediss:");
  }

  private static Optional<File> authorities(Kind kind, Map<String, String> parameters) {
    Optional<File> file = Optional.ofNullable(parameters.get("ca")).map(File::new);
    file.filter(each -> !each.canRead()).ifPresent(missing -> {
      throw kind.wrong("the file " + missing + " named by ca cannot be read");
    });
    return file;
  }

  /** A plus sign is one: this is a URI, no form. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a percent sign is written %25 in an address of a store");
    }
  }

  /** Each node as the client wants it; one for all Sentinels. */
  List<RedisURI> clientUris() {
    return switch (kind) {
      case SERVER, CLUSTER -> nodes.stream().map(this::server).toList();
      case SENTINEL -> List.of(sentinels());
    };
  }

  private RedisURI server(Node node) {
    return finished(RedisURI.Builder.redis(node.host(), node.port()));
  }

  private RedisURI sentinels() {
    Node first = nodes.get(0);
    RedisURI.Builder builder = RedisURI.Builder.sentinel(first.host(), first.port(), master);
    nodes.stream().skip(1).forEach(each -> builder.withSentinel(each.host(), each.port()));
    RedisURI uri = finished(builder);
    uri.getSentinels().forEach(each -> each.setSsl(tls));
    return uri;
  }

  private RedisURI finished(RedisURI.Builder builder) {
    builder.withSsl(tls).withDatabase(database);
    String password = user.password();
    Optional.ofNullable(password).ifPresent(secret -> {
      String name = user.name();
      if (name == null) {
        builder.withPassword((CharSequence) secret);
      } else {
        builder.withAuthentication(name, secret);
      }
    });
    return builder.build();
  }
}
