package dev.interdict.server.web.pages;

import dev.interdict.json.Json;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.web.Asking;
import dev.interdict.server.web.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a rule has been, as the API tells it. Pure functions.
final class RuleVersions {
  private RuleVersions() {}

  /// All versions, newest first; none of what was never published.
  static List<Row> of(Asking api, String rule) {
    if (rule.isEmpty()) {
      return List.of();
    }
    try {
      return api.read("listRuleVersions", Map.of("rule", List.of(rule), "size", List.of("1000")))
          .rows("versions");
    } catch (RefusedException e) {
      if (e.response().status() == 404) {
        return List.of();
      }
      throw e;
    }
  }

  /// The rule as devices have it now; null where it is not published.
  static Json.@Nullable Obj newest(Asking api, String rule) {
    var versions = of(api, rule);
    return versions.isEmpty() ? null : document(versions.getFirst());
  }

  static Json.@Nullable Obj document(Row version) {
    return version.json().get("rule") instanceof Json.Obj rule ? rule : null;
  }

  /// The version that came with a serial.
  static Optional<Row> at(List<Row> versions, String serial) {
    return versions.stream().filter(each -> each.text("serial").equals(serial)).findFirst();
  }
}
