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
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a company checks of the packages that it was given.
@EnabledOnOs(OS.LINUX)
class SumsTest {
  private static final Path SUMS = Path.of("src/packages/sums.sh").toAbsolutePath();
  private static final Pattern STEP =
      Pattern.compile("\\$\\{project\\.basedir}/src/(\\w+/\\w+)\\.sh");

  @TempDir private Path folder;
  private Path packages;

  @BeforeEach
  void make() throws Exception {
    assumeTrue(Running.has("bash", "gpg", "sha256sum"), "needs bash and gpg");
    packages = Files.createDirectory(folder.resolve("packages"));
    Files.writeString(packages.resolve("a.deb"), "a");
    Files.writeString(packages.resolve("b.msi"), "b");
  }

  private Running bash(String script) throws Exception {
    return Running.of(
        folder.resolve("log"),
        Map.of(
            "sums", SUMS.toString(), "folder", folder.toString(), "packages", packages.toString()),
        List.of("bash", "-euc", script));
  }

  @Test
  void all_is_signed_and_whoever_changes_one_file_is_found() throws Exception {
    var made =
        bash(
            """
            export GNUPGHOME=$folder/keys
            mkdir -m 700 "$GNUPGHOME"
            gpg --batch --quiet --passphrase '' --quick-generate-key 'a <a@example.invalid>' rsa3072 sign 1y
            gpg --batch --armor --export-secret-keys >"$folder/key"
            gpgconf --kill all
            cd "$folder"
            bash "$sums" "$packages" key
            """);
    assertEquals(0, made.code(), made.out());
    var check =
        """
        export GNUPGHOME=$folder/keys
        cd "$packages"
        gpg --batch --verify SHA256SUMS.asc SHA256SUMS
        sha256sum --check --strict SHA256SUMS
        gpgconf --kill all
        """;
    var checked = bash(check);
    assertEquals(0, checked.code(), checked.out());
    assertTrue(checked.out().contains("a.deb: OK"), checked.out());
    assertTrue(checked.out().contains("b.msi: OK"), checked.out());
    Files.writeString(packages.resolve("b.msi"), "another");
    assertNotEquals(0, bash(check).code());
  }

  @Test
  void a_signature_of_before_does_not_stay_beside_other_sums() throws Exception {
    Files.writeString(packages.resolve("SHA256SUMS.asc"), "of before");
    var made = bash("bash \"$sums\" \"$packages\" -");
    assertEquals(0, made.code(), made.out());
    assertTrue(made.out().contains("nothing was signed"), made.out());
    assertFalse(Files.exists(packages.resolve("SHA256SUMS.asc")));
    assertEquals(2, Files.readAllLines(packages.resolve("SHA256SUMS")).size());
  }

  /// What came after the sums would be in none, or would leave a signature of other sums.
  @Test
  void the_build_writes_them_last_and_nothing_else_does() throws Exception {
    var steps =
        STEP.matcher(Files.readString(Path.of("pom.xml"))).results().map(m -> m.group(1)).toList();
    assertEquals(
        List.of("packages/build", "windows/build", "image/build", "chart/build", "packages/sums"),
        steps);
    for (var step : steps.subList(0, steps.size() - 1)) {
      var script = Files.readString(Path.of("src").resolve(step + ".sh"));
      assertFalse(script.contains(">SHA256SUMS"), step);
    }
  }
}
