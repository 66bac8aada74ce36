package dev.interdict.agent.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Faults;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// T10, and homes on other machines: not inspected, said so, and never acted in.
@EnabledOnOs(OS.LINUX)
@Isolated("stands between the whole process and the kernel")
class HomesTest {
  @AfterEach
  void healthy() {
    Faults.none();
  }

  /// As a server with root_squash answers root, as one answers that is gone, and as a failing disk.
  @ParameterizedTest
  @EnumSource(names = {"EACCES", "ESTALE", "EIO"})
  void a_home_that_does_not_answer_is_a_gap_and_no_way_leads_into_it(
      Errno errno, @TempDir Path root) throws Exception {
    var sandbox = Sandbox.in(root);
    var squashed = sandbox.user("alice");
    Faults.decide(call -> call.equals("fstatfs") ? errno : Errno.OTHER);
    try (var machine = sandbox.machine()) {
      assertEquals(List.of(), machine.homes());
      assertEquals(1, machine.unopened().size());
      assertNull(machine.way(squashed));
    }
  }

  @ParameterizedTest
  @CsvSource({"6969", "65735546", "ff534d42", "fe534d42", "01021997", "bd00bd0", "786f4256"})
  void file_systems_of_others_are_known_by_their_kind(String magic) {
    assertTrue(Homes.remote(Long.parseLong(magic, 16)));
  }

  @Test
  void local_ones_are_not_taken_for_them() {
    for (var magic : new long[] {0xef53, 0x58465342, 0x9123683eL, 0x01021994, 0x794c7630}) {
      assertFalse(Homes.remote(magic));
    }
  }
}
