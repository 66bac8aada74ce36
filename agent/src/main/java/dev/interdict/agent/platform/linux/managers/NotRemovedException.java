package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.report.ErrorClass;
import java.util.Collection;
import java.util.stream.Collectors;

/// Why a package does not go; carries the outcome.
final class NotRemovedException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int MOST_NAMES = 20;
  private static final int LONGEST = 200;

  private final transient Outcome outcome;

  private NotRemovedException(String message, Outcome outcome) {
    super(message, null, false, false);
    this.outcome = outcome;
  }

  static NotRemovedException refused(Refusal why, String detail) {
    return new NotRemovedException(detail, new Outcome.Refused(why, detail));
  }

  static NotRemovedException failed(ErrorClass error, String detail) {
    return new NotRemovedException(detail, new Outcome.Failed(error, detail));
  }

  /// Other packages would go with it, or break.
  ///
  /// @param names of packages, as the manager wrote them
  static NotRemovedException needed(Collection<String> names) {
    var more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
    var list = names.stream().limit(MOST_NAMES).map(NotRemovedException::plain);
    return refused(
        Refusal.NEEDED, "would take or break: " + list.collect(Collectors.joining(", ")) + more);
  }

  /// The manager said something that nobody here understands.
  static NotRemovedException unclear(String what, Reply reply) {
    return failed(
        ErrorClass.PACKAGE_MANAGER_ERROR,
        "%s answered with code %d: %s".formatted(what, reply.code(), plain(reply.gist())));
  }

  Outcome outcome() {
    return outcome;
  }

  /// Printable ASCII on one line, bounded.
  private static String plain(String text) {
    var shown = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    return shown
        .chars()
        .mapToObj(c -> c >= ' ' && c < 0x7f ? Character.toString(c) : "?")
        .collect(Collectors.joining());
  }
}
