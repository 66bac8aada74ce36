package dev.interdict.agent.match;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.bench.LargeList;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleMatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Every rule asked of every item, for the ratio; ten thousand rules would take minutes.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class WithoutIndexBenchmark {
  @Param("200")
  public int rules;

  private final Inventory inventory = LargeList.inventory(50_000);
  private Blocklist blocklist = Blocklist.EMPTY;

  @Setup
  public void read() throws JsonException {
    blocklist = LargeList.read(LargeList.document(rules));
  }

  @Benchmark
  public int matchWithoutIndex() {
    var found = 0;
    for (var rule : blocklist.rules()) {
      for (var item : inventory.items()) {
        found += ItemEvidence.of(item).match(rule) instanceof RuleMatch.Missed ? 0 : 1;
      }
    }
    return found;
  }
}
