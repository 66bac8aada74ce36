package dev.interdict.agent.cli;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.match.Findings;
import dev.interdict.agent.scan.CycloneDx;
import dev.interdict.agent.scan.InventoryJson;
import dev.interdict.agent.scan.InventoryPipe;
import dev.interdict.agent.scan.InventoryTable;
import dev.interdict.agent.scan.Scan;
import dev.interdict.agent.scan.memory.Build;
import dev.interdict.agent.scan.memory.Memory;
import dev.interdict.agent.scan.memory.MemoryFile;
import dev.interdict.agent.sources.AllSources;
import dev.interdict.evidence.ExplanationText;
import dev.interdict.evidence.RuleExplanation;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  @Option(
      names = "--digests",
      description = "Read the content of programs too, for rules that know one by its SHA-256.")
  private boolean digests;

  @Option(
      names = "--rule",
      paramLabel = "FILE",
      description =
          "Say what the rule in FILE would make of this machine: what it means and why, what is"
              + " spared, what is only near. FILE is JSON, as printed by: interdict rule show"
              + " --output json")
  private @Nullable Path rule;

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
    var explained = rule == null ? null : rule(rule);
    var thorough = digests || explained != null && explained.asksForDigests();
    var registry = Machines.registry(root);
    // A registry that runs is not watched, so there nothing tells what is unchanged.
    var file = memory == null || registry.live() ? null : new MemoryFile(memory, Build.running());
    var last = file == null ? Memory.none() : file.load(clock);
    Inventory inventory;
    try (var machine = machines.of(root)) {
      inventory =
          new Scan(AllSources.all(registry), PER_LOOK, progress, last, thorough).of(machine);
    } finally {
      progress.done();
    }
    if (explained == null) {
      print(inventory);
    } else {
      explain(explained, inventory);
    }
    if (file != null) {
      remember(file, last);
    }
    return inventory.complete() ? 0 : PARTLY_INSPECTED;
  }

  private Rule rule(Path file) throws IOException {
    if (output != Output.TABLE && output != Output.JSON) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--rule: an explanation is a table or json");
    }
    try {
      return switch (RuleReader.read(JsonReader.read(Files.readAllBytes(file), JsonLimits.OWN))) {
        case RuleReader.Result.Understood(var understood) -> understood;
        case RuleReader.Result.Faulty(var faults) ->
            throw new IOException(file + " holds no rule: " + faults.getFirst());
      };
    } catch (NoSuchFileException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--rule: there is no file " + file, e);
    } catch (JsonException e) {
      throw new IOException(file + " holds no JSON: " + e.getMessage(), e);
    }
  }

  private void explain(Rule explained, Inventory inventory) throws IOException {
    var explanation = RuleExplanation.of(explained, Findings.evidence(inventory));
    if (output == Output.JSON) {
      out.write(JsonWriter.pretty(ExplanationText.json(explanation)));
    } else {
      for (var line : ExplanationText.lines(explanation)) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
      out.write(InventoryTable.gaps(inventory).getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
  }

  private static void remember(MemoryFile file, Memory last) {
    try {
      file.save(last);
    } catch (IOException e) {
      System.err.println("Not remembered for the next scan: " + e.getMessage());
    }
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
