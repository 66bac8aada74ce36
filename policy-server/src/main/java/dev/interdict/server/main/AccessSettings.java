package dev.interdict.server.main;

import dev.interdict.server.access.oidc.OidcSettings;
import dev.interdict.server.http.Proxies;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How people are let in.
///
/// @param sealingKey the file with the key of secrets that must be read again
/// @param proxies whose word on where a request comes from counts
/// @param oidc the identity provider; null where people have accounts of this server alone
public record AccessSettings(Path sealingKey, Proxies proxies, @Nullable OidcSettings oidc) {
  /// The name of the sealing key's file in a server's folder.
  public static final String SEALING_KEY = "sealing.key";

  /// Where nothing else is set: nobody's word counts.
  public static AccessSettings standard(Path sealingKey) {
    return new AccessSettings(sealingKey, Proxies.NONE, null);
  }
}
