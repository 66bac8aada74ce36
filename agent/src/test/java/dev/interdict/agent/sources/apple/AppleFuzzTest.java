package dev.interdict.agent.sources.apple;

import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.sources.SourceFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Property lists that anybody may put into a bundle, as the sources read them.
class AppleFuzzTest {
  @TempDir Path root;

  @Test
  void records_of_bundles() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.station().planting.program("home/ada/Applications/x.app/Contents/MacOS/x");
    fuzz.scans(
        "info-plist",
        new AppBundleSource(),
        "home/ada/Applications/x.app/Contents/Info.plist",
        Planting.captured("apple/claude-binary.plist"));
  }

  @Test
  void receipts() throws Exception {
    SourceFuzz.below(root)
        .scans(
            "receipt-plist",
            new ReceiptSource(),
            "private/var/db/receipts/x.plist",
            Planting.captured("apple/receipt-binary.plist"));
  }
}
