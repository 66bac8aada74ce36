package dev.interdict.server.cli.setup;

import dev.interdict.server.about.About;
import dev.interdict.server.about.Certificate;
import dev.interdict.server.about.OtherSystem;
import dev.interdict.server.access.oidc.OidcLogin;
import dev.interdict.server.http.Tls;
import dev.interdict.server.outbound.Outbound;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a running server tells of itself.
final class ServerAbout {
  private ServerAbout() {}

  /// @param oidc signs people in by their provider; null where there is none
  /// @param told the systems that events are handed to, as it goes with them at that moment
  static About of(OpenFolder open, @Nullable OidcLogin oidc, Supplier<List<OtherSystem>> told) {
    var settings = open.settings();
    var tls = open.config().tls();
    return new About(
        Outbound.version(),
        settings.url(),
        open.config().database().toString(),
        SettingsSheet.of(settings),
        () -> certificate(tls),
        () -> {
          var systems = new ArrayList<>(told.get());
          systems.add(provider(settings, oidc));
          return systems;
        });
  }

  private static @Nullable Certificate certificate(@Nullable Tls tls) {
    var shown = tls == null ? null : tls.certificate();
    return shown == null
        ? null
        : new Certificate(
            shown.getSubjectX500Principal().getName(),
            shown.getIssuerX500Principal().getName(),
            shown.getNotAfter().toInstant());
  }

  private static OtherSystem provider(Settings settings, @Nullable OidcLogin oidc) {
    var provider = settings.oidc();
    if (provider == null || oidc == null) {
      return OtherSystem.none("oidc");
    }
    var trouble = oidc.trouble();
    return new OtherSystem(
        "oidc", provider.issuer().toString(), 0, trouble == null ? 0 : 1, trouble);
  }
}
