package dev.interdict.server.review;

import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.Graver;
import dev.interdict.server.publish.PublishOutcome.Refused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people agreed to in any review: for a list that comes back from its signers, with what
/// several drafts put into it. Used once.
final class Approvals implements Consent {
  private final List<Approval> all;
  private final List<StoredDraft> used = new ArrayList<>();

  Approvals(List<Approval> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public @Nullable Refused refusal(List<Graver> changes) {
    for (var change : changes) {
      var about = all.stream().filter(one -> isAbout(one, change)).toList();
      Refused why = about.isEmpty() ? NOBODY.refusal(List.of(change)) : null;
      for (var approval : about) {
        why = approval.refusal(List.of(change));
        if (why == null) {
          used.add(approval.draft());
          break;
        }
      }
      if (why != null) {
        return why;
      }
    }
    return null;
  }

  private static boolean isAbout(Approval approval, Graver change) {
    return approval.rule().equals(change.next());
  }

  /// The drafts that were agreed to and are in the list.
  List<StoredDraft> used() {
    return List.copyOf(used);
  }
}
