package dev.interdict.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// For which processor packages are made, out of which folder of Java's modules. A JDK of the other
/// processor is not at hand: what stands for it unpacks to a launcher with the right first bytes.
@EnabledOnOs(OS.LINUX)
class ProcessorScriptTest {
  /// The first bytes of a program of 64 bits, in which `%s` is its processor.
  private static final String ELF = "7f454c46020101000000000000000000" + "0300%s00";

  private static final String TOLD =
      "echo $deb_arch $rpm_arch $native $modules_of_other $bill_of $strip_debug; echo $strip\n";

  @TempDir private Path folder;
  private Path modules;

  @BeforeEach
  void make() throws IOException {
    modules = Files.createDirectory(folder.resolve("jmods"));
    Files.createDirectories(folder.resolve("work"));
    // Java's own jmod checks the module; this one hands out what the test laid into it.
    program("jdk/bin/jmod", "mkdir -p \"$3/bin\"; cp \"$4\" \"$3/bin/java\"");
  }

  private void program(String at, String text) throws IOException {
    var file = folder.resolve(at);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void module(String processor) throws IOException {
    Files.write(
        modules.resolve("java.base.jmod"), HexFormat.of().parseHex(ELF.formatted(processor)));
  }

  private Running made(String machine, String what) throws Exception {
    var script = Path.of("src/packages/lib/processor.sh").toAbsolutePath();
    var line =
        "set -euo pipefail; work=%s/work java_home=%s/jdk; . %s; processor %s; %s"
            .formatted(folder, folder, script, machine, what);
    return Running.of(
        folder.resolve("log"),
        Map.of("PATH", folder.resolve("tools") + ":" + System.getenv("PATH")),
        List.of("bash", "-c", line));
  }

  @Test
  void a_machine_makes_packages_for_its_own_processor() throws Exception {
    var told = made("x86_64", TOLD);
    assertEquals("amd64 x86_64 linux-x86-64 --strip-debug\nstrip\n", told.out());
    assertTrue(made("riscv64", TOLD).out().contains("x86_64 and aarch64, not on riscv64"));
  }

  @Test
  void with_the_others_modules_for_the_other_too() throws Exception {
    program("tools/aarch64-linux-gnu-strip", "");
    program("tools/x86_64-linux-gnu-strip", "");
    module("b7");
    assertEquals(
        "arm64 aarch64 linux-aarch64 %s _arm64 --strip-java-debug-attributes\n%s\n"
            .formatted(modules, "aarch64-linux-gnu-strip"),
        made("x86_64", "other_processor " + modules + "; " + TOLD).out());
    module("3e");
    assertEquals(
        "amd64 x86_64 linux-x86-64 %s _amd64 --strip-java-debug-attributes\n%s\n"
            .formatted(modules, "x86_64-linux-gnu-strip"),
        made("aarch64", "other_processor " + modules + "; " + TOLD).out());
  }

  @Test
  void another_folder_is_refused() throws Exception {
    var none = made("x86_64", "other_processor " + modules + "; " + TOLD);
    assertEquals(1, none.code());
    assertTrue(none.out().contains("is no folder jmods of a JDK"), none.out());
    // Those of this machine's own, and of Windows, whose programs are no ELF.
    module("3e");
    assertEquals(1, made("x86_64", "other_processor " + modules).code());
    Files.writeString(modules.resolve("java.base.jmod"), "MZ");
    var strange = made("x86_64", "other_processor " + modules);
    assertEquals(1, strange.code());
    assertTrue(strange.out().contains("is not of Linux on aarch64"), strange.out());
  }
}
