package dev.interdict.server.proposal;

import dev.interdict.json.Fields;
import dev.interdict.server.publish.Graver.About;
import dev.interdict.server.review.Person;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is proposed.
public enum Kind {
  /// To let go of what is held.
  RESUME(About.STOP, Duration.ofDays(1)),
  /// To put workstations into another ring, or to describe one otherwise.
  RING(About.RING, Duration.ofDays(3)),
  /// To take workstations out of the fleet.
  RETIREMENT(About.FLEET, Duration.ofDays(3)),
  /// What devices may tell. Its list may have to go round among people who sign it.
  COLLECTION(About.COLLECTION, Duration.ofDays(14));

  private final About about;
  private final Duration holds;

  Kind(About about, Duration holds) {
    this.about = about;
    this.holds = holds;
  }

  /// Null where what it is about is not proposed so: a rule is a draft.
  static @Nullable Kind of(About about) {
    for (var kind : values()) {
      if (kind.about == about) {
        return kind;
      }
    }
    return null;
  }

  /// How long a proposal waits for somebody to decide; what it was made from is old then.
  static final Duration WAITS = Duration.ofDays(14);

  /// Whether `by` may propose such a thing: whoever may also bring it into force.
  boolean mayPropose(Person by) {
    return this == RETIREMENT ? by.mayRetire() : by.mayWrite();
  }

  /// Who may, in words.
  String proposers() {
    return this == RETIREMENT ? "administrator" : "author or approver";
  }

  /// How long another person's agreement counts.
  public Duration holds() {
    return holds;
  }

  public String written() {
    return Fields.written(this);
  }

  static Kind read(String word) {
    for (var kind : values()) {
      if (kind.written().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of a proposal: " + word);
  }
}
