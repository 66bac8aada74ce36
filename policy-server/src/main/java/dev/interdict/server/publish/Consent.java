package dev.interdict.server.publish;

import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.publish.PublishOutcome.Refused;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether people agreed to what makes agents do more than before. Asked with what is in force at
/// that moment, after the next list is made and before it is signed; never of what is safer.
@FunctionalInterface
public interface Consent {
  /// Nobody agreed: only what is safer is published.
  Consent NOBODY =
      changes ->
          new Refused(
              Reason.CONTENT,
              changes.stream().map(Graver::words).collect(Collectors.joining("; "))
                  + ": this makes agents do more, so it needs a second person. "
                  + way(changes)
                  + ". In an emergency: --break-glass REASON");

  /// Of rules the one, of everything else the other: rules have their drafts, and what devices may
  /// tell its proposal.
  static Consent of(Consent rules, Consent others) {
    return changes -> {
      var ofRules = changes.stream().filter(one -> one.about() == Graver.About.RULE).toList();
      var ofOthers = changes.stream().filter(one -> one.about() != Graver.About.RULE).toList();
      var refused = rules.refusal(ofRules);
      return refused == null ? others.refusal(ofOthers) : refused;
    };
  }

  /// How a second person is asked.
  private static String way(List<Graver> changes) {
    return changes.stream().allMatch(change -> change.about() == Graver.About.RULE)
        ? "Make a draft of it: interdict draft new --help"
        : "Ask for one: the same command with --propose";
  }

  /// Why these changes are not to be published, or null.
  @Nullable Refused refusal(List<Graver> changes);
}
