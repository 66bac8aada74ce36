package dev.interdict.agent.sources.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.sources.AllSources;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.cargo.CargoSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What this machine's own pip, pipx and cargo install from a package that is made here, without a
/// network: found, with what belongs to it.
@EnabledOnOs(OS.LINUX)
class PythonInstallsIT {
  private static final String NAME = "interdict_probe";
  private static final String PURL = "pkg:pypi/interdict-probe@1.2.3";

  @TempDir Path root;

  private Path home() {
    return root.resolve("home/ada");
  }

  /// A wheel with one module, one command and one program among the modules.
  private Path wheel() throws IOException {
    var record = NAME + "-1.2.3.dist-info/";
    var names =
        List.of(
            NAME + "/__init__.py",
            NAME + "/_bundled/probe",
            record + "METADATA",
            record + "WHEEL",
            record + "entry_points.txt",
            record + "RECORD");
    var contents =
        List.of(
            "def main(): pass\n",
            "#!/bin/sh\n",
            "Metadata-Version: 2.1\nName: interdict-probe\nVersion: 1.2.3\n",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            "[console_scripts]\nprobe-command = interdict_probe:main\n",
            String.join(",,\n", names) + ",,\n");
    var wheel =
        Files.createDirectories(root.resolve("w")).resolve(NAME + "-1.2.3-py3-none-any.whl");
    try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      for (var i = 0; i < names.size(); i++) {
        zip.putNextEntry(new ZipEntry(names.get(i)));
        zip.write(contents.get(i).getBytes(StandardCharsets.UTF_8));
      }
    }
    return wheel;
  }

  /// Runs a program of this machine with the home as its home; whether it is there and succeeds.
  private boolean runs(String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(root.resolve("out").toFile()).directory(root.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("(PIP|PIPX|VIRTUAL|CONDA|XDG)_.*"));
    environment.put("HOME", Files.createDirectories(home()).toString());
    // Where rustup is, cargo is its shim and finds the compiler by the user's own home.
    environment.putIfAbsent("RUSTUP_HOME", System.getProperty("user.home") + "/.rustup");
    environment.put("PIP_NO_INDEX", "1");
    environment.put("PIP_FIND_LINKS", root.resolve("w").toString());
    environment.put("PIP_BREAK_SYSTEM_PACKAGES", "1");
    try {
      var process = builder.start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private String python() throws IOException, InterruptedException {
    for (var python : List.of("/usr/bin/python3", "python3")) {
      if (runs(python, "-m", "pip", "--version")) {
        return python;
      }
    }
    assumeTrue(false, "python3 with pip is not here");
    return "";
  }

  private List<Item> found(String purl) {
    var station = new Workstation(root);
    var found = new ArrayList<Item>();
    for (Source source : AllSources.all()) {
      var seen = station.seenBy(source);
      var texts = Workstation.texts(seen);
      for (var i = 0; i < texts.size(); i++) {
        if (texts.get(i).equals(purl)) {
          found.add(seen.items().get(i));
        }
      }
    }
    return found;
  }

  private static void assertParts(Item item, String packages, String command) {
    var main = Workstation.parts(item, Part.Role.MAIN);
    assertTrue(main.stream().anyMatch(path -> path.endsWith(packages + NAME)), main::toString);
    assertTrue(main.getFirst().endsWith(packages + NAME + "-1.2.3.dist-info"), main::toString);
    assertTrue(
        Workstation.parts(item, Part.Role.EXECUTABLE).contains(command), item.parts()::toString);
  }

  @Test
  void distribution_that_pip_puts_into_the_users_site_is_found()
      throws IOException, InterruptedException {
    var wheel = wheel();
    assumeTrue(
        runs(python(), "-m", "pip", "install", "--user", wheel.toString()),
        "pip does not install for a user here");
    var found = found(PURL);
    assertEquals(1, found.size());
    assertParts(found.getFirst(), "/site-packages/", "/home/ada/.local/bin/probe-command");
  }

  @Test
  void distribution_in_a_projects_environment_is_found() throws IOException, InterruptedException {
    var wheel = wheel();
    var venv = home().resolve("work/.venv");
    assumeTrue(runs(python(), "-m", "venv", venv.toString()), "python3 -m venv does not work here");
    assertTrue(runs(venv + "/bin/pip", "install", wheel.toString()));
    var found = found(PURL);
    assertEquals(1, found.size());
    assertParts(found.getFirst(), "/site-packages/", "/home/ada/work/.venv/bin/probe-command");
  }

  @Test
  void application_that_pipx_installs_is_found_with_its_environment()
      throws IOException, InterruptedException {
    wheel();
    assumeTrue(runs("pipx", "--version"), "pipx is not here");
    assertTrue(runs("pipx", "install", NAME));
    var found = found(PURL);
    assertEquals(1, found.size());
    var item = found.getFirst();
    assertEquals("pipx", item.origin());
    assertTrue(
        Workstation.parts(item, Part.Role.MAIN).stream()
            .anyMatch(path -> path.endsWith("/venvs/interdict-probe")));
  }

  @Test
  void crate_that_cargo_installs_is_found() throws IOException, InterruptedException {
    assumeTrue(runs("cargo", "--version"), "cargo is not here");
    var crate = root.resolve("crate");
    Files.createDirectories(crate.resolve("src"));
    Files.writeString(
        crate.resolve("Cargo.toml"),
        "[package]\nname = \"interdict-probe\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    Files.writeString(crate.resolve("src/main.rs"), "fn main() {}\n");
    var cargo = home().resolve(".cargo").toString();
    assertTrue(runs("cargo", "install", "--offline", "--root", cargo, "--path", crate.toString()));
    assertEquals(
        List.of("pkg:cargo/interdict-probe@0.1.0"),
        Workstation.texts(new Workstation(root).seenBy(new CargoSource())));
  }
}
