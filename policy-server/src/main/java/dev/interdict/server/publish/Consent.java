package dev.interdict.server.publish;

import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.wording.Sentence;
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
              Sentence.of(
                  "consent.nobody",
                  "%s: this makes agents do more, so it needs a second person. %s. In an emergency:"
                      + " --break-glass REASON",
                  changes.stream().map(Graver::words).collect(Collectors.joining("; ")),
                  way(changes)));

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
  private static Sentence way(List<Graver> changes) {
    return changes.stream().allMatch(change -> change.about() == Graver.About.RULE)
        ? Sentence.of("consent.draft", "Make a draft of it: interdict draft new --help")
        : Sentence.of("consent.propose", "Ask for one: the same command with --propose");
  }

  /// Why these changes are not to be published, or null.
  @Nullable Refused refusal(List<Graver> changes);
}
