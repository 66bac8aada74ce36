package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The case rule on the example that the command itself prints.
class SimulateCommandTest {
  @TempDir Path folder;
  private String rule = "";
  private String state = "";

  @BeforeEach
  void write() throws IOException {
    Typed.admin("rule", "new", "claude-code", "--into", folder.toString());
    rule = folder.resolve("claude-code.yaml").toString();
    var example = Typed.admin("simulate", "--example");
    assertEquals(0, example.code());
    state = Files.writeString(folder.resolve("state.json"), example.out()).toString();
  }

  private Typed simulated(String... more) {
    var line = new ArrayList<>(List.of("simulate", "--rule", rule));
    line.addAll(List.of("--device", state));
    line.addAll(List.of(more));
    return Typed.admin(line.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh-CN"})
  void the_example_is_told_as_it_was_approved(String language) throws IOException {
    var told = simulated("--lang", language);
    assertEquals(0, told.code(), told::err);
    assertEquals(golden("story." + language + ".golden.txt"), told.out());
  }

  @Test
  void no_line_is_wider_than_a_terminal() {
    for (var language : new String[] {"en", "zh-CN"}) {
      for (var line : simulated("--lang", language).out().lines().toList()) {
        var columns = line.codePoints().map(c -> c >= 0x2e80 && c < 0x10000 ? 2 : 1).sum();
        assertTrue(columns <= 80, () -> columns + ": " + line);
      }
    }
  }

  @Test
  void as_data_it_is_the_same_story() throws Exception {
    var told = simulated("--output", "json");
    var json =
        (Json.Obj) JsonReader.read(told.out().getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
    assertEquals(new Json.Text("claude-code"), json.get("rule"));
    var last =
        (Json.Obj) ((Json.Arr) Objects.requireNonNull(json.get("happenings"))).items().getLast();
    assertEquals(new Json.Text("enforced"), last.get("kind"));
    assertEquals(new Json.Text("2026-07-13T09:30+08:00"), last.get("local"));
    assertEquals(new Json.Text("remove"), last.get("enforcement"));
  }

  @Test
  void days_are_chosen() {
    var told = simulated("--from", "2026-07-01", "--to", "2026-07-02");
    assertTrue(told.out().endsWith("the rule is not announced yet.\n"), told::out);
    assertEquals(2, simulated("--from", "2026-07-32").code());
    assertEquals(2, simulated("--from", "2026-07-03", "--to", "2026-07-02").code());
    assertEquals(2, simulated("--to", "2028-07-02").code());
  }

  @Test
  void what_is_no_workstation_and_no_rule_is_said_in_one_line() throws IOException {
    var broken = Files.writeString(folder.resolve("b.json"), "{\"zone\": \"Nowhere\"}").toString();
    var refused = Typed.admin("simulate", "--rule", rule, "--device", broken);
    assertEquals(1, refused.code());
    assertEquals(1, refused.err().lines().count(), refused::err);
    assertTrue(refused.err().contains("/zone"), refused::err);
    assertTrue(refused.err().contains("interdict simulate --example"), refused::err);
    assertEquals(1, Typed.admin("simulate", "--rule", state, "--device", state).code());
    assertEquals(2, Typed.admin("simulate", "--rule", rule).code());
    assertEquals(2, simulated("--lang", "de").code());
  }

  private static String golden(String name) throws IOException {
    try (var in = SimulateCommandTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
