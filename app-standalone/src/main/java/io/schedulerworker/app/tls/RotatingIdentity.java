package io.schedulerworker.app.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows our certificate to every server that asks for one, as curl does, whichever authorities it names: a server that
 * does not know ours then says so.
 */
final class RotatingIdentity extends X509ExtendedKeyManager {
  private final Supplier<ClientIdentity> identity;

  /** The one before is kept for handshakes that chose it just before it changed. */
  private List<ClientIdentity> recent = List.of();

  RotatingIdentity(Supplier<ClientIdentity> identity) {
    this.identity = identity;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(keyTypes);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyTypes);
  }

  private synchronized @Nullable String choose(String... keyTypes) {
    ClientIdentity current = identity.get();
    if (!recent.contains(current)) {
      recent = Stream.concat(Stream.of(current), recent.stream()).limit(2).toList();
    }
    return List.of(keyTypes).contains(current.key().getAlgorithm()) ? current.alias() : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    ClientIdentity known = known(alias);
    return known == null ? null : known.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    ClientIdentity known = known(alias);
    return known == null ? null : known.key();
  }

  private synchronized @Nullable ClientIdentity known(String alias) {
    return recent.stream()
        .filter(each -> each.alias().equals(alias))
        .findFirst()
        .orElse(null);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    String alias = choose(keyType);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
