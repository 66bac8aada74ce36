package dev.interdict.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/// Packages of the system, built here and installed below a root by the real managers.
///
/// @param scene runs the programs
/// @param root below which they are installed
record SystemPackages(Scene scene, Path root) {
  private static final String NAME = "claude-code";

  /// Whether this machine can build and install both kinds.
  static boolean possible() {
    return Stream.of("dpkg", "dpkg-deb", "rpm", "rpmbuild")
        .allMatch(program -> Files.isExecutable(Path.of("/usr/bin", program)));
  }

  /// A Debian package with a program, a setting, and the file of the source that it came from.
  ///
  /// @return what must be gone with it
  List<Path> deb() throws IOException, InterruptedException {
    for (var folder : List.of("info", "updates")) {
      Files.createDirectories(root.resolve("var/lib/dpkg").resolve(folder));
    }
    Files.writeString(root.resolve("var/lib/dpkg/status"), "");
    var tree = scene.folder.resolve("deb");
    program(tree.resolve("usr/bin/claude-deb"));
    text(tree.resolve("etc/claude-code.conf"), "colour = green\n");
    text(tree.resolve("DEBIAN/conffiles"), "/etc/claude-code.conf\n");
    text(
        tree.resolve("DEBIAN/control"),
        """
        Package: claude-code
        Version: 2.1.188
        Architecture: all
        Maintainer: A <a@example.com>
        Description: built for a test
        """);
    var deb = scene.folder.resolve("claude-code.deb").toString();
    run("/usr/bin/dpkg-deb", "--build", tree.toString(), deb);
    run("/usr/bin/dpkg", "--root=" + root, "--force-depends", "--install", deb);
    var source = root.resolve("etc/apt/sources.list.d/claude-code.list");
    text(source, "deb https://downloads.claude.ai/claude-code/apt stable main\n");
    return List.of(root.resolve("usr/bin/claude-deb"), source);
  }

  /// An rpm package with a program.
  ///
  /// @return what must be gone with it
  List<Path> rpm() throws IOException, InterruptedException {
    Files.createDirectories(root.resolve("var/lib/rpm"));
    var spec = scene.folder.resolve("claude-code.spec");
    Files.writeString(
        spec,
        """
        Name: claude-code
        Version: 2.1.188
        Release: 1
        Summary: built for a test
        License: none
        BuildArch: noarch
        %description
        Built for a test.
        %install
        mkdir -p %{buildroot}/usr/bin
        printf '#!/bin/sh\\nsleep 600\\n' > %{buildroot}/usr/bin/claude-rpm
        chmod 755 %{buildroot}/usr/bin/claude-rpm
        %files
        /usr/bin/claude-rpm
        """);
    run("/usr/bin/rpmbuild", "-bb", "--define", "_topdir " + scene.folder, spec.toString());
    run(
        "/usr/bin/rpm",
        "--root=" + root,
        "--dbpath=/var/lib/rpm",
        "--force-debian",
        "--noscripts",
        "--nodeps",
        "--install",
        scene.folder.resolve("RPMS/noarch/" + NAME + "-2.1.188-1.noarch.rpm").toString());
    return List.of(root.resolve("usr/bin/claude-rpm"));
  }

  /// What the managers write themselves.
  List<Path> records() {
    return List.of(root.resolve("var/lib/dpkg"), root.resolve("var/lib/rpm"));
  }

  private void run(String... line) throws IOException, InterruptedException {
    var ended = scene.programs.run(List.of(line));
    if (ended.code() != 0) {
      throw new IOException(String.join(" ", line) + ": " + ended);
    }
  }

  private static void text(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static void program(Path file) throws IOException {
    text(file, "#!/bin/sh\nsleep 600\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
