package dev.interdict.agent.platform.linux.privilege;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The rights that the kernel says a worker has, asked of real processes.
@EnabledOnOs(OS.LINUX)
final class ConfinementTest {
  private static final List<String> SYSTEM = List.of("/bin/cat");

  /// DAC_READ_SEARCH and SYS_PTRACE by their numbers in capabilities(7).
  private static final long READ_AND_SEE = 1L << 2 | 1L << 19;

  private @TempDir Path folder;

  private static Command cat(String... files) {
    return new Command(
        Path.of("/bin/cat"), List.of(files), Map.of("LC_ALL", "C.UTF-8"), Duration.ofSeconds(20));
  }

  private static String output(Command command) {
    var outcome = assertInstanceOf(Command.Outcome.Exited.class, command.run(new byte[0], 1 << 20));
    assertEquals(0, outcome.code(), () -> new String(outcome.errors(), StandardCharsets.UTF_8));
    return new String(outcome.output(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> status(Command command) {
    return output(command)
        .lines()
        .map(line -> line.split(":\\s*", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
  }

  private static Confinement here() {
    assumeTrue(Kernel.effectiveUid() == 0, "needs root");
    var here = Confinement.here(0, SYSTEM);
    assumeTrue(!here.weaknesses().contains(Weakness.NO_SETPRIV), "needs setpriv");
    return here;
  }

  private static void assertRights(Map<String, String> status, long rights) {
    for (var set : List.of("CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb")) {
      assertEquals(rights, Long.parseLong(status.getOrDefault(set, "-1"), 16), set);
    }
    assertEquals("1", status.get("NoNewPrivs"));
    assertEquals("", String.valueOf(status.get("Groups")).strip());
    for (var ids : List.of("Uid", "Gid")) {
      var numbers = Set.copyOf(List.of(String.valueOf(status.get(ids)).split("\\s+")));
      assertEquals(1, numbers.size());
      assertFalse(numbers.contains("0"));
    }
  }

  @Test
  void the_scan_may_read_and_see_everything_and_nothing_else() {
    assertRights(status(here().scan(cat("/proc/self/status"))), READ_AND_SEE);
  }

  @Test
  void the_scan_reads_what_is_closed_to_everybody() throws Exception {
    var closed = Files.createDirectory(folder.resolve("closed"));
    var secret = Files.writeString(closed.resolve("file"), "seen");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assertEquals("seen", output(here().scan(cat(secret.toString()))));
    var without = here().sync(cat(secret.toString())).run(new byte[0], 100);
    assertTrue(without instanceof Command.Outcome.Exited exited && exited.code() != 0);
  }

  @Test
  void the_scan_has_no_network() {
    var here = here();
    assumeTrue(!here.weaknesses().contains(Weakness.NO_NETWORK_NAMESPACE), "needs namespaces");
    var interfaces = output(here.scan(cat("/proc/self/net/dev"))).lines().skip(2).toList();
    assertTrue(interfaces.stream().allMatch(line -> line.strip().startsWith("lo:")));
    assertEquals("", output(here.scan(cat("/proc/self/net/fib_trie"))));
  }

  @Test
  void the_exchange_has_no_rights_at_all_and_the_network() {
    var here = here();
    assertRights(status(here.sync(cat("/proc/self/status"))), 0);
    assertEquals(
        output(cat("/proc/self/net/fib_trie")), output(here.sync(cat("/proc/self/net/fib_trie"))));
  }

  @Test
  void the_folder_of_the_scan_is_its_own() throws Exception {
    var here = here();
    var own = here.folderOfScan(folder.resolve("scan"));
    var uid = status(here.scan(cat("/proc/self/status"))).getOrDefault("Uid", "").split("\\s+")[0];
    assertEquals(Integer.parseInt(uid), Files.getAttribute(own, "unix:uid"));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own)));
  }

  @Test
  void without_root_everything_is_one_account_and_says_so() {
    var here = Confinement.here(1000, SYSTEM);
    assertEquals(Set.of(Weakness.NOT_ROOT), here.weaknesses());
    var role = cat("/dev/null");
    assertEquals(role, here.scan(role));
    assertEquals(role, here.sync(role));
  }

  @Test
  void a_program_that_others_cannot_read_is_not_handed_to_them() throws Exception {
    var jar = Files.writeString(folder.resolve("agent.jar"), "");
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-------"));
    assumeTrue(Kernel.effectiveUid() == 0, "needs root");
    var here = Confinement.here(0, List.of("/bin/cat", "-cp", jar.toString(), "Main"));
    assertTrue(here.weaknesses().contains(Weakness.PROGRAM_CLOSED));
    var role = cat("/dev/null");
    assertEquals(role, here.sync(role));
  }

  @Test
  void a_program_that_others_could_replace_is_told() throws Exception {
    var jar = Files.writeString(folder.resolve("agent.jar"), "");
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--rw-"));
    assumeTrue(Kernel.effectiveUid() == 0, "needs root");
    var line = List.of("/bin/cat", "-cp", jar.toString(), "Main");
    assertTrue(Confinement.here(0, line).weaknesses().contains(Weakness.PROGRAM_WRITABLE));
  }

  @Test
  void only_an_account_of_the_system_is_taken_for_one() {
    var passwd =
        """
        interdict-root:x:0:0::/:/bin/sh
        interdict-person:x:1000:1000::/home/p:/bin/sh
        interdict-wheel:x:990:0::/:/usr/sbin/nologin
        interdict-odd:x:-5:5::/:/usr/sbin/nologin
        interdict-scan:x:990:991::/:/usr/sbin/nologin
        """
            .getBytes(StandardCharsets.UTF_8);
    assertEquals(
        new SystemAccount("interdict-scan", 990, 991),
        SystemAccount.find(passwd, "interdict-scan"));
    for (var other : List.of("root", "person", "wheel", "odd", "none")) {
      assertNull(SystemAccount.find(passwd, "interdict-" + other), other);
    }
  }
}
