package dev.interdict.agent.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InventoryTableTest {
  @Test
  void table_has_one_line_to_an_item_by_name() {
    var table = InventoryTable.write(Samples.packages(2));
    assertEquals(
        """
        NAME                           VERSION        SOURCE      WHERE
        p1                             1.0.1          s           /home/ada/x
        p2                             1.0.2          s           /home/ada/x

        2 items, 1 home, 0 running processes
        Everything that this agent knows of could be inspected.
        """,
        table);
  }

  @Test
  void gaps_are_listed_and_folded() {
    var gap =
        new Gap("npm", BytePath.ROOT, Reason.LINK_IN_PATH, "/home/" + "long/".repeat(20) + ": why");
    var table = InventoryTable.write(new Inventory(List.of(), List.of(), List.of(), List.of(gap)));
    assertEquals(
        """
        0 items, 0 homes, 0 running processes
        1 place could not be inspected:
          npm, link-in-path: /home/long/long/long/long/long/long/long/long/long/long/lon
            g/long/long/long/long/long/long/long/long/long/: why
        """,
        table);
  }

  @Test
  void nothing_is_wider_than_the_screen_or_steers_it() {
    var names =
        List.of(
            "n".repeat(500), "\u001b[2J\u202e\n", "\u540d".repeat(60), "e\u0301".repeat(60), "😀");
    var items =
        names.stream()
            .map(name ->
                new Item(
                    "program",
                    new Identity.OfProgram(name),
                    name,
                    null,
                    BytePath.parse("/x").resolve(name.substring(0, Math.min(80, name.length()))),
                    List.of()))
            .toList();
    var gap = new Gap("s", BytePath.ROOT, Reason.IO, "\u001b[2J" + "\u540d".repeat(200));
    var table = InventoryTable.write(new Inventory(List.of(), items, List.of(), List.of(gap)));
    for (var line : table.lines().toList()) {
      var wide = line.codePoints().filter(c -> c >= 0x4e00 && c <= 0x9fff || c > 0xffff).count();
      var marks = line.codePoints().filter(c -> c == 0x301).count();
      var columns = line.codePointCount(0, line.length()) + wide - marks;
      assertTrue(columns <= 80, () -> columns + ": " + line);
    }
    assertTrue(table.chars().noneMatch(c -> c < ' ' && c != '\n' || c == 0x202e));
    assertTrue(table.lines().count() >= names.size() + 4);
  }
}
