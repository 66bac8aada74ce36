package dev.interdict.server.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.json.Json;
import dev.interdict.policy.Language;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.publish.Graver;
import dev.interdict.server.publish.Graver.About;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.Telling.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalTextTest {
  private static final Words ENGLISH = Words.in(Language.EN);
  private static final Words CHINESE = Words.in(Language.ZH_CN);

  private static Told said(About about, Direction direction, Words words) {
    var change = new Graver(about, null, null, null, direction).words();
    return ProposalText.of(change, words);
  }

  @Test
  void what_the_server_proposes_is_said_in_both_languages() {
    var moved = Direction.ofRing(9, 9, 4, true);
    assertEquals(
        "9 workstations go to an earlier ring, where rules take effect sooner; 4 of 9 workstations"
            + " go under wider bounds, where the circuit breaker holds a rule later; 9 workstations"
            + " go at once, which is many of their ring",
        said(About.RING, moved, ENGLISH).text());
    for (var about :
        List.of(
            said(About.RING, moved, CHINESE),
            said(About.RING, Direction.ofRing(1, 1, 0, false), CHINESE),
            said(
                About.RING,
                Direction.ofRingDescription(List.of("early", "it, and more"), 20L, 50L, 5L, null),
                CHINESE),
            said(About.FLEET, Direction.ofRetirement(List.of("Quality")), CHINESE),
            said(About.COLLECTION, Direction.ofCollection(null, level("places")), CHINESE),
            said(About.COLLECTION, Direction.ofCollection(null, level("odd")), CHINESE))) {
      assertNull(about.language(), about.text());
    }
    var out = Direction.ofRetirement(List.of("Quality", "R&D (Bei; jing)", "Quality", ""));
    assertEquals(
        "the fleet: 4 workstations OUT of it (2 of Quality; 1 of no department; 1 of R&D (Bei;"
            + " jing))",
        new Graver(About.FLEET, null, null, null, out).words());
    // A department that reads like several is not taken for them.
    assertEquals("en", said(About.FLEET, out, CHINESE).language());
  }

  @Test
  void what_is_not_understood_is_shown_as_it_stands() {
    for (var change :
        List.of(
            "",
            "rings: EARLIER",
            "the fleet: ",
            "what is held: something else",
            "rings of workstations: 2 workstations at once, MANY of their ring, and then")) {
      assertEquals(new Told(change, "en"), ProposalText.of(change, CHINESE));
    }
    assertEquals(
        new Told("claude-code, cursor：代理将恢复移除", null),
        ProposalText.of("what is held: lets go of claude-code, cursor", CHINESE));
  }

  private static Json level(String level) {
    return Json.object().put("level", level).put("host-name", true).build();
  }
}
