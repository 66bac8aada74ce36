package dev.interdict.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The settings file of the demo's server.
record ServerSettings(Path folder) {

  /// A chart that should show minutes needs a point every few seconds, and who is not heard of for
  /// three minutes is silent where a fortnight takes two.
  void forShortDays() throws DemoException {
    try {
      Files.writeString(
          folder.resolve("server.yaml"),
          """
          # Days are short in the demo:
          sample-every: PT5S
          silent-after: PT4M
          """,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new DemoException("cannot write the server's settings: " + e.getMessage());
    }
  }
}
