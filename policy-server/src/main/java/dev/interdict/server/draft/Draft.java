package dev.interdict.server.draft;

import dev.interdict.policy.Rule;

/// A rule file that the device's own reader understood.
public record Draft(YamlFile file, Rule rule) {

  Finding finding(LintCode code, String pointer, String message) {
    return new Finding(file.name(), file.places().of(pointer), code, message);
  }
}
