package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/// A throw-away machine in a directory: a passwd file and homes that belong to whoever runs the
/// test, so that it needs no privilege.
///
/// ```
/// var sandbox = Sandbox.in(temporary);
/// sandbox.write("/home/alice/.npmrc", "...");
/// try (var machine = sandbox.machine()) { ... machine.homes().getFirst().tree() ... }
/// ```
public final class Sandbox {
  private final Path root;

  private Sandbox(Path root) {
    this.root = root;
  }

  /// An empty machine without users.
  public static Sandbox in(Path root) throws IOException {
    var sandbox = new Sandbox(root.toRealPath());
    sandbox.write("/etc/passwd", "");
    return sandbox;
  }

  /// A machine that was made before.
  public static Sandbox at(Path root) throws IOException {
    return new Sandbox(root.toRealPath());
  }

  public Path root() {
    return root;
  }

  /// A user whose files belong to the uid that runs the test.
  public Home user(String name) throws IOException {
    return user(name, Kernel.effectiveUid());
  }

  /// A user with a uid of its own; giving it files needs root.
  public Home user(String name, int uid) throws IOException {
    var directory = Files.createDirectories(root.resolve("home").resolve(name));
    if (uid != Kernel.effectiveUid()) {
      Files.setAttribute(directory, "unix:uid", uid);
    }
    Files.writeString(
        root.resolve("etc/passwd"),
        "%s:x:%d:%d::/home/%s:/bin/sh\n".formatted(name, uid, uid, name),
        StandardOpenOption.APPEND);
    return new Home(name, uid, BytePath.parse("/home/" + name));
  }

  /// Writes a file, and the directories above it.
  public Path write(String path, String content) throws IOException {
    var file = at(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /// Makes a symbolic link, and the directories above it.
  public Path link(String path, String target) throws IOException {
    var link = at(path);
    Files.createDirectories(link.getParent());
    return Files.createSymbolicLink(link, Path.of(target));
  }

  /// Where an absolute path of the sandbox really lies.
  public Path at(String path) {
    return root.resolve(path.substring(1));
  }

  /// Which file it is now, links not followed.
  public FileId id(String path) throws IOException {
    return new FileId(number(path, "unix:dev"), number(path, "unix:ino"));
  }

  private long number(String path, String attribute) throws IOException {
    var value = Files.getAttribute(at(path), attribute, LinkOption.NOFOLLOW_LINKS);
    return ((Number) Objects.requireNonNull(value)).longValue();
  }

  /// The machine as it is now, without processes.
  public LinuxMachine machine() throws IOException {
    return LinuxMachine.open(root, List::of);
  }
}
