package dev.interdict.server.draft;

import dev.interdict.json.Fault;
import dev.interdict.json.Json;
import java.util.Set;

/// The lint code of a fault that the device's own reader found, by its kind and its place.
final class FaultCodes {
  private static final Set<String> LOCALIZED = Set.of("/reason", "/replacement/note");
  private static final Set<String> DATES =
      Set.of("announce", "effective", "zone", "date", "at", "by");

  private FaultCodes() {}

  static LintCode of(Fault fault, Json rule) {
    return switch (fault.kind()) {
      case UNKNOWN_FIELD -> LintCode.R002;
      case MISSING -> LOCALIZED.contains(fault.pointer()) ? LintCode.R004 : LintCode.R003;
      case EMPTY -> LintCode.R005;
      case VALUE -> ofValue(fault.pointer(), rule);
    };
  }

  private static LintCode ofValue(String pointer, Json rule) {
    if (pointer.equals("/timeline/effective") && Dates.wellFormed(rule, "effective")) {
      return LintCode.R022;
    }
    if (pointer.startsWith("/match/") || pointer.startsWith("/replacement/identities/")) {
      return LintCode.R007;
    }
    var last = pointer.substring(pointer.lastIndexOf('/') + 1);
    var dated =
        DATES.contains(last)
            || last.equals("minimum-notice")
            || pointer.startsWith("/timeline/reminders/");
    return dated ? LintCode.R006 : LintCode.R008;
  }
}
