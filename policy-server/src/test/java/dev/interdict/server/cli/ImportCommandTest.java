package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  @TempDir Path folder;

  private String sample(String name) throws IOException {
    try (var in = getClass().getResourceAsStream("importing/" + name)) {
      return Files.write(folder.resolve(name), in.readAllBytes()).toString();
    }
  }

  private Typed imported(String... arguments) {
    return Typed.admin(arguments);
  }

  @Test
  void files_are_written_once_and_never_over_others() throws Exception {
    var into = folder.resolve("rules");
    var file = sample("santa-export.json");
    var dry = imported("import", "santa", file, "--into-folder", into.toString(), "--dry-run");
    assertEquals(1, dry.code(), dry::err);
    assertTrue(dry.out().contains("would write"), dry.out());
    assertFalse(Files.exists(into));

    var first = imported("import", "santa", file, "--into-folder", into.toString());
    assertEquals(1, first.code(), "some were not translated");
    assertTrue(first.out().contains("2 rule files, 9 not translated."), first.out());
    var rule = into.resolve("santa-example-torrent.yaml");
    assertEquals(0, imported("rule", "lint", into.toString()).code());
    Files.writeString(rule, "# mine\n");

    var second = imported("import", "santa", file, "--into-folder", into.toString());
    assertEquals(6, second.code(), second::err);
    assertEquals("# mine\n", Files.readString(rule));
  }

  @Test
  void an_export_of_another_product_is_refused_with_words() throws Exception {
    var file = sample("jamf-one.xml");
    var typed = imported("import", "santa", file, "--into-folder", folder.toString());
    assertEquals(1, typed.code());
    assertTrue(typed.err().contains("holds no rules of Santa"), typed.err());
    assertEquals(2, imported("import", "munki", file).code());
  }

  @Test
  void a_file_that_is_too_large_is_refused() throws Exception {
    var file = folder.resolve("large");
    try (var out =
        Files.newByteChannel(
            file,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE,
            java.nio.file.StandardOpenOption.SPARSE)) {
      out.position((16L << 20) + 1);
      out.write(java.nio.ByteBuffer.wrap(new byte[] {1}));
    }
    var typed = imported("import", "jamf", file.toString());
    assertEquals(1, typed.code());
    assertTrue(typed.err().contains("16 MiB"), typed.err());
  }
}
