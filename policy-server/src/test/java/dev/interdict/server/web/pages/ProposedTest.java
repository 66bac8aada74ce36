package dev.interdict.server.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.server.web.pages.Proposed.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposedTest {
  @Test
  void a_ring_that_is_described_otherwise_is_named_and_its_bounds_have_names_of_their_own() {
    var proposed =
        Proposed.of(
            """
            {"ring": "early", "is": {"failures": 5, "place": 20}}\
            """,
            """
            {"ring": "early", "is": {"failures": 30, "place": 20}}\
            """);
    assertEquals("early", proposed.described());
    assertEquals(List.of(new Line("failures", "5", "30")), proposed.lines());
    assertNull(proposed.ring(), "nothing is moved");
  }

  @Test
  void what_is_about_no_ring_names_none() {
    var held = Proposed.of("7 {\"rules\": [\"claude-code\"]}", "7 {\"rules\": []}");
    assertEquals("", held.described());
    assertEquals(List.of(new Line("rules", "claude-code", "")), held.lines());
  }
}
