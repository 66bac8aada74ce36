package dev.interdict.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The settings file of the demo's server.
record ServerSettings(Path folder) {
  private static final Map<String, String> SHORT =
      Map.of("sample-every", "PT5S", "silent-after", "PT4M");

  /// A chart that should show minutes needs a point every few seconds, and who is not heard of for
  /// four minutes is silent where a week takes two.
  void forShortDays() throws DemoException {
    var file = folder.resolve("server.yaml");
    try {
      var text = Files.readString(file);
      for (var period : SHORT.entrySet()) {
        text =
            text.replaceFirst(
                "(?m)^" + period.getKey() + ": .*$", period.toString().replace("=", ": "));
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new DemoException("cannot write " + file + ": " + e.getMessage());
    }
  }
}
