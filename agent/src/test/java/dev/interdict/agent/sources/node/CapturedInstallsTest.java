package dev.interdict.agent.sources.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.projects.ProjectSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What real installations of real packages are seen as: everything, each once, with what starts it
/// and nothing else. Beside each listing `X.txt` lies the reviewed `X.seen.txt`.
final class CapturedInstallsTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "pnpm/pnpm-9, home/ada",
    "pnpm/pnpm-10, home/ada",
    "pnpm/pnpm-11, home/ada",
    "pnpm/pnpm-12, home/ada",
    "yarn/yarn-1, home/ada",
    "yarn/yarn-1-as-root, ''",
    "bun/bun-1.4, home/ada",
    "deno/deno-2.9, home/ada",
    "npm/npx-claude-code-2.1.112, home/ada/.npm/_npx",
    "npm/volta, home/ada",
  })
  void of_managers(String listing, String place) throws IOException {
    sees(new NpmSource(), listing, place);
  }

  @ParameterizedTest
  @CsvSource({
    "yarn/berry-pnp",
    "yarn/berry-node-modules",
    "npm/project-agents",
    "npm/codex-0.36.0",
    "pnpm/project-pnpm-10",
    "bun/project-bun-isolated",
  })
  void of_projects(String listing) throws IOException {
    sees(new ProjectSource(), listing, "home/ada/work/app");
  }

  private void sees(Source source, String listing, String place) throws IOException {
    var station = new Workstation(root);
    station.planting.fixture(listing + ".txt", place);
    var seen = station.seenBy(source);
    assertEquals(expected(listing + ".seen.txt"), text(seen));
    assertEquals(List.of(), seen.gaps());
  }

  private static String expected(String name) throws IOException {
    try (var in = CapturedInstallsTest.class.getResourceAsStream("/fixtures/" + name)) {
      var bytes = Objects.requireNonNull(in, "no " + name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /// Identity and origin, then the parts.
  private static String text(Sightings seen) {
    return seen.items().stream().map(CapturedInstallsTest::text).collect(Collectors.joining());
  }

  private static String text(Item item) {
    var purl = ((Identity.OfPackage) item.identity()).purl();
    var parts = item.parts().stream().map(CapturedInstallsTest::text);
    return purl + ", " + item.origin() + "\n" + parts.collect(Collectors.joining());
  }

  private static String text(Part part) {
    var path = part.path().toString().replace("/home/ada/", "~/");
    return "  " + part.role() + " " + path + "\n";
  }
}
