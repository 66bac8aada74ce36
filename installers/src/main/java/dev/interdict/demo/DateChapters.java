package dev.interdict.demo;

import dev.interdict.demo.fleet.Ban;
import dev.interdict.demo.stage.DemoException;
import dev.interdict.demo.stage.Stage;
import dev.interdict.demo.stage.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/// From the first notice over the date to the report that it is done: what the guard says, as it
/// says it.
final class DateChapters {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Stage stage;
  private final Ban ban;
  private final Guard guard;
  private final Company company;
  private final EventWords words;

  DateChapters(Stage stage, Ban ban, Guard guard, Company company) {
    this.stage = stage;
    this.ban = ban;
    this.guard = guard;
    this.company = company;
    this.words = new EventWords(stage.zone());
  }

  /// Until the person at the workstation has been told.
  void told() throws DemoException, InterruptedException {
    stage.terminal().chapter("The workstation is told");
    wait(
        ban.effective(),
        "no notice was shown before the date",
        () -> guard.has("told") && guard.has("dated"));
  }

  /// Until the date, up to which nothing may be touched.
  void untilDate() throws DemoException, InterruptedException {
    stage.terminal().chapter("The date");
    var lastLook = ban.effective().minusSeconds(1);
    wait(
        ban.effective(),
        "the clock stands still",
        () -> !stage.clock().instant().isBefore(lastLook));
  }

  /// Until the server has heard that it is gone.
  void untilReported() throws DemoException, InterruptedException {
    wait(
        ban.effective().plus(PATIENCE),
        "the removal was not reported within " + PATIENCE.toSeconds() + " s of the date",
        guard::removalDelivered);
    stage.terminal().event(moment(), "reported to the server, which has it");
  }

  private void wait(Instant deadline, String otherwise, Waiting.Look look)
      throws DemoException, InterruptedException {
    var came =
        new Waiting(stage.clock())
            .until(
                deadline,
                () -> {
                  show();
                  return look.now();
                });
    if (!came) {
      throw new DemoException(otherwise + "; the guard's log is in " + stage.folder().log());
    }
  }

  private void show() throws DemoException {
    for (var event : guard.next()) {
      var line = words.of(event);
      if (line != null) {
        stage.terminal().event(moment(), line);
      }
    }
    var frames = frames(guard.notices());
    for (var frame : new LinkedHashSet<>(frames)) {
      var people = Collections.frequency(frames, frame);
      stage
          .terminal()
          .event(moment(), people == 1 ? "on the screen:" : "on the screens of both people:");
      stage.terminal().quote(frame);
    }
    stage.terminal().status(status());
  }

  /// The notices among the lines; each begins with a rule.
  private static List<List<String>> frames(List<String> lines) {
    var frames = new ArrayList<List<String>>();
    for (var line : lines) {
      if (line.startsWith("-- ") || frames.isEmpty()) {
        frames.add(new ArrayList<>());
      }
      frames.getLast().add(line);
    }
    return frames;
  }

  private String status() {
    var left = Duration.between(stage.clock().instant(), ban.effective());
    var where =
        left.isPositive()
            ? "the date comes in %d:%02d".formatted(left.toMinutes(), left.toSecondsPart())
            : "the date has come";
    var others = company.progress();
    return others.isEmpty() ? where : where + "; " + others;
  }

  /// Now, against the date.
  private String moment() {
    var since = Duration.between(ban.effective(), stage.clock().instant());
    var distance = since.abs();
    return "%s%d:%02d"
        .formatted(since.isNegative() ? "-" : "+", distance.toMinutes(), distance.toSecondsPart());
  }
}
