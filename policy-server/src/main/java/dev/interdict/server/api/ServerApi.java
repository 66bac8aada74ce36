package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.about.About;
import dev.interdict.server.about.Certificate;
import dev.interdict.server.about.OtherSystem;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.trust.Limits;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.RepositoryFiles;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What this server is set up as, without its secrets. Thread-safe.
final class ServerApi implements Operations.Resource {
  private static final Schema.Named CERTIFICATE =
      Schema.named(
          "ServerCertificate",
          needs("subject", Schema.any()),
          needs("issuer", Schema.any()),
          needs("expires", Schema.instant()));

  private static final Excerpt SETTINGS =
      new Excerpt(
          "settings",
          Schema.named("ServerSetting", needs("name", Schema.any()), needs("value", Schema.any())),
          1_000);

  private static final Excerpt SYSTEMS =
      new Excerpt(
          "systems",
          Schema.named(
              "OtherSystem",
              needs("name", Schema.any()),
              may("place", Schema.any()),
              needs("waiting", Schema.count()),
              needs("failures", Schema.count()),
              may("error", Schema.any())),
          1_000);

  private static final Schema.Named SERVER =
      Schema.named(
          "Server",
          needs("version", Schema.any()),
          needs("agents", Schema.any()),
          may("trust-root", Schema.any()),
          needs("database", Schema.any()),
          may("certificate", CERTIFICATE),
          SETTINGS.rows(),
          SETTINGS.leftOut(),
          SYSTEMS.rows(),
          SYSTEMS.leftOut());

  private final About about;
  private final RepositoryFiles files;

  ServerApi(About about, RepositoryFiles files) {
    this.about = about;
    this.files = files;
  }

  @Override
  public java.util.List<Operation> operations() {
    return java.util.List.of(
        Operation.get(
                "/server",
                "getServer",
                "What this server is set up as, and whether the systems that it talks to listen")
            .answers(200, SERVER)
            .may(Role.AUDITOR, Role.ADMINISTRATOR)
            .does(Reach.WHOLE, _ -> server()));
  }

  private HttpResponse server() {
    var certificate = about.certificate().get();
    var json =
        Json.object()
            .put("version", about.version())
            .put("agents", about.agents())
            .put("trust-root", pin())
            .put("database", about.database())
            .put("certificate", certificate == null ? null : json(certificate));
    SETTINGS.put(
        json,
        about.settings(),
        each -> Json.object().put("name", each.name()).put("value", each.value()).build());
    SYSTEMS.put(json, about.systems().get(), ServerApi::json);
    return HttpResponse.json(200, json.build());
  }

  /// What agents are given to recognise the first root by; null while there is none to read.
  private @Nullable String pin() {
    try {
      var first = files.need(RepositoryFiles.metadata(RoleName.ROOT, 1), Limits.STANDARD.root());
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(first));
    } catch (RepositoryException e) {
      return null;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Json json(Certificate certificate) {
    return Json.object()
        .put("subject", certificate.subject())
        .put("issuer", certificate.issuer())
        .put("expires", certificate.expires().toString())
        .build();
  }

  private static Json json(OtherSystem system) {
    return Json.object()
        .put("name", system.name())
        .put("place", system.place())
        .put("waiting", system.waiting())
        .put("failures", system.failures())
        .put("error", system.error())
        .build();
  }
}
