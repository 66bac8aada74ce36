package dev.interdict.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A script that runs as a unit of an empty Debian whose process 1 is systemd, with the packages in
/// a signed repository beside it.
final class BootedStory {
  static final Path SOURCES = Path.of("src").toAbsolutePath();

  private final Path folder;
  private final Path story;
  private final String made;

  /// Makes the repository; skips the test where that cannot be.
  ///
  /// @param folder to work in
  /// @param kind `deb` or `rpm`
  BootedStory(Path folder, String kind) throws IOException, InterruptedException {
    this.folder = folder;
    var packages = EmptyDebian.packages();
    assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "needs root");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gpg")), "needs gpg");
    if (kind.equals("rpm")) {
      for (var needed : List.of("rpmbuild", "rpmsign", "createrepo_c")) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", needed)), "needs " + needed);
      }
    }
    story = Files.createDirectory(folder.resolve("story"));
    EmptyDebian.copy("older-" + kind + ".sh", story);
    EmptyDebian.copy("telling.sh", story);
    made =
        EmptyDebian.run(
            List.of(
                "sh",
                EmptyDebian.copy("repository.sh", folder).toString(),
                packages.toAbsolutePath().toString(),
                story.toString(),
                SOURCES.toString(),
                kind));
  }

  /// The folder that is `/story` inside.
  Path folder() {
    return story;
  }

  /// Runs a script of the tests; what all said.
  String tell(EmptyDebian debian, String script) throws IOException, InterruptedException {
    Files.move(EmptyDebian.copy(script, story), story.resolve("story.sh"));
    var booted = debian.play(folder, "boot.sh", List.of("--cgroup"));
    var out = story.resolve("out");
    // A console's end may be cut in the middle of a letter.
    var written = Files.exists(out) ? Files.readAllBytes(out) : new byte[0];
    return made + booted + new String(written, StandardCharsets.UTF_8);
  }
}
