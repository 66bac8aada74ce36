package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a real guard keeps in memory after a scan and an exchange with a real server.
@EnabledOnOs(OS.LINUX)
class ResidentClassesIT {
  private static final Path LIST = Path.of("src/dist/lib/guard.classes");
  private static final Pattern LOADED = Pattern.compile("^(\\S+) source: (\\S+)");

  /// What belongs to workers and commands: the network and its encryption, facts of the hardware,
  /// words for people, command lines, binding of data, the library that logs elsewhere and XML.
  private static final List<String> ELSEWHERE =
      List.of(
          "java.net.http.",
          "jdk.internal.net.http.",
          "sun.security.ssl.",
          "com.sun.net.httpserver.",
          "oshi.",
          "com.ibm.icu.",
          "picocli.",
          "org.snakeyaml.",
          "org.freedesktop.",
          "gg.jte.",
          "tools.jackson.databind.",
          "ch.qos.logback.",
          "org.xml.sax.",
          "com.sun.org.apache.");

  @TempDir private Path folder;

  @Test
  void the_guard_loads_nothing_of_workers_and_what_it_loads_is_in_its_list() throws Exception {
    var log = folder.resolve("classes");
    try (var scene = new Scene(Files.createDirectory(folder.resolve("scene")))) {
      Files.createDirectory(scene.workstation);
      scene.serve();
      scene.publish(Duration.ofDays(20));
      scene.enrol();
      // Only the guard starts with this Java: its workers get no environment.
      scene.startGuardWithoutArchives(List.of("/usr/bin/env", "JAVA_HOME=" + javaThatTells(log)));
      scene.awaitEvent(Scene.is("delivered"));
      scene.stopGuard();
    }
    var loaded = loaded(log);
    assertTrue(loaded.contains("dev.interdict.agent.guard.Guard"), "no guard ran");
    assertEquals(
        List.of(),
        loaded.stream().filter(name -> ELSEWHERE.stream().anyMatch(name::startsWith)).toList());
    var absent = new TreeSet<>(loaded);
    absent.removeAll(listed());
    // What depends on the moment may be missing; a list that was forgotten lacks hundreds.
    assertTrue(
        absent.size() < loaded.size() / 20,
        () -> "make " + LIST + " anew (agent/docs/footprint.md); it lacks " + absent);
  }

  /// A Java that writes down which classes it loads; the agent takes no options from outside.
  private Path javaThatTells(Path log) throws IOException {
    var java = Path.of(System.getProperty("java.home"));
    var home = folder.resolve("java");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(java.resolve("release"), home.resolve("release"));
    var program =
        Files.writeString(
            home.resolve("bin/java"),
            "#!/bin/sh\nexec '%s/bin/java' '-Xlog:class+load:file=%s::filecount=0' \"$@\"\n"
                .formatted(java, log));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  /// The names that do not depend on the run.
  private static Set<String> loaded(Path log) throws IOException {
    var names = new HashSet<String>();
    for (var line : Programs.read(log).split("\n")) {
      var found = LOADED.matcher(line.replaceFirst("^(\\[[^]]*])*\\s*", ""));
      if (found.find()
          && !found.group(1).contains("/0x")
          && (found.group(2).startsWith("jrt:") || found.group(2).startsWith("file:"))) {
        names.add(found.group(1));
      }
    }
    return names;
  }

  private static Set<String> listed() throws IOException {
    var names = new HashSet<String>();
    for (var name : Programs.read(LIST).split("\n")) {
      names.add(name.replace('/', '.'));
    }
    return names;
  }
}
