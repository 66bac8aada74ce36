package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.JsonException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExemptionShardsTest {
  private static final RuleId RULE = new RuleId("claude-code");
  private static final Instant UNTIL = Instant.parse("2026-08-01T16:00:00Z");

  private static Exemption exemption(String id, String device) {
    return new Exemption(id, RULE, device, UNTIL, "Li Na", "迁移 \"尚未\" 完成");
  }

  private static Refusal refusal(String id, String device) {
    return new Refusal(id, RULE, device, "Li Na", "no need", "helpdesk", UNTIL);
  }

  private static Exemptions read(List<Exemption> granted, List<Refusal> refused, String device)
      throws JsonException {
    var shards = ExemptionShards.of(granted, refused);
    return Exemptions.read(Objects.requireNonNull(shards.get(Exemptions.pathFor(device))), device);
  }

  @Test
  void a_device_reads_back_its_own_answers_and_no_others() throws JsonException {
    var granted = List.of(exemption("EX-0001", "d1"), exemption("EX-0002", "d2"));
    var refused = List.of(refusal("R-3", "d1"), refusal("R-4", "d3"));
    assertEquals(
        new Exemptions(
            List.of(granted.getFirst()),
            Set.of(),
            false,
            List.of(refused.getFirst()),
            List.of(),
            0),
        read(granted, refused, "d1"));
    assertEquals(
        new Exemptions(List.of(granted.getLast()), Set.of(), false), read(granted, refused, "d2"));
    assertEquals(List.of(refused.getLast()), read(granted, refused, "d3").refused());
    assertEquals(Exemptions.NONE, Exemptions.read(ExemptionShards.empty(), "d1"));
  }

  @Test
  void the_same_answers_in_another_order_are_the_same_bytes() {
    var one = exemption("EX-0001", "d1");
    var two = exemption("EX-0002", "d1");
    var path = Exemptions.pathFor("d1");
    assertArrayEquals(
        ExemptionShards.of(List.of(one, two), List.of()).get(path),
        ExemptionShards.of(List.of(two, one), List.of()).get(path));
  }
}
