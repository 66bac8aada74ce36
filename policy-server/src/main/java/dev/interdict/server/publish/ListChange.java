package dev.interdict.server.publish;

import dev.interdict.policy.Collection;
import dev.interdict.policy.RuleId;
import dev.interdict.server.draft.Draft;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /// The most that devices may tell is another from now on; the rules stay.
  ///
  /// @param collection null to say nothing of it, which means [Collection#DEFAULT]
  record Ceiling(@Nullable Collection collection) implements ListChange {}

  /// The rules of an earlier serial, under a new one. What devices may tell stays as it is: going
  /// back to earlier bans is no decision about that.
  record Republish(long serial) implements ListChange {}

  /// The list stays and is signed again, before its signatures expire.
  record Renew() implements ListChange {}
}
