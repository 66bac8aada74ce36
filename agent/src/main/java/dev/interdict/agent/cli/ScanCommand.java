package dev.interdict.agent.cli;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.scan.CycloneDx;
import dev.interdict.agent.scan.InventoryJson;
import dev.interdict.agent.scan.InventoryPipe;
import dev.interdict.agent.scan.InventoryTable;
import dev.interdict.agent.scan.Scan;
import dev.interdict.agent.scan.memory.Build;
import dev.interdict.agent.scan.memory.Memory;
import dev.interdict.agent.scan.memory.MemoryFile;
import dev.interdict.agent.sources.AllSources;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `interdict-agent scan`: looks at the machine once and prints what it saw, for a person, a tool,
/// or the guard that started it. Changes nothing and speaks to nobody.
@Command(
    name = "scan",
    description = "Lists installed tools and running processes. Changes nothing.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything could be inspected",
      "1:the scan failed",
      "2:the command line is wrong",
      "3:something could not be inspected, and is listed"
    })
final class ScanCommand implements Callable<Integer> {
  static final int PARTLY_INSPECTED = 3;

  /// How long one source may take for one home.
  private static final Duration PER_LOOK = Duration.ofSeconds(60);

  /// The forms of the answer.
  enum Output {
    TABLE,
    JSON,
    CYCLONEDX,
    FRAME
  }

  private final Machines machines;
  private final OutputStream out;
  private final ProgressLine progress;
  private final InstantSource clock;
  private final Supplier<UUID> serials;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      defaultValue = "/",
      description = "Inspect DIR as if it were this machine's root directory.")
  private Path root = Path.of("/");

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table, json, cyclonedx, or frame (for the guard). Default: table.")
  private Output output = Output.TABLE;

  @Option(
      names = "--memory",
      paramLabel = "FILE",
      hidden = true,
      description = "Remember in FILE what was seen, to spare the next scan what is unchanged.")
  private @Nullable Path memory;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  ScanCommand(
      Machines machines,
      OutputStream out,
      ProgressLine progress,
      InstantSource clock,
      Supplier<UUID> serials) {
    this.machines = machines;
    this.out = out;
    this.progress = progress;
    this.clock = clock;
    this.serials = serials;
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(root)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--root: there is no directory " + root);
    }
    var file = memory == null ? null : new MemoryFile(memory, Build.running());
    var last = file == null ? Memory.none() : file.load(clock);
    Inventory inventory;
    try (var machine = machines.of(root)) {
      var sources = AllSources.all(Machines.registry(root));
      inventory = new Scan(sources, PER_LOOK, progress, last).of(machine);
    } finally {
      progress.done();
    }
    print(inventory);
    if (file != null) {
      try {
        file.save(last);
      } catch (IOException e) {
        System.err.println("Not remembered for the next scan: " + e.getMessage());
      }
    }
    return inventory.complete() ? 0 : PARTLY_INSPECTED;
  }

  private void print(Inventory inventory) throws IOException {
    switch (output) {
      case TABLE -> out.write(InventoryTable.write(inventory).getBytes(StandardCharsets.UTF_8));
      case JSON -> out.write(JsonWriter.pretty(InventoryJson.write(inventory)));
      case CYCLONEDX ->
          out.write(JsonWriter.pretty(CycloneDx.write(inventory, serials.get(), clock.instant())));
      case FRAME -> InventoryPipe.write(inventory, out);
    }
    out.flush();
  }
}
