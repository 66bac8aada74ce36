package dev.interdict.server.publish;

import dev.interdict.policy.RuleId;
import dev.interdict.server.draft.Draft;
import java.util.List;
import java.util.Set;

/// What is to become of the list that is published.
public sealed interface ListChange {

  /// Rules that join the list in place of those of the same ids, and rules that leave it.
  ///
  /// @param drafts what [dev.interdict.server.draft.Lint] let through
  record Edit(List<Draft> drafts, Set<RuleId> withdrawn) implements ListChange {
    public Edit {
      drafts = List.copyOf(drafts);
      withdrawn = Set.copyOf(withdrawn);
    }
  }

  /// The rules of an earlier serial, under a new one.
  record Republish(long serial) implements ListChange {}

  /// The list stays and is signed again, before its signatures expire.
  record Renew() implements ListChange {}
}
