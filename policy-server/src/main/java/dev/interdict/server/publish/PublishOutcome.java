package dev.interdict.server.publish;

import dev.interdict.server.wording.Sentence;

/// What an attempt to publish came to.
public sealed interface PublishOutcome {

  /// Devices can see it.
  record Done(Published publication) implements PublishOutcome {}

  /// The list would be the same as the one published now; nothing was done.
  record Unchanged(long serial) implements PublishOutcome {}

  /// Devices hold these rules from their next contact on.
  ///
  /// @param behind whether some devices say that they hold newer files than this server, and do not
  ///   take it before these are passed over
  record Held(dev.interdict.policy.Stop stop, boolean behind) implements PublishOutcome {}

  /// Nothing became visible.
  ///
  /// @param why with what to do
  record Refused(Reason kind, Sentence why) implements PublishOutcome {
    /// For what only English says.
    public Refused(Reason kind, String reason) {
      this(kind, Sentence.plain(reason));
    }

    /// Why, in English.
    public String reason() {
      return why.text();
    }
  }

  /// Why an attempt was refused.
  enum Reason {
    /// What was asked for is not there or not possible.
    CONTENT,
    /// A key is not at hand, or what is there was not signed by it.
    TRUST,
    /// Somebody else changed the repository meanwhile, or another list stands there.
    CONFLICT
  }
}
