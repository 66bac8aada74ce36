package dev.interdict.agent.sources.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.rpm.RpmSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Databases made by the managers of this machine, in a folder of the test's own; what such a
/// manager says is there must be what the source sees.
final class LinuxManagersIT {
  private static final int FILLERS = 60;

  @TempDir Path root;
  @TempDir Path work;

  /// Each format that this machine's rpm can write: enough packages for several levels of pages,
  /// one of them with a long header, then an update and a removal.
  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "ndb"})
  void rpm_and_the_source_see_the_same(String format) throws Exception {
    assumeTrue(installed("rpm") && installed("rpmbuild"), "rpm and rpmbuild are not installed");
    var database = root.resolve("var/lib/rpm");
    Files.createDirectories(database);
    var options = List.of("--define", "_db_backend " + format, "--dbpath", database.toString());
    run("rpm", options, "--initdb");
    assumeTrue(
        Files.exists(database.resolve("rpmdb.sqlite"))
            || Files.exists(database.resolve("Packages.db")),
        "this rpm writes no databases of the format " + format);
    var packages = new ArrayList<String>();
    packages.add(build("claude-code", "2.1.328", "", 400));
    packages.add(build("claude-color", "1.0", "Epoch: 3", 1));
    for (var i = 1; i <= FILLERS; i++) {
      packages.add(build("filler-" + i, "1." + i, "", 1));
    }
    run("rpm", install(options), packages.toArray(String[]::new));
    run("rpm", options, "-e", "--nodeps", "--justdb", "--noscripts", "filler-7");
    var seen = new Workstation(root).seenBy(new RpmSource());
    assertEquals(List.of(), seen.gaps());
    assertEquals(expected().sorted().toList(), Workstation.texts(seen).stream().sorted().toList());
    var listed = run("rpm", options, "-qa").lines().filter(line -> line.contains(".noarch"));
    assertEquals(seen.items().size(), listed.count());
  }

  private static Stream<String> expected() {
    return Stream.concat(
        Stream.of(
            "pkg:rpm/claude-code@2.1.328-1?arch=noarch",
            "pkg:rpm/claude-color@1.0-1?arch=noarch&epoch=3"),
        IntStream.rangeClosed(1, FILLERS)
            .filter(i -> i != 7)
            .mapToObj("pkg:rpm/filler-%1$d@1.%1$d-1?arch=noarch"::formatted));
  }

  @Test
  void dpkg_of_this_machine_and_the_source_see_the_same() throws Exception {
    assumeTrue(installed("dpkg-query"), "dpkg-query is not installed");
    var status = Path.of("/var/lib/dpkg/status");
    assumeTrue(Files.isReadable(status), "there is no record of dpkg here");
    var station = new Workstation(root);
    station.planting.file("var/lib/dpkg/status", Files.readAllBytes(status));
    var expected =
        run("dpkg-query", List.of(), "--show", "--showformat=${db:Status-Status} ${Package}\n")
            .lines()
            .filter(line -> line.startsWith("installed "))
            .map(line -> line.substring("installed ".length()))
            .sorted()
            .toList();
    var seen = station.seenBy(new DpkgSource());
    assertEquals(List.of(), seen.gaps());
    var names =
        Workstation.texts(seen).stream()
            .map(text -> text.replaceAll("^pkg:deb/debian/(.*?)@.*$", "$1").replace("%2B", "+"))
            .sorted()
            .toList();
    assertEquals(expected, names);
    assertTrue(names.size() > 10);
  }

  private static List<String> install(List<String> options) {
    var all = new ArrayList<>(options);
    // Debian's rpm asks for the last one; others do not know it.
    all.addAll(List.of("-i", "--nodeps", "--justdb", "--ignorearch", "--noscripts"));
    if (Files.exists(Path.of("/etc/debian_version"))) {
      all.add("--force-debian");
    }
    return all;
  }

  /// Builds a package with nothing but a description of so many lines.
  private String build(String name, String version, String more, int lines)
      throws IOException, InterruptedException {
    var spec = work.resolve(name + ".spec");
    Files.writeString(
        spec,
        """
        Name: %s
        Version: %s
        Release: 1
        %s
        Summary: made for a test
        License: none
        BuildArch: noarch
        %%description
        %s
        %%files
        """
            .formatted(name, version, more, "A line of its description.\n".repeat(lines)));
    run("rpmbuild", List.of("--quiet", "--define", "_topdir " + work), "-bb", spec.toString());
    return work.resolve("RPMS/noarch/%s-%s-1.noarch.rpm".formatted(name, version)).toString();
  }

  private static boolean installed(String program) {
    return Files.isExecutable(Path.of("/usr/bin", program));
  }

  private String run(String program, List<String> options, String... more)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add("/usr/bin/" + program);
    command.addAll(options);
    command.addAll(List.of(more));
    var output = work.resolve("output");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(program + " did not come to an end");
    }
    return Files.readString(output);
  }
}
