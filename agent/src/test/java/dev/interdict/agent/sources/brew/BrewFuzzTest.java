package dev.interdict.agent.sources.brew;

import dev.interdict.agent.sources.SourceFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Receipts of Homebrew.
class BrewFuzzTest {
  @TempDir Path root;

  @Test
  void receipts() throws Exception {
    SourceFuzz.below(root)
        .scans(
            "brew-receipt",
            new HomebrewSource(),
            "home/ada/.linuxbrew/Cellar/hello/1/INSTALL_RECEIPT.json",
            "{\"source\": {\"tap\": \"a/b\", \"spec\": \"stable\", \"versions\": {\"stable\":"
                + " \"1\"}}}",
            "{\"source\": {\"tap\": \"homebrew/cask\", \"version\": \"1.2\"}}");
  }
}
