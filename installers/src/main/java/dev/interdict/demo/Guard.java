package dev.interdict.demo;

import dev.interdict.demo.stage.Answer;
import dev.interdict.demo.stage.Children;
import dev.interdict.demo.stage.DemoException;
import dev.interdict.demo.stage.Stage;
import dev.interdict.demo.stage.Tail;
import java.util.ArrayList;
import java.util.List;

/// The agent's guard, running, and what it has said so far. Not thread-safe.
final class Guard {
  private final Children.Child process;
  private final Tail events;
  private final Tail notices;
  private final List<Answer> seen = new ArrayList<>();

  private Guard(Children.Child process, Tail events) {
    this.process = process;
    this.events = events;
    this.notices = new Tail(process.out());
  }

  static Guard start(Stage stage, Sandbox sandbox) throws DemoException {
    var events = stage.folder().log().resolve("events.jsonl");
    var process =
        stage
            .children()
            .start(
                "interdict-agent",
                "guard",
                "--root",
                sandbox.workstation().root().toString(),
                "--state",
                stage.folder().agentState().toString(),
                "--interval",
                "PT5S",
                "--events",
                events.toString(),
                "--terminal",
                "--no-desktop",
                "--lang",
                "en");
    return new Guard(process, new Tail(events));
  }

  /// The events since the last call.
  ///
  /// @throws DemoException if the guard has ended
  List<Answer> next() throws DemoException {
    var fresh = new ArrayList<Answer>();
    for (var line : events.next()) {
      fresh.add(Answer.read("interdict-agent guard", line));
    }
    seen.addAll(fresh);
    if (!process.running()) {
      throw process.ended();
    }
    return fresh;
  }

  /// What it has shown on its terminal since the last call.
  List<String> notices() throws DemoException {
    return notices.next();
  }

  /// Whether an event of this kind was seen.
  boolean has(String kind) {
    return seen.stream().anyMatch(event -> EventWords.is(event, kind));
  }

  /// Whether the server has a report that was composed after the removal was verified.
  boolean removalDelivered() throws DemoException {
    var verified = false;
    var reported = Long.MAX_VALUE;
    for (var event : seen) {
      verified |= EventWords.is(event, "verified");
      if (verified && EventWords.is(event, "reported")) {
        reported = Math.min(reported, event.number("sequence"));
      }
      if (EventWords.is(event, "delivered") && event.number("sequence") >= reported) {
        return true;
      }
    }
    return false;
  }
}
