package dev.interdict.agent.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.privilege.Confinement;
import dev.interdict.agent.platform.linux.privilege.Weakness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class RightsTest {
  @TempDir private Path folder;

  /// Opens this computer as the scan does and tells what it could not open.
  static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) throws Exception {
      try (var machine = LinuxMachine.open(Path.of("/"), List::of)) {
        machine.unopened().forEach(gap -> System.out.println("gap " + gap));
        machine.homes().forEach(home -> System.out.println("home " + home.home().path()));
      }
    }
  }

  @Test
  void rights_are_read_from_what_the_kernel_says() {
    assertTrue(Rights.readsAll("CapPrm:\t0000000000000000\nCapEff:\t000001ffffffffff\n"));
    assertTrue(Rights.readsAll("CapEff:\t0000000000080004\n"));
    assertFalse(Rights.readsAll("CapPrm:\t0000000000080004\nCapEff:\t0000000000080000\n"));
    assertFalse(Rights.readsAll(""));
  }

  /// The class path in a folder that other accounts may enter, as that of a package is.
  private String openClassPath() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var copies = new ArrayList<String>();
    for (var entry : System.getProperty("java.class.path").split(":")) {
      var from = Path.of(entry);
      if (!Files.exists(from)) {
        continue;
      }
      var to = folder.resolve(copies.size() + "-" + from.getFileName());
      try (var all = Files.walk(from)) {
        for (var one : all.toList()) {
          var copy = to.resolve(from.relativize(one).toString());
          Files.copy(one, copy);
          var directory = Files.isDirectory(copy);
          Files.setPosixFilePermissions(
              copy, PosixFilePermissions.fromString(directory ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
      copies.add(to.toString());
    }
    return String.join(":", copies);
  }

  @Test
  void the_confined_scan_opens_the_homes_of_everybody_and_others_none() throws IOException {
    assumeTrue(Kernel.effectiveUid() == 0, "needs root");
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var program =
        List.of(
            java.toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            openClassPath(),
            Opener.class.getName());
    var confinement = Confinement.here(0, program);
    assumeTrue(!confinement.weaknesses().contains(Weakness.NO_SETPRIV), "needs setpriv");
    assertFalse(confinement.weaknesses().contains(Weakness.PROGRAM_CLOSED));
    var role =
        new Command(
            java,
            program.subList(1, program.size()),
            Map.of("LC_ALL", "C"),
            Duration.ofSeconds(60));
    var scan = said(confinement.scan(role));
    assertTrue(scan.contains("home "), scan);
    assertFalse(scan.contains("only root may look"), scan);
    var sync = said(confinement.sync(role));
    assertTrue(sync.contains("only root may look"), sync);
  }

  private static String said(Command command) {
    var outcome = assertInstanceOf(Command.Outcome.Exited.class, command.run(new byte[0], 1 << 20));
    assertEquals(0, outcome.code(), () -> new String(outcome.errors(), StandardCharsets.UTF_8));
    return new String(outcome.output(), StandardCharsets.UTF_8);
  }
}
