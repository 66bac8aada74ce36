package dev.interdict.agent.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final BytePath PLACE = BytePath.parse("/home/ada/tool");

  private final Sightings sightings = new Sightings("npm");

  private static Item item(int launchers) {
    var parts = new ArrayList<Part>();
    for (var i = 0; i < launchers; i++) {
      var link = BytePath.parse("/home/ada/bin/" + i);
      parts.add(new Part(Part.Role.LAUNCHER, link, new FileId(1, 10L + i), FileKind.LINK));
    }
    parts.add(new Part(Part.Role.MAIN, PLACE, new FileId(1, 1), FileKind.DIRECTORY));
    return new Item("npm", new Identity.OfProgram("tool"), null, null, PLACE, parts);
  }

  @Test
  void an_item_with_more_links_than_can_be_told_keeps_its_main_part_and_leaves_a_gap() {
    sightings.item(item(20_000));

    var kept = sightings.items().getFirst().parts();
    assertEquals(Part.Role.MAIN, kept.getFirst().role());
    assertTrue(kept.size() < 20_000);
    assertEquals(Reason.BUDGET, sightings.gaps().getFirst().reason());
  }

  @Test
  void a_place_with_more_items_than_can_be_told_leaves_one_gap() {
    for (var i = 0; i < 60_000; i++) {
      sightings.item(item(0));
    }

    assertTrue(sightings.items().size() < 60_000);
    assertEquals(1, sightings.gaps().size());
  }

  @Test
  void what_fits_is_kept_as_it_is() {
    sightings.item(item(3));

    assertEquals(List.of(item(3)), sightings.items());
    assertEquals(List.of(), sightings.gaps());
  }
}
