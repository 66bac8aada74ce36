package dev.interdict.trust.metadata;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.trust.keys.TufKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// That a role hands a part of its paths to another (specification 1.0.34, section 4.5).
///
/// @param terminating whether a search that has come here tries no later delegation
public record Delegation(RoleName role, RoleKeys keys, Paths paths, boolean terminating) {

  /// Which target paths are handed on.
  public sealed interface Paths {
    boolean match(String path);
  }

  /// Those that fit one of the patterns.
  public record Patterns(List<String> patterns) implements Paths {
    public Patterns {
      patterns = List.copyOf(patterns);
    }

    @Override
    public boolean match(String path) {
      for (var pattern : patterns) {
        if (Glob.matches(pattern, path)) {
          return true;
        }
      }
      return false;
    }
  }

  /// Those whose SHA-256 in hex begins with one of the prefixes.
  public record HashPrefixes(List<String> prefixes) implements Paths {
    public HashPrefixes {
      prefixes = List.copyOf(prefixes);
    }

    @Override
    public boolean match(String path) {
      var hash = Hashes.sha256(path.getBytes(StandardCharsets.UTF_8));
      for (var prefix : prefixes) {
        if (hash.startsWith(prefix)) {
          return true;
        }
      }
      return false;
    }
  }

  static Delegation read(Fields fields, Map<String, TufKey> known) {
    var role = fields.parsed("name", RoleName::new, RoleName.TARGETS);
    if (role.isTopLevel()) {
      fields.fault("name", "is the name of a top-level role or not usable");
    }
    fields.required("terminating");
    var byPattern = fields.has("paths");
    if (byPattern == fields.has("path_hash_prefixes")) {
      fields.fault("paths", "must be there, or else \"path_hash_prefixes\", and not both");
    }
    return new Delegation(
        role,
        RoleKeys.read(fields, known),
        byPattern
            ? new Patterns(fields.texts("paths"))
            : new HashPrefixes(fields.texts("path_hash_prefixes")),
        fields.flag("terminating", false));
  }

  Json.Obj write() {
    var written = keys.write().put("name", role.value()).put("terminating", terminating);
    return switch (paths) {
      case Patterns(var patterns) -> written.put("paths", Json.texts(patterns)).build();
      case HashPrefixes(var prefixes) ->
          written.put("path_hash_prefixes", Json.texts(prefixes)).build();
    };
  }
}
