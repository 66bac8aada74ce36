package dev.interdict.agent.defences;

import dev.interdict.agent.defences.Defence.TestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes out one defence after the other and prints a table of the tests that fail without it. Ends
/// with 1 where one is missed by a test that should fail, so that it may as well not be there; with
/// 2 where nothing can be said.
///
/// `java -cp (the test class path of the agent) dev.interdict.agent.defences.Defences
/// [AREA|WORDS…]` in the agent's folder, as root on Linux; with words, only those whose area or
/// name has one of them.
public final class Defences {
  /// For all tests as things are.
  private static final int PASSING_MINUTES = 30;

  /// For the tests of one defence: some never end without it.
  private static final int MINUTES = 2;

  private final Trials trials;
  private final Path project;
  private int missed;
  private int unsaid;

  private Defences(Path project, Path work) {
    this.project = project;
    this.trials = new Trials(project, work, absolute(System.getProperty("java.class.path")));
  }

  /// It is used from other folders than this.
  private static String absolute(String classPath) {
    return Stream.of(classPath.split(":"))
        .filter(part -> !part.isEmpty())
        .map(part -> Path.of(part).toAbsolutePath().toString())
        .collect(Collectors.joining(":"));
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    var missing = Cage.missing();
    if (!missing.isEmpty()) {
      System.err.println(
          "A weakened agent is not let loose on this machine: the cage for it " + missing + ".");
      System.exit(2);
    }
    // Not below /tmp, which the weakened agent sees another one of.
    var work = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "defences");
    var program = new Defences(Path.of("..").toRealPath(), work.toRealPath());
    var chosen = DefenceList.all().stream().filter(one -> chosen(one, List.of(args))).toList();
    try {
      program.run(chosen);
    } finally {
      Files.delete(work);
    }
    System.exit(program.unsaid > 0 || chosen.isEmpty() ? 2 : program.missed > 0 ? 1 : 0);
  }

  private static boolean chosen(Defence defence, List<String> words) {
    return words.isEmpty()
        || words.stream()
            .anyMatch(word ->
                DefenceList.AREAS.contains(word)
                    ? defence.area().equals(word)
                    : defence.name().contains(word));
  }

  private void run(List<Defence> defences) throws IOException, InterruptedException {
    System.out.println("| area | threats | defence | fails without it |");
    System.out.println("|---|---|---|---|");
    var passing = passing(defences);
    var shown = 0;
    for (var defence : defences) {
      var cell = new ArrayList<String>();
      var before = missed + unsaid;
      if (passing.containsAll(defence.tests())) {
        weaken(defence, cell);
      } else {
        unsaid++;
        cell.add("NOT SAID: does not pass here with the defence: " + names(defence.tests()));
      }
      shown += missed + unsaid == before ? 1 : 0;
      System.out.printf(
          "| %s | %s | %s | %s |%n",
          defence.area(),
          String.join(" ", defence.threats()),
          defence.name(),
          String.join("<br>", cell));
    }
    System.out.printf(
        "%n%d defences, %d shown to count, %d not, %d not said%n",
        defences.size(), shown, missed, unsaid);
  }

  /// Which of the tests pass as things are: only these can say anything.
  private LinkedHashSet<TestName> passing(List<Defence> defences)
      throws IOException, InterruptedException {
    var passing = new LinkedHashSet<TestName>();
    for (var module : List.of("agent", "shared")) {
      var tests = new LinkedHashSet<TestName>();
      for (var defence : defences) {
        if (module(defence).getFileName().toString().equals(module)) {
          tests.addAll(defence.tests());
        }
      }
      var went = trials.run(Map.of(), project.resolve(module), tests, PASSING_MINUTES);
      for (var test : tests) {
        if (went.results().get(test.toString()) == Trial.Result.PASSED) {
          passing.add(test);
        }
      }
      if (!passing.containsAll(tests)) {
        System.err.println(went.output());
      }
    }
    return passing;
  }

  private Path module(Defence defence) {
    return defence.edits().getFirst().module(project);
  }

  private void weaken(Defence defence, List<String> cell) throws IOException, InterruptedException {
    Trials.Went went;
    try {
      went = trials.run(defence.without(project), module(defence), defence.tests(), MINUTES);
    } catch (IllegalArgumentException | IllegalStateException e) {
      unsaid++;
      cell.add("NOT SAID: " + e.getMessage());
      return;
    }
    if (!went.begun()) {
      unsaid++;
      cell.add("NOT SAID: no test began: " + went.output().lines().findFirst().orElse(""));
      return;
    }
    var all = true;
    for (var test : defence.tests()) {
      var result = went.results().get(test.toString());
      var failed = result == Trial.Result.FAILED || result == null;
      all &= failed;
      cell.add(
          (failed ? "" : "SURVIVED ")
              + names(List.of(test))
              + (result == null ? " (and its process)" : ""));
    }
    if (!all) {
      missed++;
    }
    System.err.println(defence.name() + "\n" + went.output().strip().indent(4));
  }

  private static String names(List<TestName> tests) {
    return tests.stream()
        .map(test -> "`" + test.toString().replace("dev.interdict.", "") + "`")
        .collect(Collectors.joining(", "));
  }
}
