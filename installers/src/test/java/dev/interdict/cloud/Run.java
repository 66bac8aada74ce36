package dev.interdict.cloud;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A program of this machine, run to its end.
///
/// @param said what it said on both of its outputs
record Run(int code, String said) {
  static Run of(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), said);
  }

  /// What it said; it must succeed.
  static String ok(String... command) throws IOException, InterruptedException {
    var run = of(List.of(command));
    if (run.code() != 0) {
      throw new IOException(String.join(" ", command) + ": " + run);
    }
    return run.said();
  }
}
