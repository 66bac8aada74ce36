package dev.interdict.agent.sources.apple;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceiptSourceTest {
  @TempDir Path root;

  @Test
  void receipt_is_told_as_what_stays_behind_and_once_though_two_paths_lead_to_it() {
    var station = Workstation.withUsers(root);
    station.planting.copy(
        "private/var/db/receipts/org.nodejs.node.pkg.plist", "apple/receipt-binary.plist");
    station.planting.file("private/var/db/receipts/org.nodejs.node.pkg.bom", "BOMStore");
    station.planting.link("var", "private/var");

    var seen = station.seenBy(new ReceiptSource());
    assertEquals(List.of("data var/db/receipts/org.nodejs.node.pkg"), Workstation.texts(seen));
    assertEquals("22.16.0", seen.items().getFirst().version());
    assertEquals(List.of(), seen.items().getFirst().parts());
    assertEquals(List.of(), seen.gaps());
  }

  @Test
  void receipt_without_a_valid_identifier_is_a_gap() {
    var station = Workstation.withUsers(root);
    station.planting.file(
        "private/var/db/receipts/x.plist",
        "<plist><dict><key>PackageIdentifier</key><string>a b</string></dict></plist>");

    var seen = station.seenBy(new ReceiptSource());
    assertEquals(List.of(), seen.items());
    assertEquals(1, seen.gaps().size());
  }
}
