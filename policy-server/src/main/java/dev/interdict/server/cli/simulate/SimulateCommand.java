package dev.interdict.server.cli.simulate;

import dev.interdict.decide.story.Life;
import dev.interdict.decide.story.LifeReader;
import dev.interdict.decide.story.Story;
import dev.interdict.identity.Printable;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Language;
import dev.interdict.policy.Rule;
import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.draft.Lint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `interdict simulate`.
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Tells day by day what a rule would do on one workstation: who is told what and when, what"
          + " they may do, which input sets the workstation's date, and when it is enforced. By the"
          + " very decisions that workstations make; nothing is published.",
      "",
      "STATE.json describes the workstation and its people. With --example an example is printed;"
          + " of its members only device, system, zone and found are needed.",
      "  running  while-used, or always where it runs without anybody",
      "  found    since when the tool is installed, and in whose homes (unwritten: everybody's)",
      "  people   each with the hours of use in a week, and when they are away",
      "  off      when it is powered off",
      "  events   each with at and kind: remind (person, until), put-off (person), request"
          + " (person),",
      "           refuse (reason), exempt (until), stop (reason, until), travel (zone),",
      "           new-dates (announce, effective)",
      "Dates are those of the clock in zone."
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofDays(400);
  private static final int DAYS_BEFORE = 1;
  private static final int DAYS_AFTER = 14;

  private final Console console;

  @Mixin private Output output = new Output();

  @Option(names = "--rule", paramLabel = "FILE", description = "The rule.")
  private @Nullable Path file;

  @Option(names = "--device", paramLabel = "STATE.json", description = "The workstation.")
  private @Nullable Path device;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first day, such as 2026-07-01 (unwritten: that before the announcement).")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "The last day (unwritten: two weeks after the effective date).")
  private @Nullable String to;

  @Option(
      names = "--lang",
      paramLabel = "en|zh-CN",
      defaultValue = "en",
      converter = Tag.class,
      description = "The language of the story (default: ${DEFAULT-VALUE}).")
  private Language language = Language.EN;

  @Option(names = "--example", description = "Print an example of STATE.json, and nothing else.")
  private boolean example;

  public SimulateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (example) {
      console.out().print(example());
      console.out().flush();
      return Exit.OK;
    }
    if (file == null || device == null) {
      throw new Failure(Exit.USAGE, "give --rule FILE and --device STATE.json, or --example");
    }
    var rule = rule(file);
    var life = life(device);
    var zone = life.device().zone();
    var begins = from == null ? before(rule, zone) : day(from).atStartOfDay(zone).toInstant();
    var ends = to == null ? after(rule, zone) : day(to).plusDays(1).atStartOfDay(zone).toInstant();
    if (!begins.isBefore(ends) || Duration.between(begins, ends).compareTo(LONGEST) > 0) {
      throw new Failure(
          Exit.USAGE,
          "from " + begins + " to " + ends + " is no time of 1 to 400 days; write --from and --to");
    }
    print(Story.of(rule, life, begins, ends));
    return Exit.OK;
  }

  private void print(Story story) {
    var words = new StoryWords(language);
    if (output.forPrograms()) {
      output.print(StoryJson.json(story, words), console);
      return;
    }
    var head = new StoryHead(words, story);
    head.lines().forEach(console::line);
    for (var line : new StoryText(words).lines(story)) {
      console.line(line.heading() ? console.bold(line.text()) : line.text());
    }
    head.end().forEach(console::line);
  }

  private Rule rule(Path path) throws IOException {
    var lint = new Lint(console.clock().instant(), Map.of()).check(RuleFiles.read(List.of(path)));
    if (lint.drafts().size() != 1) {
      RuleFiles.print(lint.findings(), console);
      throw new Failure(Exit.FOUND, path + " holds no rule that could be simulated");
    }
    return lint.drafts().getFirst().rule();
  }

  private static Life life(Path path) throws IOException {
    if (Files.size(path) > LifeReader.MOST_BYTES) {
      throw new Failure(
          Exit.FOUND, path + " is longer than " + LifeReader.MOST_BYTES + " bytes; shorten it");
    }
    try {
      return LifeReader.read(Files.readAllBytes(path));
    } catch (JsonException e) {
      throw new Failure(
          Exit.FOUND,
          path
              + " describes no workstation: "
              + Printable.of(String.valueOf(e.getMessage()))
              + "; see: interdict simulate --example");
    }
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new Failure(
          Exit.USAGE, "\"" + Printable.of(text) + "\" is no date; write it as 2026-07-10");
    }
  }

  private static Instant before(Rule rule, ZoneId zone) {
    var announced = rule.timeline().announceAt().atZone(zone).toLocalDate();
    return announced.minusDays(DAYS_BEFORE).atStartOfDay(zone).toInstant();
  }

  private static Instant after(Rule rule, ZoneId zone) {
    var effective = rule.timeline().effectiveAt(zone).atZone(zone).toLocalDate();
    return effective.plusDays(DAYS_AFTER).atStartOfDay(zone).toInstant();
  }

  private static String example() throws IOException {
    try (var in = SimulateCommand.class.getResourceAsStream("example.json")) {
      if (in == null) {
        throw new IllegalStateException("the example is missing");
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  static final class Tag implements ITypeConverter<Language> {
    @Override
    public Language convert(String text) {
      for (var language : Language.values()) {
        if (language.tag().equalsIgnoreCase(text)) {
          return language;
        }
      }
      throw new TypeConversionException("\"" + text + "\"; write en or zh-CN");
    }
  }
}
