package dev.interdict.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// An empty Debian, made once and never written to. What happens in it happens in namespaces: no
/// network, no process and no file of this machine is within reach.
final class EmptyDebian {
  private static final Path DEBOOTSTRAP = Path.of("/usr/sbin/debootstrap");
  private static final List<String> NAMESPACES =
      List.of("unshare", "--mount", "--pid", "--net", "--uts", "--ipc", "--fork", "--kill-child");

  /// With the namespaces goes what is mounted into a tree that is made, and whoever makes it, also
  /// where that is killed half-way: nothing may delete a tree in which this machine's /proc lies.
  private static final List<String> MAKING =
      List.of(
          "unshare",
          "--mount",
          "--propagation=private",
          "--pid",
          "--mount-proc",
          "--fork",
          "--kill-child");

  /// The last that the script says where nothing went wrong.
  private static final String MADE = "I: An empty Debian is made.";

  private final Path tree;

  private EmptyDebian(Path tree) {
    this.tree = tree;
  }

  /// The folder with the packages to try.
  static Path packages() {
    var packages = System.getProperty("interdict.packages");
    assumeTrue(packages != null, "packages are made by mvn -Pdist");
    return Path.of(packages);
  }

  /// One with these packages of Debian's in it; skips the test where none can be made.
  ///
  /// @param kind what it is called beside others
  static EmptyDebian with(String kind, String... more) throws IOException, InterruptedException {
    var given = Path.of(System.getProperty("interdict.empty.debian"));
    var bare = made(given, List.of());
    if (more.length == 0) {
      return new EmptyDebian(bare);
    }
    var out = new ArrayList<>(List.of(bare.toString()));
    out.addAll(List.of(more));
    return new EmptyDebian(made(given.resolveSibling(given.getFileName() + kind), out));
  }

  /// @param out of what it is made, as the script wants it
  private static Path made(Path tree, List<String> out) throws IOException, InterruptedException {
    if (Files.exists(tree.resolve("etc/debian_version"), LinkOption.NOFOLLOW_LINKS)) {
      return tree;
    }
    assumeTrue(Files.isExecutable(DEBOOTSTRAP), "needs debootstrap for an empty Debian");
    // Half of one, where the time was up or a package could not be had, must not pass for one.
    var half = tree.resolveSibling(tree.getFileName() + "-in-the-making");
    run(List.of("rm", "-rf", "--one-file-system", half.toString(), half + "-in-memory"));
    var folder = Files.createTempDirectory("empty-debian");
    var line = new ArrayList<>(MAKING);
    line.addAll(List.of("sh", copy("empty-debian.sh", folder).toString(), half.toString()));
    line.addAll(out);
    var said = run(line, Duration.ofMinutes(40));
    run(List.of("rm", "-r", folder.toString()));
    assumeTrue(said.strip().endsWith(MADE), () -> "no empty Debian is made: " + said);
    Files.move(half, tree);
    return tree;
  }

  /// What a script of the tests said, that got the folder and this tree as its arguments, in
  /// namespaces.
  ///
  /// @param more further namespaces, as `unshare` calls them
  String play(Path folder, String script, List<String> more)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(NAMESPACES);
    line.addAll(more);
    line.addAll(List.of("sh", copy(script, folder).toString(), folder.toString(), tree.toString()));
    return run(line);
  }

  /// Lays a script of the tests into a folder.
  static Path copy(String script, Path folder) throws IOException {
    var copy = folder.resolve(script);
    try (var from = EmptyDebian.class.getResourceAsStream("/packages/" + script)) {
      Files.write(copy, from.readAllBytes());
    }
    return copy;
  }

  /// What a program said until its end, ten minutes at most; then it is ended, and that is said.
  static String run(List<String> line) throws IOException, InterruptedException {
    return run(line, Duration.ofMinutes(10));
  }

  private static String run(List<String> line, Duration patience)
      throws IOException, InterruptedException {
    var out = Files.createTempFile("said", "");
    try {
      var process =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile()).start();
      var ended = process.waitFor(patience);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      var said = Files.readString(out, StandardCharsets.UTF_8);
      return ended ? said : said + "\nended after %s: %s".formatted(patience, line);
    } finally {
      Files.delete(out);
    }
  }
}
