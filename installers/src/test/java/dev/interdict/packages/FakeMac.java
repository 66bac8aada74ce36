package dev.interdict.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The package's tree below a folder that stands for a Mac's root, with launchctl, plutil, pkgutil
/// and stat written by hand, and an agent that notes how it was called.
final class FakeMac {
  private static final Path SOURCES = Path.of("src/macos").toAbsolutePath();

  final Path root;
  private final Path folder;
  private final Path bin;

  FakeMac(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.bin = Files.createDirectories(folder.resolve("fake-bin"));
    var lib = Files.createDirectories(folder.resolve("dist/lib"));
    var dist = Files.createDirectories(folder.resolve("dist/bin"));
    Files.writeString(lib.resolve("interdict-agent-0.1.0.jar"), "the agent");
    Files.copy(Path.of("src/dist/lib/launch.sh"), lib.resolve("launch.sh"));
    Files.copy(Path.of("src/dist/bin/interdict-agent"), dist.resolve("interdict-agent"));
    var classPath = Files.writeString(folder.resolve("class-path"), MsiWorkshop.jna().toString());
    var built =
        run(
            List.of(
                "bash",
                SOURCES.resolve("build.sh").toString(),
                "--tree",
                folder.resolve("dist").toString(),
                classPath.toString(),
                folder.resolve("out").toString(),
                "0.1.0",
                "2026-11-21T00:00:00Z"));
    assertEquals(0, built.code(), built.out());
    this.root = folder.resolve("out/macos-tree");
    Files.createDirectories(root.resolve("var/run"));
    fake("launchctl", "[ \"$1\" != print ] || exit 113; echo \"$*\" >>'" + calls() + "'");
    fake("pkgutil", "echo \"pkgutil $*\" >>'" + calls() + "'");
    fake("plutil", "sed -n \"s/^$2=//p\" \"$6\" | grep .");
    fake("stat", "[ -e \"$3.mallory\" ] && echo 501 || echo 0");
    fake("id", "echo 0");
    Files.writeString(calls(), "");
  }

  private Path calls() {
    return folder.resolve("calls");
  }

  /// What the system's programs and the agent were asked, in order.
  List<String> asked() throws IOException {
    return Files.readAllLines(calls());
  }

  Path home() {
    return root.resolve("Library/Interdict");
  }

  Path state() {
    return root.resolve("Library/Application Support/Interdict");
  }

  /// An agent that joins, or does not.
  void agent(int code) throws IOException {
    program(
        home().resolve("bin/interdict-agent"),
        """
        asked=$1
        while [ $# -gt 0 ]; do
          [ "$1" != --token-file ] || { printf '[%%s] ' "$(cat "$2")" >>'%1$s'; shift 2; continue; }
          printf '%%s ' "$1" >>'%1$s'
          shift
        done
        echo >>'%1$s'
        [ "$asked %2$d" != "enrol 0" ] || { echo '{}' >'%3$s'; echo key >'%4$s'; }
        exit %2$d
        """
            .formatted(
                calls(), code, state().resolve("enrolment.json"), state().resolve("device.key")));
  }

  /// An agent that does what `text` says.
  void guard(String text) throws IOException {
    program(home().resolve("bin/interdict-agent"), text + "\n");
  }

  /// A script of the installation, as it is shipped.
  String text(String name) throws IOException {
    return Files.readString(SOURCES.resolve("scripts").resolve(name));
  }

  /// A program of the system that does what `text` says.
  void fake(String name, String text) throws IOException {
    program(bin.resolve(name), text + "\n");
  }

  private static void program(Path at, String text) throws IOException {
    Files.deleteIfExists(at);
    Files.writeString(at, "#!/bin/sh\n" + text);
    executable(at);
  }

  private static void executable(Path at) throws IOException {
    Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// A script of the package's installation, on the volume that this Mac lies on.
  Running script(String name) throws IOException, InterruptedException {
    var copy = folder.resolve(name);
    Files.writeString(copy, here(text(name)));
    executable(copy);
    return run(List.of("/bin/sh", copy.toString(), "package", "/", root.toString()));
  }

  /// A program of the tree, with this Mac's own programs before the machine's.
  Running tool(String name, String... arguments) throws IOException, InterruptedException {
    var at = home().resolve("bin").resolve(name);
    var text = Files.readString(at);
    if (!text.contains(bin.toString())) {
      Files.writeString(at, here(text));
    }
    var line = new ArrayList<>(List.of("/bin/sh", at.toString()));
    line.addAll(List.of(arguments));
    return run(line);
  }

  /// The script as on the volume that is running.
  private String here(String script) {
    var path = "PATH=/usr/bin:/bin:/usr/sbin:/sbin\n";
    assertTrue(script.contains(path), script);
    return script
        .replace(path, "PATH=" + bin + ":/usr/bin:/bin:/usr/sbin:/sbin\n")
        .replace("[ -z \"$volume\" ] || exit 0\n", "");
  }

  private Running run(List<String> line) throws IOException, InterruptedException {
    return Running.of(folder.resolve("log"), Map.of(), line);
  }
}
