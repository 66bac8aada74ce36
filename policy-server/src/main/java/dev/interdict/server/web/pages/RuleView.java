package dev.interdict.server.web.pages;

import dev.interdict.server.web.Href;
import dev.interdict.server.web.View;
import dev.interdict.server.web.chart.BurndownPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule: what it finds, what happens when, who is told what.
///
/// @param steps its way to the effective date
/// @param keep the user's data that is never touched
public record RuleView(
    RuleHead rule,
    Policy policy,
    List<Step> steps,
    List<Finds> finds,
    List<String> keep,
    Impact impact,
    Told told,
    List<Ring> rings,
    Clock clock)
    implements View {

  /// The signed document it stands in.
  ///
  /// @param summary why the tool has its risk class
  /// @param limit most matches on one device
  public record Policy(long serial, String issuer, @Nullable String summary, int limit) {}

  /// A date on the rule's way.
  public record Step(String label, Instant at, boolean done, boolean next) {
    /// Under which other pages lead here.
    public String anchor() {
      return BurndownPoints.anchor(at);
    }
  }

  /// One kind of evidence.
  public record Finds(String kind, String identity, String strength) {}

  /// What the fleet looks like under it.
  ///
  /// @param skipping devices that cannot read it, since their agent is too old
  public record Impact(
      List<StateCount> states, long has, long departments, long skipping, Href having) {
    public Impact {
      states = List.copyOf(states);
    }
  }

  /// What employees read.
  ///
  /// @param reminders before a device's date
  public record Told(
      String english,
      String chinese,
      Duration minimumNotice,
      List<Duration> reminders,
      int defers,
      Duration deferBy) {
    public Told {
      reminders = List.copyOf(reminders);
    }
  }

  /// Devices that go first.
  public record Ring(String name, int percent, Instant at) {}

  public RuleView {
    steps = List.copyOf(steps);
    finds = List.copyOf(finds);
    keep = List.copyOf(keep);
    rings = List.copyOf(rings);
  }

  @Override
  public String template() {
    return "rule.jte";
  }
}
