package dev.interdict.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The repository's scripts where they are interrupted. That apt and dnf take what they make is
/// [dev.interdict.e2e.RealPackageIT]'s.
@EnabledOnOs(OS.LINUX)
class RepositoryScriptsTest {
  private static final Path SOURCES = Path.of("src/repository").toAbsolutePath();

  @TempDir private Path folder;

  @BeforeEach
  void need() {
    assumeTrue(Running.has("bash"), "needs bash");
  }

  private Running bash(String script) throws Exception {
    return Running.of(
        folder.resolve("log"),
        Map.of("sources", SOURCES.toString(), "folder", folder.toString()),
        List.of("bash", "-euc", script));
  }

  @Test
  void half_a_package_never_stands_under_its_name() throws Exception {
    Files.writeString(folder.resolve("a_1_amd64.deb"), "a whole package");
    var add = "eval \"$(sed -n '/^add()/,/^}/p' \"$sources/build.sh\")\"\n";
    var broken =
        """
        cp() { [ ! -d "$2" ] || set -- "$1" "$2/${1##*/}"; head -c 3 "$1" >"$2"; exit 1; }
        """;
    var line = "add \"$folder/pool\" \"$folder/a_1_amd64.deb\"\n";
    var stored = folder.resolve("pool/a_1_amd64.deb");
    assertNotEquals(0, bash(add + broken + line).code());
    assertFalse(Files.exists(stored));
    var whole = bash(add + line);
    assertEquals(0, whole.code(), whole.out());
    assertEquals("a whole package", Files.readString(stored));
  }

  @Test
  void an_index_that_could_not_be_signed_replaces_none() throws Exception {
    assumeTrue(Running.has("createrepo_c"), "needs createrepo_c");
    var index = Files.createDirectories(folder.resolve("rpm")).resolve("repodata/repomd.xml");
    var dnf = ". \"$sources/dnf.sh\"\n";
    var signing = "sign() { echo \"signed $(sha256sum <\"$2\")\" >\"$3\"; }\n";
    var line = "dnf_index \"$folder/rpm\"\n";
    var first = bash(dnf + signing + line);
    assertEquals(0, first.code(), first.out());
    signed(index);
    var before = Files.readString(index) + "<!-- the first -->\n";
    Files.writeString(index, before);
    assertNotEquals(0, bash(dnf + "sign() { return 1; }\n" + line).code());
    assertEquals(before, Files.readString(index));
    var second = bash(dnf + signing + line);
    assertEquals(0, second.code(), second.out());
    assertNotEquals(before, Files.readString(index));
    signed(index);
    try (var left = Files.list(folder.resolve("rpm"))) {
      assertEquals(List.of(folder.resolve("rpm/repodata")), left.toList());
    }
  }

  private void signed(Path index) throws Exception {
    var sum = bash("sha256sum <'" + index + "'").out();
    assertEquals("signed " + sum, Files.readString(Path.of(index + ".asc")));
    var text = Files.readString(index);
    try (var files = Files.list(Objects.requireNonNull(index.getParent()))) {
      for (var file : files.map(path -> path.getFileName().toString()).toList()) {
        assertFalse(file.endsWith(".new"), file);
      }
    }
    for (var named : text.split("href=\"")) {
      if (named.startsWith("repodata/")) {
        var list =
            Objects.requireNonNull(index.getParent())
                .resolveSibling(named.substring(0, named.indexOf('"')));
        assertTrue(Files.exists(list), list.toString());
      }
    }
  }
}
