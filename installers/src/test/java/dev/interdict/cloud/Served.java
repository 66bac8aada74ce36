package dev.interdict.cloud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A policy server in a process of its own, in a folder that was just set up.
final class Served implements AutoCloseable {
  private static final Pattern PORT =
      Pattern.compile("(Agents|Console)\\s+http://127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  final int devices;
  final int people;

  private Served(Process process, int devices, int people) {
    this.process = process;
    this.devices = devices;
    this.people = people;
  }

  /// @param settings more lines of its settings
  static Served in(Path folder, String settings) throws IOException, InterruptedException {
    Run.ok(command("init", folder.toString()).toArray(String[]::new));
    Files.writeString(folder.resolve("server.yaml"), settings, StandardOpenOption.APPEND);
    var out = folder.resolveSibling("served");
    var process =
        new ProcessBuilder(
                command("run", folder.toString(), "--device-port", "0", "--admin-port", "0"))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    // Beside other work a start took more than a minute and a half.
    var until = Instant.now().plusSeconds(300);
    while (true) {
      var said = Files.readString(out);
      var ports =
          PORT.matcher(said).results().map(found -> Integer.parseInt(found.group(2))).toList();
      if (ports.size() == 2 && said.contains("Trust root")) {
        return new Served(process, ports.getFirst(), ports.getLast());
      }
      if (!process.isAlive() || Instant.now().isAfter(until)) {
        process.destroyForcibly();
        throw new IOException("the server does not run: " + said);
      }
      Thread.sleep(50);
    }
  }

  /// The program `interdict-server` with these words.
  static List<String> command(String... words) {
    var all =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.interdict.server.cli.InterdictServer"));
    all.addAll(List.of(words));
    return all;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
