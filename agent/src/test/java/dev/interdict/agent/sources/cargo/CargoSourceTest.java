package dev.interdict.agent.sources.cargo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CargoSourceTest {
  private static final String TINY = "pkg:cargo/tiny-tool@0.2.1";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new CargoSource());
  }

  static String captured() throws IOException {
    try (var in = CargoSourceTest.class.getResourceAsStream("/fixtures/cargo/crates2.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void record(String root, String key, String bins) {
    station.planting.file(
        root + "/.crates2.json", "{\"installs\": {\"%s\": {\"bins\": %s}}}".formatted(key, bins));
  }

  @Test
  void crate_has_its_programs() throws IOException {
    station.planting.file(Workstation.HOME + ".cargo/.crates2.json", captured());
    station.planting.program(Workstation.HOME + ".cargo/bin/tiny");
    station.planting.program(Workstation.HOME + ".cargo/bin/other");
    var item = seen().items().getFirst();
    assertEquals(List.of(TINY), Workstation.texts(seen()));
    assertEquals("from a folder of its user", item.origin());
    assertEquals(List.of("/home/ada/.cargo/bin/tiny"), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void crate_of_a_registry_and_a_repository_say_so() {
    var key = "ripgrep 13.0.0 (registry+https://github.com/rust-lang/crates.io-index)";
    record(Workstation.HOME + ".cargo", key, "[\"rg\"]");
    station.planting.program(Workstation.HOME + ".cargo/bin/rg");
    record("usr/local/cargo", "x 1.0.0 (git+https://example.com/x#0123)", "[\"x\"]");
    station.planting.program("usr/local/cargo/bin/x");
    assertEquals(
        List.of("from a registry", "from a git repository"),
        seen().items().stream().map(item -> item.origin()).toList());
  }

  @Test
  void script_under_the_name_of_a_crates_program_is_its_users_own() throws IOException {
    station.planting.file(Workstation.HOME + ".cargo/.crates2.json", captured());
    station.planting.file(Workstation.HOME + ".cargo/bin/tiny", "#!/bin/sh\nexec mine\n");
    assertEquals(List.of(), seen().items());
  }

  @Test
  void crate_whose_programs_are_gone_is_not_installed() throws IOException {
    station.planting.file(Workstation.HOME + ".cargo/.crates2.json", captured());
    station.planting.link(Workstation.HOME + ".cargo/bin/tiny", "rustup");
    assertEquals(List.of(), seen().items());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiny-tool",
        "tiny-tool 1.0.0",
        "../x 1.0.0 (path+file:///x)",
        "x \\u202e1 (path+file:///x)",
        "x  (path+file:///x)",
      })
  void key_that_is_none_is_a_gap(String key) {
    record(Workstation.HOME + ".cargo", key, "[\"x\"]");
    station.planting.program(Workstation.HOME + ".cargo/bin/x");
    var seen = seen();
    assertEquals(List.of(), seen.items());
    assertEquals(List.of(Reason.MALFORMED), seen.gaps().stream().map(Gap::reason).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../.bashrc", "..", ".", "", "a/b", "a\\u0000", "\\\\x"})
  void program_that_would_lie_elsewhere_is_left_out(String name) {
    record(Workstation.HOME + ".cargo", "x 1.0.0 (path+file:///x)", "[\"" + name + "\"]");
    station.planting.file(Workstation.HOME + ".bashrc", "");
    assertEquals(List.of(), seen().items());
  }
}
