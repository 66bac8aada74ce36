package dev.interdict.trust;

import dev.interdict.trust.metadata.RepositoryException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The command line by which the public conformance suite (theupdateframework/tuf-conformance)
/// drives a client. What it drives is the product's own [Updater] with the product's limits; only
/// the signature schemes are the specification's, the store's names the suite's, and the time the
/// computer's.
///
/// Flags come first: `--metadata-dir D init ROOT`, `--metadata-url U --metadata-dir D refresh`, and
/// the latter with `--target-name P` (once or more) `--target-dir T --target-base-url B download`.
public final class ConformanceClient {
  private final InstantSource clock;
  private final PrintStream errors;

  ConformanceClient(InstantSource clock, PrintStream errors) {
    this.clock = clock;
    this.errors = errors;
  }

  /// Exits with 0 if all went well and 1 if anything did not.
  public static void main(String[] args) {
    System.exit(new ConformanceClient(Clock.systemUTC(), System.err).run(args));
  }

  /// The exit code.
  int run(String... args) {
    try {
      var command = Command.parse(args);
      switch (command.verb()) {
        case "init" -> init(command);
        case "refresh" -> refresh(command);
        case "download" -> download(command);
        default -> throw new IllegalArgumentException("unknown command " + command.verb());
      }
      return 0;
    } catch (IOException | RepositoryException | RuntimeException e) {
      errors.println(e.getMessage() == null ? e.toString() : e.getMessage());
      return 1;
    }
  }

  private static void init(Command command) throws IOException {
    var root = Files.readAllBytes(Path.of(command.operand()));
    DurableFile.write(command.folder("--metadata-dir").resolve(ConformanceStore.ROOT), root);
  }

  private Updater refresh(Command command) throws IOException, RepositoryException {
    var metadata = command.folder("--metadata-dir");
    var targets = command.has("--target-dir") ? command.folder("--target-dir") : metadata;
    var targetUrl = command.has("--target-base-url") ? command.url("--target-base-url") : null;
    var updater =
        new Updater(
            Files.readAllBytes(metadata.resolve(ConformanceStore.ROOT)),
            new ConformanceStore(metadata, targets),
            new ConformanceFetcher(command.url("--metadata-url"), targetUrl),
            Limits.STANDARD,
            Acceptance.SPECIFICATION,
            System::nanoTime);
    switch (updater.refresh(clock.instant())) {
      case RefreshResult.Updated _, RefreshResult.Unchanged _ -> {}
      case RefreshResult.Refused(var _, var message) -> throw new IOException(message);
      case RefreshResult.Unreachable(var message) -> throw new IOException(message);
    }
    return updater;
  }

  private void download(Command command) throws IOException, RepositoryException {
    var updater = refresh(command);
    for (var path : command.targets()) {
      switch (updater.target(path)) {
        case TargetResult.Found _ -> {}
        case TargetResult.Absent _ -> throw new IOException("there is no target " + path);
        case TargetResult.Refused(var _, var message) -> throw new IOException(message);
        case TargetResult.Unreachable(var message) -> throw new IOException(message);
      }
    }
  }

  /// The arguments, told apart.
  private record Command(
      Map<String, String> flags, List<String> targets, String verb, List<String> operands) {

    static Command parse(String[] args) {
      var flags = new HashMap<String, String>();
      var targets = new ArrayList<String>();
      var at = 0;
      for (; at + 1 < args.length && args[at].startsWith("--"); at += 2) {
        if (args[at].equals("--target-name")) {
          targets.add(args[at + 1]);
        } else {
          flags.put(args[at], args[at + 1]);
        }
      }
      if (at == args.length) {
        throw new IllegalArgumentException("name a command: init, refresh or download");
      }
      return new Command(flags, targets, args[at], List.of(args).subList(at + 1, args.length));
    }

    boolean has(String flag) {
      return flags.containsKey(flag);
    }

    Path folder(String flag) {
      return Path.of(value(flag));
    }

    URI url(String flag) {
      var url = value(flag);
      return URI.create(url.endsWith("/") ? url : url + "/");
    }

    String operand() {
      if (operands.size() != 1) {
        throw new IllegalArgumentException(verb + " takes one file, not " + operands);
      }
      return operands.getFirst();
    }

    private String value(String flag) {
      var value = flags.get(flag);
      if (value == null) {
        throw new IllegalArgumentException(verb + " needs " + flag);
      }
      return value;
    }
  }
}
