package dev.interdict.server.cli.failure;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.failures.FailureClass;
import dev.interdict.server.failures.FailureQueue;
import dev.interdict.server.failures.FailureRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Failures for people and for programs.
final class FailureView {
  /// The head of the CSV; a column keeps its name and place for good.
  static final List<String> COLUMNS =
      List.of(
          "device",
          "host",
          "department",
          "os",
          "rule",
          "state",
          "class",
          "identity",
          "since",
          "last",
          "owner",
          "comments",
          "ticket");

  private FailureView() {}

  static Json.Obj json(FailureRow one) {
    return Json.object()
        .put("device", one.device())
        .put("host", one.host())
        .put("department", one.department())
        .put("os", one.os())
        .put("rule", one.rule())
        .put("state", one.state().word())
        .put("class", one.error())
        .put("identity", one.identity())
        .put("since", text(one.since()))
        .put("last", text(one.last()))
        .put("owner", one.owner())
        .put("comments", one.comments())
        .put("ticket", one.ticket())
        .build();
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  static void print(FailureRow one, FailureQueue queue, Console console) {
    var of = FailureClass.of(one.error());
    console.field("Device", one.device() + " (" + Printable.of(one.host()) + ")");
    console.field("Department", Printable.of(one.department()));
    console.field("Rule", one.rule());
    console.field("State", state(one));
    if (!one.error().isEmpty()) {
      console.field("Class", of.word() + ": " + of.meaning());
      console.field("Next step", of.next());
    }
    if (one.identity() != null) {
      console.field("What", Printable.of(one.identity()));
    }
    console.field("Owner", one.owner() == null ? "nobody" : one.owner());
    if (one.ticket() != null) {
      console.field("Ticket", Printable.of(one.ticket()));
    }
    for (var comment : queue.comments(one.device(), one.rule())) {
      console.line(
          "  "
              + Times.minutes(comment.at())
              + "  "
              + comment.who()
              + " ("
              + comment.what()
              + "): "
              + Printable.of(comment.words()));
    }
  }

  private static String state(FailureRow one) {
    return one.state().word()
        + (one.since() == null ? "" : ", failing since " + Times.minutes(one.since()))
        + (one.last() == null ? "" : ", last on " + Times.minutes(one.last()));
  }
}
