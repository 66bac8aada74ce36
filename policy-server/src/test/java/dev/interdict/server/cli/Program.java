package dev.interdict.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `interdict` as a process of its own, with an environment and, where wanted, a terminal.
record Program(Map<String, String> environment, Path folder) {

  /// The command line that starts it.
  static List<String> java(Class<?> main, String... arguments) {
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    line.addAll(List.of(arguments));
    return line;
  }

  Typed run(String... arguments) throws IOException, InterruptedException {
    return start(java(Interdict.class, arguments), "");
  }

  /// Any other program, with `input` on its standard input.
  Typed start(List<String> line, String input) throws IOException, InterruptedException {
    var out = Files.createTempFile(folder, "out", "");
    var err = Files.createTempFile(folder, "err", "");
    var builder = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    try (var typing = process.getOutputStream()) {
      typing.write(input.getBytes(StandardCharsets.UTF_8));
    }
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("hangs: " + line + Files.readString(out));
    }
    return new Typed(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
