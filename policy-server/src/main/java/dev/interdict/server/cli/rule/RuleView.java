package dev.interdict.server.cli.rule;

import static java.util.stream.Collectors.joining;

import dev.interdict.json.Fields;
import dev.interdict.policy.Beacon;
import dev.interdict.policy.InWords;
import dev.interdict.policy.Language;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Scope;
import dev.interdict.policy.Timeline;
import dev.interdict.server.cli.terminal.Console;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a rule would do, in words.
public record RuleView(Console console) {

  /// Prints it, a line for each thing that is decided in it.
  public void print(Rule rule) {
    var tool = rule.tool();
    var timeline = rule.timeline();
    console.line(console.bold(tool.name()) + " (" + rule.id() + ") of " + tool.publisher());
    console.field("Risk", Fields.written(tool.risk()));
    console.field("Announced", timeline.announce() + " " + timeline.zone());
    console.field(
        "From",
        timeline.effective()
            + " "
            + timeline.zone()
            + switch (timeline.clock()) {
              case INSTANT -> ", one instant for everybody";
              case LOCAL -> ", by each workstation's own clock";
            });
    console.field("Then", enforcement(rule));
    if (timeline.outOfContact() != Timeline.OutOfContact.WALL_CLOCK) {
      console.field("Offline", outOfContact(timeline.outOfContact()));
    }
    console.field("Notice", "at least " + words(timeline.minimumNotice()) + " after it was shown");
    console.field(
        "Put off",
        timeline.deferral().times() == 0
            ? "not allowed"
            : timeline.deferral().times() + " times by " + words(timeline.deferral().by()));
    if (timeline.requestFreezes()) {
      console.field(
          "Requests",
          "for an exemption, filed a workday before, hold it until decided, 3 days at most");
    }
    scope(rule.scope());
    console.field("Use", tool.replacement().name() + ", " + tool.replacement().url());
    console.field("Keeps", rule.keep().isEmpty() ? "-" : "~/" + String.join(", ~/", rule.keep()));
    var stub = rule.stub();
    if (stub != null) {
      for (var language : Language.values()) {
        console.field("Leaves, " + language.tag(), stub.ask().in(language).strip());
      }
    }
    console.field(
        "At most", rule.maxItemsPerDevice() + " matches on a workstation, else it is held");
    for (var language : Language.values()) {
      console.field("Why, " + language.tag(), tool.reason().in(language).strip());
    }
    console.line(console.bold("Matches"));
    rule.match().forEach(matcher -> console.line("  " + words(matcher)));
  }

  private void scope(Scope scope) {
    if (!scope.systems().isEmpty()) {
      console.field(
          "Systems", scope.systems().stream().map(Fields::written).sorted().collect(joining(", ")));
    }
    if (!scope.include().isEmpty()) {
      console.field("Groups", "only " + sorted(scope.include()));
    }
    if (!scope.exclude().isEmpty()) {
      console.field("Spared", sorted(scope.exclude()));
    }
    if (scope.network() == Scope.Network.CORPORATE) {
      console.field(
          "Network",
          "the corporate one, "
              + (scope.corporate().isEmpty()
                  ? "which no workstation can tell"
                  : "told by the key of " + hosts(scope.corporate())));
    }
    for (var ring : scope.rings()) {
      console.field("Ring", ring.name() + ", " + ring.percent() + " %, from " + ring.at());
    }
  }

  private static String hosts(List<Beacon> beacons) {
    return beacons.stream()
        .map(beacon -> beacon.host() + ":" + beacon.port())
        .collect(joining(", "));
  }

  private static String sorted(Set<String> groups) {
    return String.join(", ", new TreeSet<>(groups));
  }

  private static String outOfContact(Timeline.OutOfContact word) {
    var after = "after 72 hours of running without a confirmed time, ";
    return switch (word) {
      case WALL_CLOCK -> after + "the workstation's own clock may bring the date on";
      case WAIT -> after + "the date still waits for the time that is certain";
      case ENFORCE -> after + "it is enforced at once";
    };
  }

  private static String enforcement(Rule rule) {
    return switch (rule.enforcement()) {
      case OBSERVE -> "found and reported";
      case NOTIFY -> "found, reported, and people are told";
      case BLOCK -> "kept from running";
      case REMOVE -> "moved into quarantine, from where it can be restored";
    };
  }

  /// The kind in a column of its own.
  private static String words(Matcher matcher) {
    var words = InWords.of(matcher).split(" ", 2);
    return "%-12s %s%s"
        .formatted(
            words[0],
            words[1],
            switch (matcher.strength()) {
              case STRONG -> "";
              case WEAK -> " (weak)";
              case RESIDUE -> " (told only)";
            });
  }

  private static String words(Duration duration) {
    if (duration.isZero()) {
      return "no time";
    }
    var hours = duration.toHours();
    return duration.equals(Duration.ofHours(hours))
        ? RuleFiles.count(hours, "hour")
        : duration.toString();
  }
}
