package dev.interdict.agent.sources.rpm;

import dev.interdict.agent.sources.Packed;
import dev.interdict.agent.sources.SourceFuzz;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The databases of rpm, in each format, beginning from real ones.
class RpmFuzzTest {
  @TempDir Path root;

  @Test
  void sqlite_databases() throws Exception {
    SourceFuzz.below(root)
        .scans(
            "rpm-sqlite",
            new RpmSource(),
            "var/lib/rpm/rpmdb.sqlite",
            Packed.bytes("linux/rpm/open.sqlite"));
  }

  @Test
  void write_ahead_logs() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.station().planting.file("var/lib/rpm/rpmdb.sqlite", Packed.bytes("linux/rpm/open.sqlite"));
    fuzz.scans(
        "rpm-sqlite-log",
        new RpmSource(),
        "var/lib/rpm/rpmdb.sqlite-wal",
        Packed.bytes("linux/rpm/open.sqlite-wal"));
  }

  @Test
  void databases_of_its_own() throws Exception {
    SourceFuzz.below(root)
        .scans(
            "rpm-ndb",
            new RpmSource(),
            "usr/lib/sysimage/rpm/Packages.db",
            Packed.bytes("linux/rpm/Packages.db"));
  }

  @Test
  void databases_of_berkeley_db() throws Exception {
    SourceFuzz.below(root)
        .scans(
            "rpm-bdb",
            new RpmSource(),
            "var/lib/rpm/Packages",
            Packed.bytes("linux/rpm/Packages-little"));
  }
}
