package dev.interdict.cloud;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The server's image, unpacked and run in namespaces as a runtime of containers would. Made by
/// `mvn -Pdist`; running it needs root.
@EnabledOnOs(OS.LINUX)
class ImageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String FOLDER = "/var/lib/interdict/server";

  @TempDir private Path folder;
  private Path packages = Path.of("");
  private Path archive = Path.of("");

  @BeforeEach
  void find() throws IOException {
    var given = System.getProperty("interdict.packages");
    assumeTrue(given != null, "the image is made by mvn -Pdist");
    packages = Path.of(given);
    try (var files = Files.list(packages)) {
      archive =
          files
              .filter(
                  file -> file.getFileName().toString().matches("interdict-server-image_.*\\.tar"))
              .findFirst()
              .orElseThrow();
    }
    assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "needs root");
  }

  @Test
  void it_sets_up_serves_is_healthy_and_ends_within_a_root_that_nobody_can_write()
      throws IOException, InterruptedException {
    var image = Image.unpack(archive, folder);
    Files.createDirectories(image.root().resolve("dev"));
    var data = Files.createDirectory(folder.resolve("data"));
    Run.ok("chown", "10001:10001", data.toString());

    var made = Run.of(contained(image, data, null, image.command("init", FOLDER)));
    assertEquals(0, made.code(), made.said());
    assertTrue(made.said().contains("A policy server is set up in " + FOLDER), made.said());
    var again = Run.of(contained(image, data, null, image.command("init", FOLDER)));
    assertEquals(6, again.code(), again.said());
    var content = image.command("init", FOLDER, "--unless-set-up");
    assertEquals(new Run(0, ""), Run.of(contained(image, data, null, content)));

    for (var start = 0; start < 2; start++) {
      if (start == 1) {
        // As an orchestrator mounts secrets: root's, for the group to read.
        var keys = data + "/server/keys";
        Run.ok("sh", "-c", "chown 0:10001 \"$0\"/* && chmod 444 \"$0\"/*", keys);
        var open = Run.of(contained(image, data, null, image.command()));
        assertTrue(open.code() != 0 && open.said().contains("is open to others"), open.said());
        Run.ok("sh", "-c", "chmod 440 \"$0\"/*", keys);
      }
      var out = folder.resolve("run" + start);
      var process =
          new ProcessBuilder(contained(image, data, null, image.command()))
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      try {
        await(process, out, "Agents");
        var server = process.children().findFirst().orElseThrow();
        assertArrayEquals(
            new String[] {"10001", "0000000000000000", "1"}, credentials(server.pid()));
        var health = health(image);
        var asked = Run.of(contained(image, data, server, health));
        assertEquals(0, asked.code(), "what Docker asks: " + asked.said());
        assertTrue(asked.said().contains("does its work"), asked.said());
        server.destroy();
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "SIGTERM ends it");
        assertEquals(143, process.exitValue(), Files.readString(out));
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
    var gone = Run.of(contained(image, data, null, health(image)));
    assertEquals(3, gone.code(), "nobody answers any more: " + gone.said());
  }

  @Test
  void nothing_in_it_is_more_than_the_server_needs() throws Exception {
    var image = Image.unpack(archive, folder);
    var root = image.root().toString();
    assertEquals("", Run.ok("find", root, "-perm", "/6000"));
    assertEquals(
        root + "/tmp\n", Run.ok("find", root, "!", "-type", "l", "-perm", "/0002"), "writable");
    assertEquals(root + "/var/lib/interdict\n", Run.ok("find", root, "!", "-uid", "0"));
    for (var shell : List.of("sh", "bash", "dash", "busybox", "env", "apt", "perl", "python3")) {
      assertEquals("", Run.ok("find", root, "-name", shell), "no " + shell);
    }
    assertEquals("10001:10001", Image.text(image.config(), "User"));
    assertEquals("SIGTERM", Image.text(image.config(), "StopSignal"));
    var labels = Image.object(image.config(), "Labels");
    var sbom = image.root().resolve(Image.text(labels, "dev.interdict.sbom").substring(1));
    assertEquals(sha256(sbom), Image.text(labels, "dev.interdict.sbom.sha256"));
    var listed = Files.readString(sbom);
    try (var jars = Files.list(image.root().resolve("usr/lib/interdict/lib"))) {
      for (var jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        assertTrue(listed.contains(sha256(jar)), jar + " is not in the SBOM");
      }
    }
    assertTrue(listed.contains("\"name\": \"libc6\""), listed);
  }

  @Test
  void made_again_it_is_the_same_bytes() throws Exception {
    var version = archive.getFileName().toString().split("_", -1)[1];
    var again = Files.createDirectory(folder.resolve("again"));
    try (var files = Files.list(packages)) {
      for (var file : files.filter(each -> each.toString().endsWith(".deb")).toList()) {
        Files.copy(file, again.resolve(file.getFileName()));
      }
    }
    var build =
        new ProcessBuilder(
                "bash",
                "src/image/build.sh",
                again.toString(),
                version,
                Image.text(
                    Image.object(Image.unpack(archive, folder).config(), "Labels"),
                    "org.opencontainers.image.created"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("build").toFile());
    build.environment().put("JAVA_HOME", System.getProperty("java.home"));
    assertEquals(0, build.start().waitFor(), Files.readString(folder.resolve("build")));
    assertEquals(sha256(archive), sha256(again.resolve(archive.getFileName())));
  }

  /// @param beside a program whose network is shared; null for none but an own loopback
  private List<String> contained(
      Image image, Path data, @Nullable ProcessHandle beside, List<String> command)
      throws IOException {
    var script = folder.resolve("contained.sh");
    try (var in = ImageIT.class.getResourceAsStream("/image/contained.sh")) {
      Files.write(script, in.readAllBytes());
    }
    var all = new ArrayList<String>();
    if (beside != null) {
      all.addAll(List.of("nsenter", "--target", "" + beside.pid(), "--net"));
    }
    all.addAll(List.of("unshare", "--mount", "--pid", "--uts", "--ipc", "--fork", "--kill-child"));
    if (beside == null) {
      all.add("--net");
    }
    all.addAll(List.of("sh", script.toString(), image.root().toString(), data.toString()));
    all.add(Image.text(image.config(), "WorkingDir"));
    all.addAll(command);
    return all;
  }

  private static List<String> health(Image image) {
    var test = Image.texts(Image.object(image.config(), "Healthcheck"), "Test");
    assertEquals("CMD", test.getFirst());
    return test.subList(1, test.size());
  }

  private static void await(Process process, Path out, String word)
      throws IOException, InterruptedException {
    var until = Instant.now().plus(PATIENCE);
    while (!Files.readString(out).contains(word)) {
      assertTrue(process.isAlive(), Files.readString(out));
      assertTrue(Instant.now().isBefore(until), Files.readString(out));
      Thread.sleep(100);
    }
  }

  /// The account, the rights, and whether it may gain others.
  private static String[] credentials(long pid) throws IOException {
    var status = Files.readString(Path.of("/proc/" + pid + "/status"));
    return new String[] {line(status, "Uid"), line(status, "CapEff"), line(status, "NoNewPrivs")};
  }

  private static String line(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.split("\\s+", -1)[1])
        .findFirst()
        .orElseThrow();
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
