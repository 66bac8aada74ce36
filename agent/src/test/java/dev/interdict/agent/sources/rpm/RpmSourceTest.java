package dev.interdict.agent.sources.rpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Packed;
import dev.interdict.agent.sources.Workstation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RpmSourceTest {
  private static final String SQLITE = "var/lib/rpm/rpmdb.sqlite";

  /// Of that log: 24 bytes before a page.
  private static final int FRAME = 24 + 4096;

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
    station.planting.file("etc/os-release", "NAME=\"Fedora Linux\"\nID=fedora\n");
  }

  private Sightings seen() {
    return station.seenBy(new RpmSource());
  }

  private static List<String> all() {
    return Stream.concat(
            Stream.of(
                "pkg:rpm/fedora/claude-code@2.1.328-1?arch=x86_64",
                "pkg:rpm/fedora/claude-color@1.0-1?arch=noarch&epoch=3",
                "pkg:rpm/fedora/hello@2.12.1-6.fc40?arch=x86_64",
                "pkg:rpm/fedora/wide@1.2.3-4?arch=x86_64"),
            IntStream.rangeClosed(1, 40)
                .mapToObj("pkg:rpm/fedora/filler-%1$d@%1$d.0-1?arch=noarch"::formatted))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "rpmdb.sqlite, var/lib/rpm/rpmdb.sqlite",
    "rpmdb.sqlite, usr/lib/sysimage/rpm/rpmdb.sqlite",
    "rpmdb.sqlite, usr/share/rpm/rpmdb.sqlite",
    "Packages.db, usr/lib/sysimage/rpm/Packages.db",
    "Packages-little, var/lib/rpm/Packages",
    "Packages-big, var/lib/rpm/Packages"
  })
  void real_database_gives_every_package_in_every_format(String fixture, String place) {
    station.planting.file(place, Packed.bytes("linux/rpm/" + fixture));
    assertEquals(all(), Workstation.texts(seen()).stream().sorted().toList());
    assertEquals(List.of(), seen().gaps());
    assertTrue(seen().items().stream().allMatch(item -> item.parts().isEmpty()));
    assertTrue(seen().items().stream().allMatch(item -> item.owner() == null));
  }

  @Test
  void what_stands_in_the_log_only_counts_and_what_it_takes_away_does_not() {
    station.planting.file(SQLITE, Packed.bytes("linux/rpm/open.sqlite"));
    var before = Workstation.texts(seen());
    assertTrue(before.contains("pkg:rpm/fedora/hello@2.12.1-6.fc40?arch=x86_64"));
    assertEquals(6, before.size());
    station.planting.file(SQLITE + "-wal", Packed.bytes("linux/rpm/open.sqlite-wal"));
    assertEquals(
        List.of(
            "pkg:rpm/fedora/claude-code@2.1.328-1?arch=x86_64",
            "pkg:rpm/fedora/claude-color@1.0-1?arch=noarch&epoch=3",
            "pkg:rpm/fedora/filler-1@1.0-1?arch=noarch",
            "pkg:rpm/fedora/filler-2@2.0-1?arch=noarch",
            "pkg:rpm/fedora/filler-3@3.0-1?arch=noarch",
            "pkg:rpm/fedora/filler-4@4.0-1?arch=noarch",
            "pkg:rpm/fedora/filler-5@5.0-1?arch=noarch",
            "pkg:rpm/fedora/wide@1.2.3-4?arch=x86_64"),
        Workstation.texts(seen()).stream().sorted().toList());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void frame_that_was_changed_ends_the_log_before_its_transaction() {
    station.planting.file(SQLITE, Packed.bytes("linux/rpm/open.sqlite"));
    var log = Packed.bytes("linux/rpm/open.sqlite-wal");
    log[32 + 24 + 100] ^= 1;
    station.planting.file(SQLITE + "-wal", log);
    assertEquals(6, seen().items().size());
  }

  @Test
  void frame_of_an_older_log_does_not_count() {
    station.planting.file(SQLITE, Packed.bytes("linux/rpm/open.sqlite"));
    var log = Packed.bytes("linux/rpm/open.sqlite-wal");
    // The first frame's salt, which its checksum does not cover.
    ByteBuffer.wrap(log).putInt(32 + 8, 7);
    station.planting.file(SQLITE + "-wal", log);
    assertEquals(6, seen().items().size());
  }

  @Test
  void transaction_that_was_not_finished_does_not_count() {
    station.planting.file(SQLITE, Packed.bytes("linux/rpm/open.sqlite"));
    var log = Packed.bytes("linux/rpm/open.sqlite-wal");
    var commits =
        IntStream.range(0, (log.length - 32) / FRAME)
            .filter(i -> ByteBuffer.wrap(log).getInt(32 + i * FRAME + 4) != 0)
            .toArray();
    var k =
        IntStream.range(1, commits.length)
            .filter(i -> commits[i] - commits[i - 1] > 3)
            .findFirst()
            .orElseThrow();
    var before = seenWith(Arrays.copyOf(log, 32 + (commits[k - 1] + 1) * FRAME));
    assertEquals(before, seenWith(Arrays.copyOf(log, 32 + commits[k] * FRAME)));
    assertNotEquals(before, seenWith(Arrays.copyOf(log, 32 + (commits[k] + 1) * FRAME)));
    assertEquals(List.of(), seen().gaps());
  }

  private List<String> seenWith(byte[] log) {
    station.planting.file(SQLITE + "-wal", log);
    return Workstation.texts(seen());
  }

  @Test
  void journal_of_an_unfinished_change_is_a_gap() {
    station.planting.file(SQLITE, Packed.bytes("linux/rpm/rpmdb.sqlite"));
    station.planting.file(
        SQLITE + "-journal",
        new byte[] {
          (byte) 0xd9, (byte) 0xd5, 5, (byte) 0xf9, 0x20, (byte) 0xa1, 0x63, (byte) 0xd7
        });
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(Reason.IO), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void database_reached_by_two_ways_is_read_once() {
    station.planting.file(
        "usr/lib/sysimage/rpm/Packages.db", Packed.bytes("linux/rpm/Packages.db"));
    station.planting.link("var/lib/rpm", "../../usr/lib/sysimage/rpm");
    assertEquals(44, seen().items().size());
  }

  @Test
  void database_of_an_earlier_format_that_was_left_behind_is_not_read() throws IOException {
    station.planting.file("var/lib/rpm/Packages", Packed.bytes("linux/rpm/Packages-little"));
    station.planting.file(SQLITE, Packed.bytes("linux/rpm/open.sqlite"));
    Files.setLastModifiedTime(root.resolve("var/lib/rpm/Packages"), FileTime.fromMillis(1));
    assertEquals(6, seen().items().size());
  }

  @ParameterizedTest
  @CsvSource({
    "rpmdb.sqlite, rpmdb.sqlite",
    "Packages.db, Packages.db",
    "Packages-little, Packages",
    "Packages-big, Packages"
  })
  void database_that_was_cut_off_is_a_gap(String fixture, String name) {
    var whole = Packed.bytes("linux/rpm/" + fixture);
    station.planting.file("var/lib/rpm/" + name, Arrays.copyOf(whole, whole.length / 2));
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void users_own_database_is_the_users() {
    station.planting.file("home/ada/.rpmdb/rpmdb.sqlite", Packed.bytes("linux/rpm/open.sqlite"));
    assertEquals(6, seen().items().size());
    assertTrue(seen().items().stream().allMatch(item -> item.owner() != null));
  }

  @Test
  void header_that_cannot_be_understood_is_a_gap_and_the_others_are_seen() {
    var bytes = Packed.bytes("linux/rpm/Packages.db");
    // The first blob's count of tags.
    var at = 4096 + 16;
    bytes[at] = (byte) 0xff;
    station.planting.file("usr/lib/sysimage/rpm/Packages.db", bytes);
    assertEquals(43, seen().items().size());
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void distribution_that_says_nothing_leaves_the_vendor_open() throws IOException {
    Files.delete(root.resolve("etc/os-release"));
    station.planting.file(SQLITE, Packed.bytes("linux/rpm/open.sqlite"));
    assertTrue(
        Workstation.texts(seen()).contains("pkg:rpm/hello@2.12.1-6.fc40?arch=x86_64"),
        () -> Workstation.texts(seen()).toString());
  }
}
