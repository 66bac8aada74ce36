package dev.interdict.demo.stage;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;

/// What every chapter needs.
public record Stage(
    Settings settings,
    DemoFolder folder,
    Terminal terminal,
    Children children,
    InstantSource clock,
    ZoneId zone) {

  /// A path as it is shown: relative to where the demo was started, if it lies below.
  public String shown(Path path) {
    var here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
