package dev.interdict.agent.cli;

import dev.interdict.agent.wording.Columns;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `interdict-agent restore`: gives back what was moved into quarantine, where the rule allows it.
@Command(
    name = "restore",
    description = "Gives back what was moved into quarantine.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:given back, or listed",
      "1:not, or not all of it; the guard says why",
      "2:the command line is wrong"
    })
final class RestoreCommand implements Callable<Integer> {
  @Mixin private GuardOptionsMixin options = new GuardOptionsMixin();

  @Option(names = "--list", description = "Only list what is held.")
  private boolean list;

  @Parameters(
      arity = "0..1",
      paramLabel = "RULE|ID",
      description = "What to give back: all of a rule, or one thing of the list.")
  private @Nullable String about;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!list && about == null) {
      throw new ParameterException(
          spec.commandLine(), "name a rule or an id, or list what is held with --list");
    }
    return list ? list() : restore();
  }

  private int list() throws IOException {
    var json = options.guard().ask("held", null);
    if (options.json()) {
      print(json);
      return 0;
    }
    var out = spec.commandLine().getOut();
    var words = options.words();
    var held =
        new Answer(json)
            .get("held").items().stream()
                .filter(thing -> about == null || thing.get("rule").text().equals(about))
                .toList();
    if (held.isEmpty()) {
      out.println(words.say("restore.none"));
      return 0;
    }
    row(
        out,
        words.say("restore.heading.id"),
        words.say("restore.heading.size"),
        words.say("restore.heading.removed"),
        words.say("restore.heading.item"));
    var zone = ZoneId.systemDefault().getId();
    for (var thing : held) {
      row(
          out,
          thing.get("id").text(),
          size(thing.get("bytes").number()),
          words.date(thing.get("removed").text(), zone),
          thing.get("path").text());
    }
    return 0;
  }

  private static void row(PrintWriter out, String id, String size, String removed, String item) {
    out.println(pad(id, 32) + "  " + pad(size, 8) + "  " + pad(removed, 36) + "  " + item);
  }

  private static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - Columns.of(text)));
  }

  private static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    return bytes < 1 << 20 ? bytes / 1024 + " KiB" : bytes / (1 << 20) + " MiB";
  }

  private int restore() throws IOException {
    var json = options.guard().ask("restore", about);
    if (options.json()) {
      print(json);
    }
    var all = true;
    for (var thing : new Answer(json).get("restored").items()) {
      var done = thing.get("restored").flag();
      all &= done;
      if (!options.json()) {
        var path = thing.get("path").text();
        spec.commandLine()
            .getOut()
            .println(
                done
                    ? options.words().say("restore.done", path)
                    : options.words().say("restore.refused", path, thing.get("result").text()));
      }
    }
    return all ? 0 : 1;
  }

  private void print(Json.Obj json) {
    spec.commandLine().getOut().print(new String(JsonWriter.pretty(json), StandardCharsets.UTF_8));
  }
}
