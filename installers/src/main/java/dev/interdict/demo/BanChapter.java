package dev.interdict.demo;

import dev.interdict.demo.fleet.Ban;
import dev.interdict.demo.stage.Answer;
import dev.interdict.demo.stage.DemoException;
import dev.interdict.demo.stage.Stage;
import dev.interdict.report.PolicyVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Publishes the starter rule with a date that is near.
final class BanChapter {
  static final Duration MINIMUM_NOTICE = Duration.ofSeconds(30);

  private static final String RULE = "claude-code";

  private final Stage stage;

  BanChapter(Stage stage) {
    this.stage = stage;
  }

  Ban tell() throws DemoException, InterruptedException {
    var terminal = stage.terminal();
    terminal.chapter("The ban");
    terminal.status("writing, checking and signing the rule");
    var starter = stage.children().run("interdict", "rule", "new", RULE);
    var announced = stage.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    var effective = announced.plus(stage.settings().toDate());
    var file = stage.folder().rule();
    try {
      Files.writeString(
          file, new RuleText(starter).dated(announced, effective, stage.zone()).yaml());
    } catch (IOException e) {
      throw new DemoException("cannot write " + file + ": " + e.getMessage());
    }
    stage.children().run("interdict", "rule", "lint", file.toString());
    terminal.row("rule", "Claude Code, by Anthropic: high risk; use Qoder instead");
    terminal.row("checked", "interdict rule lint: no errors");
    var published =
        Answer.read(
            "interdict publish",
            stage
                .children()
                .run(
                    "interdict",
                    "publish",
                    file.toString(),
                    "--server-dir",
                    stage.folder().server().toString(),
                    "--break-glass",
                    "one person plays all parts in the demo",
                    "--output",
                    "json"));
    var serial = published.number("serial");
    terminal.row("published", "serial " + serial + ", signed with the blocklist key");
    terminal.row(
        "effective",
        DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss", Locale.ENGLISH)
                .format(effective.atZone(stage.zone()))
            + " ("
            + stage.zone().getId()
            + ")");
    return new Ban(RULE, new PolicyVersion(serial, serial), announced, effective, MINIMUM_NOTICE);
  }
}
