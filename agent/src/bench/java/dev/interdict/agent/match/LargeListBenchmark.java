package dev.interdict.agent.match;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.bench.LargeList;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A large list: read, indexed, and matched against a machine with 50,000 items.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LargeListBenchmark {
  @Param({"200", "10000"})
  public int rules;

  private final Inventory inventory = LargeList.inventory(50_000);
  private byte[] document = {};
  private Blocklist blocklist = Blocklist.EMPTY;

  @Setup
  public void read() throws JsonException {
    document = LargeList.document(rules);
    blocklist = LargeList.read(document);
  }

  @Benchmark
  public Object parse() throws JsonException {
    return LargeList.read(document);
  }

  @Benchmark
  public Object index() {
    return new RuleIndex(blocklist.rules());
  }

  /// With the index made anew, as each cycle does.
  @Benchmark
  public Object match() {
    return Findings.in(blocklist, inventory);
  }
}
