package dev.interdict.server.web.pages;

import dev.interdict.server.web.Href;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import dev.interdict.server.web.chart.BurndownPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule: what it finds, what happens when, who is told what, and what may be done about it.
///
/// @param tab which part is shown
/// @param owner who answers for it
/// @param way from its draft to everybody
/// @param steps its way to the effective date
/// @param keep the user's data that is never touched
public record RuleView(
    RuleHead rule,
    String tab,
    RulesPage.Owner owner,
    Policy policy,
    Control control,
    List<Milestone> way,
    List<Step> steps,
    List<Detection> detections,
    List<Finds> finds,
    List<String> keep,
    Impact impact,
    Told told,
    List<Ring> rings,
    History history,
    Clock clock)
    implements View {

  /// The signed document it stands in.
  ///
  /// @param summary why the tool has its risk class
  /// @param limit most matches on one device
  /// @param sha256 of the list; empty where this server did not publish it
  /// @param signers who signs the list; without members where that cannot be told
  /// @param looked devices that said where they stand on this version
  /// @param signed who published it
  /// @param second who agreed to it; empty where nobody had to
  public record Policy(
      long serial,
      String issuer,
      @Nullable String summary,
      int limit,
      String sha256,
      Row signers,
      @Nullable Long looked,
      long devices,
      String signed,
      String second) {
    /// The newest of a role's keys that signed, shortened.
    public String key() {
      return signers.rows("keys").stream()
          .filter(key -> key.has("last-signed"))
          .map(key -> shortened(key.text("id")))
          .findFirst()
          .orElse("");
    }

    private static String shortened(String id) {
      return id.length() <= 12 ? id : id.substring(0, 4) + "…" + id.substring(id.length() - 4);
    }
  }

  /// What holds the rule, and what waits to let it go.
  ///
  /// @param held whether devices do nothing by it
  /// @param all whether that is since every rule is held
  /// @param reason as employees read it
  /// @param trip why the circuit breaker held it; without members if it did not
  /// @param proposals to let go that wait or were agreed to
  public record Control(boolean held, boolean all, String reason, Row trip, List<Row> proposals) {
    public Control {
      proposals = List.copyOf(proposals);
    }

    /// Whether somebody agreed to let go.
    public boolean agreed() {
      return proposals.stream().anyMatch(each -> each.text("state").equals("agreed"));
    }
  }

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
  /// @param owners the list of the people
  /// @param where the departments of all of them
  /// @param reported how old all of this is
  public record Impact(
      List<StateCount> states,
      long has,
      long departments,
      long exempt,
      @Nullable Long people,
      long skipping,
      Href having,
      Href owners,
      Href where,
      Age reported) {
    public Impact {
      states = List.copyOf(states);
    }
  }

  /// What employees read.
  ///
  /// @param notices in each language, as agents write them
  /// @param announcements for people to send
  /// @param reminders before a device's date
  public record Told(
      String english,
      String chinese,
      List<Notice> notices,
      List<Announcement> announcements,
      Duration minimumNotice,
      List<Duration> reminders,
      int defers,
      Duration deferBy) {
    public Told {
      notices = List.copyOf(notices);
      announcements = List.copyOf(announcements);
      reminders = List.copyOf(reminders);
    }
  }

  /// Devices that go at one date.
  ///
  /// @param name empty for those that follow the rule's own date
  /// @param percent of the fleet
  /// @param had what became of the software on those that had it; null where they are too many to
  ///   be told apart for a page
  public record Ring(String name, int percent, Instant at, RingCounts.@Nullable Had had) {}

  /// What it has been, and what was drafted of it.
  ///
  /// @param versions newest first
  /// @param drafts that are open
  public record History(List<Row> versions, List<Row> drafts) {
    public History {
      versions = List.copyOf(versions);
      drafts = List.copyOf(drafts);
    }
  }

  public RuleView {
    way = List.copyOf(way);
    steps = List.copyOf(steps);
    detections = List.copyOf(detections);
    finds = List.copyOf(finds);
    keep = List.copyOf(keep);
    rings = List.copyOf(rings);
  }

  /// The same page with another part.
  public Href at(String part) {
    return part.equals(RulePage.TABS.getFirst()) ? rule.href() : rule.href().with("tab", part);
  }

  @Override
  public String template() {
    return "rule.jte";
  }
}
