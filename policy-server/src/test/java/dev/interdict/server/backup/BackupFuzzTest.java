package dev.interdict.server.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class BackupFuzzTest {
  private static final String SHA256 = "a1".repeat(32);

  @Test
  void a_manifest_is_read_back_as_it_is_written_and_no_path_climbs() throws Exception {
    var manifest =
        new Manifest(
            Instant.parse("2026-07-01T00:00:00Z"),
            "33",
            List.of(new Manifest.Table("device", 3, SHA256)),
            List.of(
                new Manifest.File("folder/server.yaml", SHA256),
                new Manifest.File("signed/1.root.json", SHA256)));
    Fuzz.of("backup-manifest")
        .seeds(manifest.write())
        .words("../", "//", "..", "\\", "rows", "-1", "9007199254740993")
        .refuses(JsonException.class)
        .run(input -> {
          var read = Manifest.read(input);
          assertEquals(read, Manifest.read(read.write()));
          for (var file : read.files()) {
            assertFalse(List.of(file.path().split("/", -1)).contains(".."), file::path);
            assertFalse(file.path().startsWith("/"), file::path);
          }
        });
  }

  /// The rounds above rarely come upon one, so each way out of the folder is tried by itself too.
  @Test
  void a_manifest_with_a_path_that_climbs_is_refused() throws Exception {
    for (var path :
        List.of(
            "../signed/1.root.json",
            "signed/../../x",
            "signed/..",
            "signed/.",
            "signed//x",
            "/etc/passwd",
            "folder/keys/..\\..\\x",
            "folder/a\u0000b",
            "..")) {
      var manifest =
          new Manifest(
              Instant.parse("2026-07-01T00:00:00Z"),
              "33",
              List.of(),
              List.of(new Manifest.File(path, SHA256)));
      var bytes = manifest.write();
      assertThrows(JsonException.class, () -> Manifest.read(bytes), path);
    }
  }

  @Test
  void the_rows_of_a_table_are_lists_of_plain_values() throws Exception {
    Fuzz.of("backup-rows")
        .seeds(
            "[\"device_id\",\"n\"]\n[\"ab\",1]\n[null,-2]\n", "[\"content\"]\n[\"\\u4e2d\\n\"]\n")
        .words("[", "]", "\n", "[[", "{}", "1e9", "null", "\\u0000")
        .refuses(IOException.class)
        .run(input -> {
          try (var in = new BufferedInputStream(new ByteArrayInputStream(input))) {
            var head = TableRows.row(in);
            if (head != null) {
              TableRows.insert("some_table", head);
            }
            while (!TableRows.rows(in).isEmpty()) {
              // Read to the end.
            }
          }
        });
  }
}
