package dev.interdict.demo;

import dev.interdict.demo.fleet.Fleet;
import dev.interdict.demo.stage.DemoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The settings file of the demo's server.
record ServerSettings(Path folder) {
  private static final Duration LEAST = Duration.ofMinutes(4);

  /// A chart of minutes needs a point every few seconds, and who is not heard of for minutes is
  /// silent.
  void forShortDays(int devices) throws DemoException {
    var file = folder.resolve("server.yaml");
    var round = Fleet.round(devices).multipliedBy(3).dividedBy(2);
    var silent = round.compareTo(LEAST) < 0 ? LEAST : round;
    var periods = Map.of("sample-every", "PT5S", "silent-after", silent.toString());
    try {
      var text = Files.readString(file);
      for (var period : periods.entrySet()) {
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
