package dev.interdict.packages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs a program to its end.
///
/// @param out both of its streams
record Running(int code, String out) {
  static Running of(Path log, Map<String, String> environment, List<String> line)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new IOException(line + " did not end: " + Files.readString(log));
    }
    return new Running(
        process.exitValue(), new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
  }

  /// Whether the programs are somewhere on the path of this machine.
  static boolean has(String... programs) {
    return Stream.of(programs)
        .allMatch(name ->
            Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))));
  }
}
