package dev.interdict.server.main;

import dev.interdict.server.store.TestingDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// [KilledServer] in its process.
///
/// @param secret of a token that it made
record ServerProcess(Process process, int port, String secret) implements AutoCloseable {

  /// One more server of that folder's database.
  static ServerProcess start(Path folder) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(TestingDatabase.javaOptions(folder));
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            KilledServer.class.getName(),
            folder.toString()));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var port = Integer.parseInt(String.valueOf(out.readLine()));
    var secret = String.valueOf(out.readLine());
    // What it logs must go somewhere, or it waits for ever.
    Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
    return new ServerProcess(process, port, secret);
  }

  /// As `kill -9`.
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
