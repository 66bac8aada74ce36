package dev.interdict.server.direction;

import dev.interdict.json.Json;
import dev.interdict.policy.Collection;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleReader;
import dev.interdict.policy.Vocabulary;
import dev.interdict.server.direction.Step.Course;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which way a change goes as a whole. It is safe only if each of its steps is; two safe changes
/// one after the other are a safe one. Immutable.
public record Direction(List<Step> steps) {
  /// So many departments are told of workstations that go.
  private static final int NAMED = 3;

  public Direction {
    steps = List.copyOf(steps);
  }

  /// Whether one person may publish it.
  public boolean isSafe() {
    return graver().isEmpty();
  }

  /// What makes it need two.
  public List<Step> graver() {
    return steps.stream().filter(step -> step.course() == Course.GRAVER).toList();
  }

  /// From one rule of an id to the next.
  ///
  /// @param before the rule in force as it was published; null for none
  /// @param next null where the rule is withdrawn
  /// @param held whether some device has more matches than the rule allows, so that nothing happens
  ///   there: with fewer ways to match, that hold could end
  /// @param readers of the workstations that are enrolled
  public static Direction of(
      @Nullable Json before, @Nullable Json next, boolean held, Readers readers) {
    if (next == null) {
      return before == null ? none() : only(Step.safer("", "withdrawn"));
    }
    if (!(RuleReader.read(next) instanceof RuleReader.Result.Understood(var after))) {
      return only(Step.graver("", "cannot be read by this version"));
    }
    if (after.enforcement() == Enforcement.OBSERVE) {
      return next.equals(before)
          ? none()
          : only(Step.safer("enforcement", "found and reported, nothing else happens"));
    }
    if (before == null) {
      return only(Step.graver("", "a new ban"));
    }
    if (!(RuleReader.read(before) instanceof RuleReader.Result.Understood(var former))) {
      return only(Step.graver("", "what is in force cannot be read by this version"));
    }
    return former.enforcement() == Enforcement.OBSERVE
        ? only(Step.graver("enforcement", "was only observed so far: all of the ban is new"))
        : between(former, after, before, next, held, readers);
  }

  /// How many workstations have agents that read some versions of the rule language.
  @FunctionalInterface
  public interface Readers {
    /// @param least the oldest that counts
    /// @param below the first that counts no more
    long between(int least, int below);
  }

  private static Direction between(
      Rule former, Rule after, Json before, Json next, boolean held, Readers readers) {
    var steps = new ArrayList<Step>();
    new Members(new Gauges(former, after, held)).compare("", before, next, steps);
    var needed = Vocabulary.needs(before);
    var needs = Vocabulary.needs(next);
    var joining = needs < needed ? readers.between(needs, needed) : 0;
    if (joining > 0) {
      steps.add(
          Step.graver(
              "",
              "WIDER for "
                  + joining
                  + (joining == 1 ? " workstation" : " workstations")
                  + " with older agents, which could not read the rule so far and begin to act"));
    }
    return new Direction(steps);
  }

  /// Of workstations that are put into another ring.
  ///
  /// @param earlier how many of them come sooner there than where they were
  /// @param looser how many of them come under wider bounds, or none
  /// @param many whether they are more than one person moves
  public static Direction ofRing(long devices, long earlier, long looser, boolean many) {
    var all = devices == 1 ? "1 workstation" : devices + " workstations";
    var steps = new ArrayList<Step>();
    if (earlier > 0) {
      steps.add(Step.graver("", all + ", " + earlier + " of them into an EARLIER ring"));
    }
    if (looser > 0) {
      steps.add(
          Step.graver(
              "", all + ", " + looser + " of them under WIDER bounds, so rules are held later"));
    }
    if (many) {
      steps.add(Step.graver("", all + " at once, MANY of their ring"));
    }
    return steps.isEmpty() ? only(Step.safer("", all + ": later")) : new Direction(steps);
  }

  /// Of workstations that are taken out of the fleet.
  ///
  /// @param departments that of each of them
  public static Direction ofRetirement(java.util.Collection<String> departments) {
    var counts = new TreeMap<String, Long>();
    departments.forEach(each -> counts.merge(each, 1L, Long::sum));
    var largest =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(NAMED)
            .map(each ->
                each.getValue()
                    + " of "
                    + (each.getKey().isEmpty() ? "no department" : each.getKey()))
            .collect(Collectors.joining("; "));
    return only(
        Step.graver(
            "",
            departments.size()
                + (departments.size() == 1 ? " workstation" : " workstations")
                + " OUT of it ("
                + largest
                + (counts.size() > NAMED ? "; and more" : "")
                + ")"));
  }

  /// Of a ring that workstations are in, as it is described.
  ///
  /// @param passed the rings with workstations to which its order changes
  /// @param failures the bound as it is; null for none
  /// @param percent alike
  public static Direction ofRingDescription(
      List<String> passed,
      @Nullable Long failures,
      @Nullable Long nextFailures,
      @Nullable Long percent,
      @Nullable Long nextPercent) {
    var steps = new ArrayList<Step>();
    if (!passed.isEmpty()) {
      steps.add(
          Step.graver(
              "",
              "another ORDER among rings that workstations are in: " + String.join(", ", passed)));
    }
    bound(steps, "failures", failures, nextFailures);
    bound(steps, "percent", percent, nextPercent);
    return steps.isEmpty() ? none() : new Direction(steps);
  }

  private static void bound(
      List<Step> steps, String of, @Nullable Long before, @Nullable Long next) {
    if (before != null && (next == null || next > before)) {
      steps.add(
          Step.graver(
              "",
              "rules held LATER: " + of + " " + before + " -> " + (next == null ? "none" : next)));
    }
  }

  /// From one ceiling of what devices may tell to the next; null for none.
  public static Direction ofCollection(@Nullable Json before, @Nullable Json next) {
    if (Objects.equals(before, next)) {
      return none();
    }
    var old = collection(before);
    var now = collection(next);
    if (old == null || now == null) {
      return only(Step.graver("", "cannot be read by this version"));
    }
    var tells = now.level().compareTo(old.level()) > 0 || now.hostName() && !old.hostName();
    var says =
        !Objects.equals(now.decidedBy(), old.decidedBy())
            || !Objects.equals(now.text(), old.text());
    if (tells) {
      return only(Step.graver("", "devices tell more than before"));
    }
    return only(
        says
            ? Step.graver("", "employees read something else about it")
            : Step.safer("", "devices tell no more than before"));
  }

  private static @Nullable Collection collection(@Nullable Json json) {
    if (json == null) {
      return Collection.DEFAULT;
    }
    var faults = new ArrayList<dev.interdict.json.Fault>();
    var read = Collection.read(json, faults);
    return faults.isEmpty() ? read : null;
  }

  private static Direction none() {
    return new Direction(List.of());
  }

  private static Direction only(Step step) {
    return new Direction(List.of(step));
  }
}
