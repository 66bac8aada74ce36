package dev.interdict.agent.scan.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.fuzz.Fuzz;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Residue;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What lies on the disk between two scans.
class MemoryFuzzTest {
  private static final Home ADA = new Home("ada", 1000, BytePath.parse("/home/ada"));
  private static final BytePath ODD = ADA.path().resolve(new byte[] {'a', (byte) 0xff, 27});
  private static final FileFact FACT =
      new FileFact(FileKind.REGULAR, new FileId(1, Long.MIN_VALUE), 7, 1000, 0755, 2, 8, 9);

  private static final Memory.Place PLACE = new Memory.Place("npm", ADA.path(), ADA);

  private static Memory.Look look() {
    var identities =
        Stream.of(
            new Identity.OfPackage(
                PackageUrl.npm("@a/b").withVersion("1.0").withQualifier("arch", "x")),
            new Identity.OfExtension("vscode", "a.b"),
            new Identity.OfApplication("macos", "a.b"),
            new Identity.OfProgram(".local/bin/x"),
            new Identity.OfModel("aider", "opus"),
            new Identity.OfVariable("A_KEY"),
            new Identity.OfContainer("ghcr.io/a/b"),
            new Identity.OfResidue(Residue.SERVICE, "a.service"));
    var items =
        identities
            .map(identity ->
                new Item(
                    "npm",
                    identity,
                    null,
                    ADA,
                    ODD,
                    List.of(new Part(Part.Role.MAIN, ODD, FACT.id(), FileKind.DIRECTORY)),
                    "project"))
            .toList();
    var missing =
        List.of(
            new Basis.Missing(ADA.path(), FACT, List.of(ODD.resolve("x"))),
            new Basis.Missing(BytePath.ROOT, null, List.of()));
    return new Memory.Look(
        new Basis(Map.of(ODD, FACT), Map.of(ADA.path(), FACT), missing),
        items,
        Instant.ofEpochSecond(5, 6));
  }

  @Test
  void digests_survive_writing_and_reading() throws Exception {
    var digests = Map.of(FACT, "0123456789abcdef".repeat(4));
    assertEquals(digests, Blocks.readDigests(Blocks.write(digests)));
    @SuppressWarnings("unchecked")
    var fuzz = Fuzz.of("scan-digests").seeds(Blocks.write(digests)).refuses(IOException.class);
    fuzz.run(Blocks::readDigests);
  }

  @Test
  void a_look_survives_writing_and_reading() throws IOException {
    assertEquals(Map.entry(PLACE, look()), Blocks.read(Blocks.write(PLACE, look())));
  }

  @Test
  @SuppressWarnings("unchecked")
  void whatever_stands_there_is_a_look_or_none() throws Exception {
    Fuzz.of("scan-memory")
        .seeds(Blocks.write(PLACE, look()))
        .refuses(IOException.class)
        .run(Blocks::read);
  }
}
