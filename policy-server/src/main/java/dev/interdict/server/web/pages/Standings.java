package dev.interdict.server.web.pages;

import dev.interdict.report.Presence;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.Counts;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.View.Standing;
import dev.interdict.server.web.View.StateCount;
import dev.interdict.server.web.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How states are named, drawn and linked: in one place, so that a counter and the list behind it
/// cannot differ. Pure functions.
final class Standings {

  /// States that are counted together on the bar.
  private enum Part {
    CLEAR,
    HAS,
    FAILED,
    EXEMPT,
    SILENT,
    UNSUPPORTED,
    NOT_ENROLLED,
    UNEXPECTED,
    UNKNOWN;

    /// Whether it is shown also where there is none.
    boolean always() {
      return this != NOT_ENROLLED && this != UNEXPECTED && this != UNKNOWN;
    }

    List<Status> statuses() {
      return switch (this) {
        case CLEAR -> List.of(Status.CLEAR, Status.REMOVED);
        case HAS -> List.of(Status.PRESENT, Status.REMOVING);
        case FAILED -> List.of(Status.FAILED);
        case EXEMPT -> List.of(Status.EXEMPT);
        case SILENT -> List.of(Status.SILENT);
        case UNSUPPORTED -> List.of(Status.UNSUPPORTED);
        case NOT_ENROLLED -> List.of(Status.NOT_ENROLLED);
        case UNEXPECTED -> List.of(Status.UNEXPECTED);
        case UNKNOWN -> List.of(Status.UNKNOWN);
      };
    }
  }

  private Standings() {}

  /// The counts of a whole in parts that add up to it; what not every fleet has only where there is
  /// some.
  static List<StateCount> parts(Counts counts, String rule, Duration silentAfter, Words words) {
    var parts = new ArrayList<StateCount>();
    for (var part : Part.values()) {
      var count = part.statuses().stream().mapToLong(counts::get).sum();
      if (part.always() || count > 0) {
        var key = "state." + look(part.statuses().getFirst());
        parts.add(
            new StateCount(
                look(part.statuses().getFirst()),
                words.text(key, words.rough(silentAfter)),
                count,
                devices(rule, part.statuses())));
      }
    }
    return List.copyOf(parts);
  }

  /// The list of a rule's devices that are in one of `statuses`.
  static Href devices(String rule, List<Status> statuses) {
    return Href.to("/devices").with("rule", rule).with("state", written(statuses));
  }

  /// The list of a rule's devices that still have the software.
  static Href having(String rule) {
    return devices(rule, havingIt());
  }

  /// The statuses of the headline.
  static List<Status> havingIt() {
    return Arrays.stream(Status.values()).filter(Status::hasIt).toList();
  }

  /// The statuses that count as free of the software by inspection.
  static List<Status> clear() {
    return Part.CLEAR.statuses();
  }

  /// As they stand in an address.
  static String written(List<Status> statuses) {
    return statuses.stream().map(Status::word).collect(Collectors.joining(","));
  }

  /// A device's state with what the state alone does not tell.
  static Standing of(
      Status status, @Nullable RuleState reported, @Nullable Presence presence, Words words) {
    String detail = null;
    if (status.overlay() && reported != null) {
      detail = words.of("reported", reported);
    } else if (status == Status.PRESENT && presence != null) {
      detail = words.of("presence", presence);
    }
    return new Standing(look(status), words.of("status", status), detail);
  }

  /// The name of a state's glyph and colour.
  static String look(Status status) {
    return switch (status) {
      case CLEAR, REMOVED -> "clear";
      case PRESENT, REMOVING -> "has";
      case FAILED -> "failed";
      case EXEMPT -> "exempt";
      case SILENT -> "silent";
      case UNSUPPORTED -> "unsupported";
      case NOT_ENROLLED -> "not-enrolled";
      case UNEXPECTED -> "unexpected";
      case UNKNOWN -> "unknown";
    };
  }
}
