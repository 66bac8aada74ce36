package dev.interdict.agent.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.identity.PackageUrl;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopiesTest {
  private static final Home ADA = new Home("ada", 1000, BytePath.parse("/home/ada"));
  private static final Home BOB = new Home("bob", 1001, BytePath.parse("/home/bob"));
  private static final Identity CLAUDE =
      new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code").withVersion("2.1.112"));
  private static final Identity DESKTOP = new Identity.OfApplication("desktop-id", "x.desktop");

  private static Item item(String source, Identity identity, Home owner, long main, long other) {
    var place = owner.path().resolve("x");
    return new Item(
        source,
        identity,
        "2.1.112",
        owner,
        place,
        List.of(
            new Part(Part.Role.MAIN, place, new FileId(1, main), FileKind.DIRECTORY),
            new Part(
                Part.Role.LAUNCHER,
                owner.path().resolve("bin"),
                new FileId(1, other),
                FileKind.LINK)),
        null);
  }

  private static Item recorded(String source, @Nullable String origin) {
    return new Item(source, CLAUDE, "1", null, BytePath.parse("/var/lib/x"), List.of(), origin);
  }

  @Test
  void one_folder_reached_from_two_homes_is_one_with_the_launchers_of_both() {
    var merged =
        Copies.merged(List.of(item("npm", CLAUDE, ADA, 7, 8), item("npm", CLAUDE, BOB, 7, 9)));
    assertEquals(1, merged.size());
    assertEquals(ADA, merged.getFirst().owner());
    assertEquals(
        List.of(7L, 8L, 9L),
        merged.getFirst().parts().stream().map(part -> part.id().inode()).toList());
  }

  @Test
  void one_folder_seen_by_two_sources_is_one() {
    var merged =
        Copies.merged(List.of(item("npm", CLAUDE, ADA, 7, 8), item("project", CLAUDE, ADA, 7, 8)));
    assertEquals(List.of("npm"), merged.stream().map(Item::source).toList());
  }

  @Test
  void two_identities_in_one_file_stay_two() {
    assertEquals(
        2,
        Copies.merged(
                List.of(item("desktop", DESKTOP, ADA, 7, 8), item("image", CLAUDE, ADA, 7, 8)))
            .size());
  }

  @Test
  void the_same_in_two_files_stays_two() {
    assertEquals(
        2,
        Copies.merged(List.of(item("npm", CLAUDE, ADA, 7, 8), item("npm", CLAUDE, ADA, 17, 18)))
            .size());
  }

  @Test
  void one_record_seen_by_two_sources_is_one_and_keeps_its_origin() {
    var merged = Copies.merged(List.of(recorded("a", null), recorded("b", "conda environment")));
    assertEquals(1, merged.size());
    assertEquals("conda environment", merged.getFirst().origin());
  }
}
