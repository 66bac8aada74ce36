package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.scan.memory.Memory;
import dev.interdict.agent.scan.memory.MemoryFile;
import dev.interdict.agent.sources.AllSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A scan of the [Farm] with its files in the page cache: everything, with the memory of a scan
/// before, and the floor below both: the same manifests listed and read, nothing understood.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ScanBenchmark {
  private static final List<String> MANIFESTS = List.of("package.json", "METADATA", "status");

  private Path folder = Path.of("");
  private MemoryFile file = new MemoryFile(folder, "");

  @Setup
  public void plant() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("farm");
    Farm.plant(folder.resolve("root"));
    file = new MemoryFile(folder.resolve("memory"), "bench");
    // Until what was planted is old enough for its times to tell.
    Thread.sleep(3000);
    var memory = file.load(InstantSource.system());
    scan(memory);
    file.save(memory);
  }

  @TearDown
  public void clear() throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Inventory scan(Memory memory) {
    try (var machine = LinuxMachine.open(folder.resolve("root"), List::of)) {
      return new Scan(
              AllSources.all(), Duration.ofMinutes(1), Scan.Progress.silent(), memory, false)
          .of(machine);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Benchmark
  public int scanEverything() {
    return scan(Memory.none()).items().size();
  }

  @Benchmark
  public int scanUnchanged() {
    return scan(file.load(InstantSource.system())).items().size();
  }

  /// By java.nio, without a thought for links, owners or budgets.
  @Benchmark
  public long scanFloor() throws IOException {
    return read(folder.resolve("root").toFile());
  }

  private static long read(java.io.File directory) throws IOException {
    var bytes = 0L;
    var entries = directory.listFiles();
    for (var entry : entries == null ? new java.io.File[0] : entries) {
      if (MANIFESTS.contains(entry.getName())) {
        bytes += Files.readAllBytes(entry.toPath()).length;
      } else if (entry.isDirectory()) {
        bytes += read(entry);
      }
    }
    return bytes;
  }
}
