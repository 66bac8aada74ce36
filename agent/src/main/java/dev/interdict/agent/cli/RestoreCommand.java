package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-agent restore`: gives back what was moved into quarantine, where the rule allows it.
@Command(
    name = "restore",
    description = "Gives back what was moved into quarantine.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {
      "0:given back, or listed",
      "1:not, or not all of it, or the guard does not answer",
      GuardCommand.WRONG,
      GuardCommand.REFUSED
    })
final class RestoreCommand extends GuardCommand {
  private static final List<Integer> WIDTHS = List.of(32, 8, 10, 10, 16);

  @Option(names = "--list", description = "Only list what is held.")
  private boolean list;

  @Parameters(
      arity = "0..1",
      paramLabel = "RULE|ID",
      description = "What to give back: all of a rule, or one thing of the list.")
  private @Nullable String about;

  @Override
  public Integer call() throws IOException {
    if (!list && about == null) {
      throw wrong("restore.name");
    }
    return list ? list() : restore();
  }

  private int list() throws IOException {
    var json = ask("held", null, Map.of());
    if (options.json()) {
      print(json);
      return 0;
    }
    var held =
        new GuardAnswer(json)
            .get("held").items().stream()
                .filter(thing -> about == null || thing.get("rule").text().equals(about))
                .toList();
    table(held, words(), ZoneId.systemDefault(), paper());
    return 0;
  }

  static void table(List<GuardAnswer> held, Words words, ZoneId zone, Paper paper) {
    if (held.isEmpty()) {
      paper.line(words.say("restore.none"));
      return;
    }
    paper.headings(
        WIDTHS,
        List.of(
            words.say("restore.heading.id"),
            words.say("restore.heading.size"),
            words.say("restore.heading.removed"),
            words.say("restore.heading.kept"),
            words.say("restore.heading.by")));
    for (var thing : held) {
      paper.row(
          WIDTHS,
          List.of(
              thing.get("id").text(),
              size(thing.get("bytes").number()),
              words.day(thing.get("removed").text(), zone),
              words.day(thing.get("kept-until").text(), zone),
              words.say(thing.get("may").flag() ? "restore.you" : "restore.exempt")));
      paper.line("  " + thing.get("path").text());
    }
    paper.blank();
    paper.line(words.say("restore.how"));
    paper.line(words.say("restore.first"));
  }

  /// Bytes for people, in eight columns.
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    return bytes < 1 << 20 ? bytes / 1024 + " KiB" : bytes / (1 << 20) + " MiB";
  }

  private int restore() throws IOException {
    var json = ask("restore", about, Map.of());
    var things = new GuardAnswer(json).get("restored").items();
    if (options.json()) {
      print(json);
    } else {
      things.forEach(this::tell);
    }
    return things.stream().allMatch(thing -> thing.get("restored").flag()) ? 0 : 1;
  }

  /// Of a guard of another version there may be words alone.
  private String why(GuardAnswer thing) {
    return words().or("restore.why." + thing.get("code").text(), thing.get("result").text());
  }

  private void tell(GuardAnswer thing) {
    var path = thing.get("path").text();
    paper()
        .line(
            thing.get("restored").flag()
                ? words().say("restore.done", path)
                : words().say("restore.refused", path, why(thing)));
  }
}
