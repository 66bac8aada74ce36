package dev.interdict.server.cli.setup;

import dev.interdict.json.Fields;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.oidc.OidcSettings;
import dev.interdict.server.scope.Scope;
import dev.interdict.wire.PemCertificates;
import dev.interdict.wire.TrustedCa;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The identity provider in `server.yaml`.
final class OidcFields {
  private static final URI NOWHERE = URI.create("https://invalid.example");

  private OidcFields() {}

  /// Null where there is none. Faults are left in `fields`.
  static @Nullable OidcSettings read(@Nullable Fields fields, Path folder) throws IOException {
    if (fields == null) {
      return null;
    }
    var faults = fields.faults().size();
    var issuer = fields.parsed("issuer", OidcFields::place, NOWHERE);
    var client = fields.text("client-id");
    var named = fields.optionalText("client-secret-file");
    var secretFile = named == null ? null : folder.resolve(named);
    var console = fields.parsed("console", OidcFields::place, NOWHERE);
    var claim = fields.optionalText("groups-claim");
    var scopes = fields.texts("scopes");
    var allow = fields.texts("allow");
    var caNamed = fields.optionalText("ca-file");
    var caFile = caNamed == null ? null : folder.resolve(caNamed);
    var groups = fields.list("groups", (item, at) -> mapping(Fields.of(item, at, fields.faults())));
    fields.end();
    var secret = secret(fields, secretFile);
    check(fields, caFile);
    if (fields.faults().size() > faults) {
      return null;
    }
    try {
      return new OidcSettings(
          issuer,
          client,
          secret,
          secretFile,
          console,
          claim == null ? "groups" : claim,
          scopes.isEmpty() ? OidcSettings.SCOPES : scopes,
          Set.copyOf(allow),
          TrustedCa.of(caFile),
          caFile,
          groups);
    } catch (IllegalArgumentException e) {
      fields.fault("scopes", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static String secret(Fields fields, @Nullable Path file) {
    try {
      return file == null ? "" : Files.readString(file).strip();
    } catch (IOException e) {
      fields.fault("client-secret-file", "cannot be read: " + e);
      return "";
    }
  }

  private static void check(Fields fields, @Nullable Path caFile) {
    try {
      if (caFile != null) {
        PemCertificates.read(caFile);
      }
    } catch (IOException e) {
      fields.fault("ca-file", String.valueOf(e.getMessage()));
    }
  }

  private static URI place(String text) {
    return OidcSettings.checkPlace(URI.create(text));
  }

  private static OidcSettings.Mapping mapping(Fields fields) {
    var group = fields.text("group");
    var roles = fields.texts("roles");
    var scope = fields.texts("scope");
    fields.end();
    try {
      return new OidcSettings.Mapping(
          group,
          roles.stream().map(OidcFields::role).collect(Collectors.toUnmodifiableSet()),
          Scope.of(scope));
    } catch (IllegalArgumentException e) {
      fields.fault("roles", String.valueOf(e.getMessage()));
      return new OidcSettings.Mapping(group, Set.of(Role.VIEWER), Scope.WHOLE);
    }
  }

  private static Role role(String text) {
    return Arrays.stream(Role.values())
        .filter(role -> Fields.written(role).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no role \"" + text + "\""));
  }
}
