package dev.interdict.server.fleetsim;

import dev.interdict.server.cli.InterdictServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `interdict-server run` in a process of its own, as it is shipped: the same flags, a folder that
/// `interdict-server init` made.
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final List<URI> addresses;

  private ServerProcess(Process process, List<URI> addresses) {
    this.process = process;
    this.addresses = addresses;
  }

  /// Sets a new server up.
  ///
  /// @param options further ones of `interdict-server init`, such as which database it keeps
  static void init(Path folder, List<String> options) throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("init", folder.toString()));
    arguments.addAll(options);
    var process = new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("interdict-server init failed: " + said);
    }
  }

  /// Adds a line to the settings of the server of a folder.
  static void set(Path folder, String line) throws IOException {
    Files.writeString(folder.resolve("server.yaml"), "\n" + line + "\n", StandardOpenOption.APPEND);
  }

  /// Starts the server of a folder; returns once it listens.
  static ServerProcess run(Path folder) throws IOException {
    var process =
        new ProcessBuilder(
                command(
                    List.of("run", folder.toString(), "--device-port", "0", "--admin-port", "0")))
            .redirectError(folder.resolve("server.log").toFile())
            .start();
    var addresses = new ArrayList<URI>();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    while (addresses.size() < 2) {
      var line = out.readLine();
      if (line == null) {
        process.destroyForcibly();
        throw new IOException("the server ended; see " + folder.resolve("server.log"));
      }
      Arrays.stream(line.split("\\s+"))
          .filter(word -> word.startsWith("http://") || word.startsWith("https://"))
          .map(URI::create)
          .forEach(addresses::add);
    }
    return new ServerProcess(process, addresses);
  }

  private static List<String> command(List<String> arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                InterdictServer.class.getName()));
    command.addAll(arguments);
    return command;
  }

  /// Where devices reach it.
  InetSocketAddress devices() {
    return new InetSocketAddress("127.0.0.1", addresses.get(0).getPort());
  }

  long pid() {
    return process.pid();
  }

  /// kill -9.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
