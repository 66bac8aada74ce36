package dev.interdict.bench;

import dev.interdict.json.JsonException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs the benchmarks that its arguments name (all of them without) and prints, beside the
/// figures, their ratios: only those carry over to another machine.
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] names) throws RunnerException, JsonException {
    var options =
        new OptionsBuilder()
            .forks(1)
            .warmupIterations(Integer.getInteger("bench.warmup", 3))
            .measurementIterations(Integer.getInteger("bench.rounds", 5))
            .warmupTime(TimeValue.seconds(1))
            .measurementTime(TimeValue.seconds(1))
            .jvmArgs("-Xmx1g");
    for (var name : names) {
      options.include(name);
    }
    var figures = figures(new Runner(options.build()).run());
    System.out.printf("%nin one run, on Java %s:%n", System.getProperty("java.version"));
    figures.forEach((name, figure) -> System.out.printf("  %-70s %12.3f%n", name, figure));
    ratio("an unchanged refresh to a full one", figures, "unchanged", "everything");
    ratio(
        "a full refresh on disk to one in memory",
        figures,
        "everything directory",
        "everything memory");
    ratio(
        "Ed25519 of Bouncy Castle to the JDK's, verified",
        figures,
        "verified Ed25519 of",
        "verified Ed25519");
    ratio("ECDSA P-256 to Ed25519, verified", figures, "verified ECDSA", "verified Ed25519");
    ratio("RSA-PSS to Ed25519, verified", figures, "verified RSA", "verified Ed25519");
    ratio("10,000 rules to 200, matched", figures, "match 10000", "match 200");
    ratio(
        "200 rules without the index to with it, matched",
        figures,
        "matchWithoutIndex 200",
        "match 200");
    ratio("a scan to the floor below it", figures, "scanEverything", "scanFloor");
    ratio("a scan of what is unchanged to a full one", figures, "scanUnchanged", "scanEverything");
    retained();
  }

  private static Map<String, Double> figures(Collection<RunResult> results) {
    var figures = new LinkedHashMap<String, Double>();
    for (var result : results) {
      var parameters = result.getParams();
      var name = new StringBuilder(result.getPrimaryResult().getLabel());
      parameters.getParamsKeys().stream()
          .sorted(java.util.Comparator.reverseOrder())
          .forEach(key -> name.append(' ').append(parameters.getParam(key)));
      figures.put(name.toString(), result.getPrimaryResult().getScore());
    }
    return figures;
  }

  /// Of the first figures whose names begin so.
  private static void ratio(String what, Map<String, Double> figures, String one, String other) {
    var above = first(figures, one);
    var below = first(figures, other);
    if (above > 0 && below > 0) {
      System.out.printf("  %-70s %12.3f%n", what, above / below);
    }
  }

  private static double first(Map<String, Double> figures, String start) {
    return figures.entrySet().stream()
        .filter(figure -> figure.getKey().startsWith(start))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(0.0);
  }

  /// What a list of 10,000 rules takes once it is read, by the heap after collection.
  private static void retained() throws JsonException {
    for (var rules : new int[] {200, 10_000}) {
      var document = LargeList.document(rules);
      var before = used();
      var list = LargeList.read(document);
      var after = used();
      System.out.printf(
          "  %,d rules: %,d bytes as published, %,d kept in memory%n",
          list.rules().size(), document.length, after - before);
      Objects.requireNonNull(list);
    }
  }

  private static long used() {
    var runtime = Runtime.getRuntime();
    for (var i = 0; i < 5; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
