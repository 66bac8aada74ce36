package dev.interdict.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An empty Debian, made once and never written to. What happens in it happens in namespaces: no
/// network, no process and no file of this machine is within reach.
final class EmptyDebian {
  private static final Path DEBOOTSTRAP = Path.of("/usr/sbin/debootstrap");
  private static final List<String> NAMESPACES =
      List.of("unshare", "--mount", "--pid", "--net", "--uts", "--ipc", "--fork", "--kill-child");

  /// The last that debootstrap says where nothing went wrong.
  private static final String INSTALLED = "I: Base system installed successfully.";

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
    var tree = given.resolveSibling(given.getFileName() + kind);
    if (!Files.exists(tree.resolve("etc/debian_version"), LinkOption.NOFOLLOW_LINKS)) {
      assumeTrue(Files.isExecutable(DEBOOTSTRAP), "needs debootstrap for an empty Debian");
      // What it mounts into the tree goes with its namespace, also where it is killed half-way:
      // nothing may delete a tree in which this machine's /proc lies.
      var line = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
      line.addAll(List.of(DEBOOTSTRAP.toString(), "--variant=minbase"));
      if (more.length > 0) {
        // An empty list is refused.
        line.add("--include=" + String.join(",", more));
      }
      // Half of one, where the time was up or a package could not be had, must not pass for one.
      var half = tree.resolveSibling(tree.getFileName() + "-in-the-making");
      run(List.of("rm", "-rf", "--one-file-system", half.toString()));
      line.addAll(List.of("bookworm", half.toString()));
      var said = run(line);
      assumeTrue(said.strip().endsWith(INSTALLED), "no empty Debian is made: " + said);
      Files.move(half, tree);
    }
    return new EmptyDebian(tree);
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

  /// What a program said until its end, ten minutes at most.
  static String run(List<String> line) throws IOException, InterruptedException {
    var out = Files.createTempFile("said", "");
    try {
      var process =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile()).start();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
      }
      return Files.readString(out, StandardCharsets.UTF_8);
    } finally {
      Files.delete(out);
    }
  }
}
