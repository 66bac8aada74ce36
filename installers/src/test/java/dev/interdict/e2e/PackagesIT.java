package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The packages in an empty Debian, in namespaces of its own: no network, no process and no file of
/// this machine is within reach. Runs with `mvn -Pdist verify` as root.
@EnabledOnOs(OS.LINUX)
class PackagesIT {
  private static final Path DEBOOTSTRAP = Path.of("/usr/sbin/debootstrap");

  @TempDir private Path folder;

  @Test
  void from_an_empty_system_to_a_tool_that_is_gone_and_back_and_to_nothing_left() throws Exception {
    var packages = System.getProperty("interdict.packages");
    assumeTrue(packages != null, "packages are made by mvn -Pdist");
    assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "needs root");
    var debian = debian(Path.of(System.getProperty("interdict.empty.debian")));
    var told = story(debian, Path.of(packages));
    var oks = told.lines().filter(line -> line.startsWith("ok: ")).toList();
    assertEquals(10, oks.size(), told);
    var left = told.substring(told.indexOf("left:\n") + 6, told.indexOf("accounts:\n"));
    // Keys, signed lists and reports are nobody's to delete but the company's; postrm says so.
    assertEquals(
        List.of(), left.lines().filter(path -> !path.startsWith("/var/lib/interdict/")).toList());
    assertTrue(told.endsWith("accounts:\n3\n"), told);
  }

  private static Path debian(Path at) throws IOException, InterruptedException {
    if (!Files.exists(at.resolve("etc/debian_version"), LinkOption.NOFOLLOW_LINKS)) {
      assumeTrue(Files.isExecutable(DEBOOTSTRAP), "needs debootstrap for an empty Debian");
      var made =
          new ProcessBuilder(DEBOOTSTRAP.toString(), "--variant=minbase", "bookworm", at.toString())
              .redirectErrorStream(true)
              .start();
      var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assumeTrue(made.waitFor() == 0, "no empty Debian could be made: " + said);
    }
    return at;
  }

  private String story(Path debian, Path packages) throws IOException, InterruptedException {
    for (var name : List.of("upper", "work", "root")) {
      Files.createDirectory(folder.resolve(name));
    }
    try (var script = PackagesIT.class.getResourceAsStream("/packages/story.sh")) {
      Files.write(folder.resolve("story.sh"), script.readAllBytes());
    }
    var inside =
        """
        set -e
        mount -t tmpfs tmpfs "$0/upper"
        mkdir "$0/upper/u" "$0/upper/w"
        mount -t overlay overlay -o "lowerdir=$1,upperdir=$0/upper/u,workdir=$0/upper/w" "$0/root"
        ip link set lo up
        mkdir "$0/root/tmp/packages"
        cp "$2"/*.deb "$0/root/tmp/packages/"
        cp "$0/story.sh" "$0/root/tmp/story.sh"
        mount -t proc proc "$0/root/proc"
        mount -t tmpfs tmpfs "$0/root/run"
        mount -t tmpfs tmpfs "$0/root/dev"
        for device in null zero full random urandom tty; do
          touch "$0/root/dev/$device"
          mount --bind "/dev/$device" "$0/root/dev/$device"
        done
        exec /usr/sbin/chroot "$0/root" /usr/bin/env -i /bin/sh /tmp/story.sh /tmp/packages
        """;
    var out = folder.resolve("out");
    var process =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--pid",
                "--net",
                "--uts",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                inside,
                folder.toString(),
                debian.toString(),
                packages.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
    return Files.readString(out);
  }
}
