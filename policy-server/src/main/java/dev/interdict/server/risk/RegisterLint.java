package dev.interdict.server.risk;

import dev.interdict.server.draft.Draft;
import dev.interdict.server.draft.Finding;
import dev.interdict.server.draft.LintCode;
import java.time.Instant;
import java.util.List;

/// Whether the register knows what a rule is about, and still stands by it.
public final class RegisterLint {
  private RegisterLint() {}

  /// What there is to say; nothing where all is well.
  public static List<Finding> check(Draft draft, Register register, Instant now) {
    var entry = register.of(draft.rule()).orElse(null);
    var family = draft.rule().tool().family();
    if (entry == null) {
      return List.of(
          finding(
              draft,
              LintCode.R051,
              "the risk register has no entry "
                  + draft.rule().id()
                  + (family == null ? "" : ", and none of the family " + family)
                  + "; write one: interdict risk put"));
    }
    if (Register.isOverdue(entry, now)) {
      return List.of(
          finding(
              draft,
              LintCode.R052,
              "the entry "
                  + entry.entry().id()
                  + " of the risk register was to be reviewed by "
                  + entry.entry().review()
                  + "; review it, then: interdict risk put"));
    }
    if (entry.entry().risk() != draft.rule().tool().risk()) {
      return List.of(
          finding(
              draft,
              LintCode.R053,
              "the rule says another risk than the entry "
                  + entry.entry().id()
                  + " of the risk register, which says "
                  + dev.interdict.json.Fields.written(entry.entry().risk())));
    }
    return List.of();
  }

  private static Finding finding(Draft draft, LintCode code, String message) {
    return new Finding(draft.file().name(), draft.file().places().of("/risk"), code, message);
  }
}
