package dev.interdict.agent.cli;

import dev.interdict.agent.cli.ScanRequest.Output;
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
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/// Looks at the machine once and prints what it saw, for a person, a tool, or the guard that
/// started it. Changes nothing and speaks to nobody. Knows nothing of how it was asked.
final class Scanning {
  static final int PARTLY_INSPECTED = 3;

  /// How long one source may take for one home.
  private static final Duration PER_LOOK = Duration.ofSeconds(60);

  private final Machines machines;
  private final OutputStream out;
  private final ProgressLine progress;
  private final InstantSource clock;
  private final Supplier<UUID> serials;

  Scanning(
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

  /// The scan of this process, which tells its own terminal how far it is.
  static Scanning ofThisProcess(OutputStream out) {
    var console = System.console();
    var terminal = console != null && console.isTerminal();
    var clock = InstantSource.system();
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    var progress = new ProgressLine(err, terminal, clock);
    return new Scanning(Machines::open, out, progress, clock, UUID::randomUUID);
  }

  /// Scans and prints.
  ///
  /// @return the exit code
  /// @throws ScanRequest.NonsenseException before anything is scanned, if the request makes no
  ///   sense on this machine
  /// @throws IOException if the machine cannot be opened, or the answer not be written
  int run(ScanRequest request) throws IOException {
    var root = request.root();
    if (!Files.isDirectory(root)) {
      throw new ScanRequest.NonsenseException("--root: there is no directory " + root, null);
    }
    var explained = request.rule() == null ? null : rule(request.rule(), request.output());
    var thorough = request.digests() || explained != null && explained.asksForDigests();
    var registry = Machines.registry(root);
    // A registry that runs is not watched, so there nothing tells what is unchanged.
    var file =
        request.memory() == null || registry.live()
            ? null
            : new MemoryFile(request.memory(), Build.running());
    var last = file == null ? Memory.none() : file.load(clock);
    Inventory inventory;
    try (var machine = machines.of(root)) {
      inventory =
          new Scan(AllSources.all(registry), PER_LOOK, progress, last, thorough).of(machine);
    } finally {
      progress.done();
    }
    if (explained == null) {
      print(inventory, request.output());
    } else {
      explain(explained, inventory, request.output());
    }
    if (file != null) {
      remember(file, last);
    }
    return inventory.complete() ? 0 : PARTLY_INSPECTED;
  }

  private static Rule rule(Path file, Output output) throws IOException {
    if (output != Output.TABLE && output != Output.JSON) {
      throw new ScanRequest.NonsenseException("--rule: an explanation is a table or json", null);
    }
    try {
      return switch (RuleReader.read(JsonReader.read(Files.readAllBytes(file), JsonLimits.OWN))) {
        case RuleReader.Result.Understood(var understood) -> understood;
        case RuleReader.Result.Faulty(var faults) ->
            throw new IOException(file + " holds no rule: " + faults.getFirst());
      };
    } catch (NoSuchFileException e) {
      throw new ScanRequest.NonsenseException("--rule: there is no file " + file, e);
    } catch (JsonException e) {
      throw new IOException(file + " holds no JSON: " + e.getMessage(), e);
    }
  }

  private void explain(Rule explained, Inventory inventory, Output output) throws IOException {
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

  private void print(Inventory inventory, Output output) throws IOException {
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
