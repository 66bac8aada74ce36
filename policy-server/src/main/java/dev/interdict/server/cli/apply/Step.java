package dev.interdict.server.cli.apply;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.draft.Draft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a plan does about one rule.
sealed interface Step {
  RuleId rule();

  /// A draft is begun.
  ///
  /// @param inForce the rule that it would replace; null for a new one
  record Begin(RuleText file, Draft draft, @Nullable Json inForce) implements Step {
    @Override
    public RuleId rule() {
      return draft.rule().id();
    }
  }

  /// A draft gets another text.
  ///
  /// @param differences none where only comments or layout differ
  record Edit(
      RuleText file,
      Draft draft,
      Desk.OpenDraft kept,
      Desk.Text before,
      List<Difference> differences)
      implements Step {
    public Edit {
      differences = List.copyOf(differences);
    }

    @Override
    public RuleId rule() {
      return draft.rule().id();
    }
  }

  /// Nothing is done, for the server has it already.
  ///
  /// @param draft null where it is in force
  /// @param beside drafts of the rule that say something else, and are left as they are
  record Same(
      RuleId rule, RuleText file, Desk.@Nullable OpenDraft draft, List<Desk.OpenDraft> beside)
      implements Step {
    public Same {
      beside = List.copyOf(beside);
    }
  }

  /// Nothing is done, for the text that would be overwritten is somebody else's.
  ///
  /// @param author of its newest text
  record Conflict(RuleId rule, RuleText file, long draft, String author) implements Step {}

  /// Nothing is done, for the rule is on the server alone.
  ///
  /// @param drafts of it; in force without any
  record Elsewhere(RuleId rule, boolean inForce, List<Long> drafts) implements Step {
    public Elsewhere {
      drafts = List.copyOf(drafts);
    }
  }
}
