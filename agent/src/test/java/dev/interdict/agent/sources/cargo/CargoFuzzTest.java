package dev.interdict.agent.sources.cargo;

import dev.interdict.agent.sources.SourceFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cargo writes into a home.
class CargoFuzzTest {
  @TempDir Path root;

  @Test
  void records_of_installed_crates() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.station().planting.program("home/ada/.cargo/bin/tiny");
    fuzz.scans(
        "cargo-crates",
        new CargoSource(),
        "home/ada/.cargo/.crates2.json",
        CargoSourceTest.captured());
  }
}
