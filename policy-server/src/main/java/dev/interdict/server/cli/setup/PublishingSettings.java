package dev.interdict.server.cli.setup;

import dev.interdict.json.Fields;
import dev.interdict.report.Groups;
import dev.interdict.server.breaker.Thresholds;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is watched of rules, before and after they are published.
///
/// @param criticalGroups of whose matches a reviewer says to have looked at them
/// @param breaker when the server holds a rule by itself
public record PublishingSettings(Set<String> criticalGroups, Thresholds breaker) {
  static final PublishingSettings STANDARD =
      new PublishingSettings(Set.of("build-machines", "servers"), Thresholds.STANDARD);

  public PublishingSettings {
    criticalGroups = Set.copyOf(criticalGroups);
  }

  /// Reads the settings; null for those of [#STANDARD]. Faults are left in `fields`.
  static PublishingSettings read(@Nullable Fields fields) {
    if (fields == null) {
      return STANDARD;
    }
    var groups =
        fields.has("critical-groups")
            ? Set.copyOf(fields.texts("critical-groups"))
            : STANDARD.criticalGroups();
    for (var group : groups) {
      if (!Groups.isName(group)) {
        fields.fault("critical-groups", "\"" + group + "\" is no group; write kebab-case");
      }
    }
    var settings =
        new PublishingSettings(groups, Thresholds.read(fields.optionalObject("breaker")));
    fields.end();
    return settings;
  }
}
