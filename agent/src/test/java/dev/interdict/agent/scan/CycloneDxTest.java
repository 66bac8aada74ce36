package dev.interdict.agent.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CycloneDxTest {
  private static final UUID SERIAL = UUID.fromString("3e671687-395b-41f5-a30f-a58921a69b79");
  private static final Instant AT = Instant.parse("2026-07-10T00:00:00.123Z");

  private static Json at(Json json, String... path) {
    var here = json;
    for (var step : path) {
      here =
          here instanceof Json.Arr(var items)
              ? items.get(Integer.parseInt(step))
              : Objects.requireNonNull(((Json.Obj) here).get(step), step);
    }
    return here;
  }

  @Test
  void packages_have_their_url_and_place() {
    var bill = CycloneDx.write(Samples.everything(), SERIAL, AT);
    assertEquals(new Json.Text("1.6"), at(bill, "specVersion"));
    assertEquals(new Json.Text("urn:uuid:" + SERIAL), at(bill, "serialNumber"));
    assertEquals(new Json.Text("2026-07-10T00:00:00Z"), at(bill, "metadata", "timestamp"));
    var first = at(bill, "components", "0");
    assertEquals(new Json.Text("@anthropic-ai/claude-code"), at(first, "name"));
    assertEquals(new Json.Text("pkg:npm/%40anthropic-ai/claude-code@2.1.112"), at(first, "purl"));
    assertEquals(
        new Json.Text("/home/ada/a%FF%1B[2J%25"),
        at(first, "evidence", "occurrences", "0", "location"));
  }

  @Test
  void references_are_unique_and_gaps_make_the_bill_incomplete() {
    var bill = CycloneDx.write(Samples.everything(), SERIAL, AT);
    var references = ((Json.Arr) at(bill, "compositions", "0", "assemblies")).items();
    assertEquals(9, references.stream().distinct().count());
    assertEquals(new Json.Text("incomplete"), at(bill, "compositions", "0", "aggregate"));
    assertEquals(
        List.of(new Json.Text("interdict:gap"), new Json.Text("npm link-in-path it leads out")),
        List.copyOf(((Json.Obj) at(bill, "metadata", "properties", "0")).members().values()));
  }

  @Test
  void bill_without_gaps_does_not_claim_to_be_complete() {
    var bill = CycloneDx.write(Samples.packages(2), SERIAL, AT);
    assertEquals(new Json.Text("unknown"), at(bill, "compositions", "0", "aggregate"));
  }
}
