package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// T17 and T18: rights beyond the permission bits do not come back, and no other name of a file
/// loses or gains any, whether the quarantine lies on the same file system or (true) on another.
@EnabledOnOs(OS.LINUX)
class RightsTest {
  private static final int OTHER_UID = 54321;

  private Sandbox sandbox;
  private Home home;
  private Path state;

  @BeforeEach
  void machine(@TempDir Path temporary) throws IOException {
    sandbox = Sandbox.in(Files.createDirectory(temporary.resolve("root")));
    home = sandbox.user("alice");
    state = temporary.resolve("quarantine");
  }

  private void there_and_back(boolean across) throws IOException {
    var acts = across ? new AcrossActs(Steps.NONE) : new Acts(Steps.NONE);
    try (var bench = Bench.open(sandbox, home, state, acts)) {
      assertEquals(new Outcome.Done(), bench.take("/home/alice/tool"));
      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
    }
  }

  private static int mode(Path file) throws IOException {
    return ((Integer) Files.getAttribute(file, "unix:mode")) & 07777;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_a_list_let_others_do_does_not_come_back(boolean across) throws Exception {
    var file = sandbox.write("/home/alice/tool/run", "x");
    var folder = sandbox.at("/home/alice/tool");
    var list = Attributes.listFor(OTHER_UID);
    assumeTrue(
        Attributes.set(file, Attributes.ACCESS_LIST, list), "needs a disk with access lists");
    Attributes.set(folder, Attributes.ACCESS_LIST, list);
    Attributes.set(folder, "system.posix_acl_default", list);
    assertEquals(0670, mode(file));
    there_and_back(across);

    assertFalse(Attributes.has(file, Attributes.ACCESS_LIST));
    assertFalse(Attributes.has(folder, Attributes.ACCESS_LIST));
    assertFalse(Attributes.has(folder, "system.posix_acl_default"));
    // The group never had what the list's mask allowed at most.
    assertEquals(0600, mode(file));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_list_of_another_name_of_the_file_stays(boolean across) throws Exception {
    var file = sandbox.write("/home/alice/tool/run", "x");
    assumeTrue(
        Attributes.set(file, Attributes.ACCESS_LIST, Attributes.listFor(OTHER_UID)),
        "needs a disk with access lists");
    var other = Files.createLink(sandbox.at("/home/alice/other"), file);
    there_and_back(across);

    assertFalse(Attributes.has(file, Attributes.ACCESS_LIST));
    assertTrue(Attributes.has(other, Attributes.ACCESS_LIST));
    assertEquals(0670, mode(other));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void capabilities_do_not_come_back_and_another_name_keeps_them(boolean across) throws Exception {
    assumeTrue(Kernel.effectiveUid() == 0, "giving a file capabilities needs root");
    var alone = sandbox.write("/home/alice/tool/alone", "x");
    var linked = sandbox.write("/home/alice/tool/linked", "y");
    alone.toFile().setExecutable(true);
    linked.toFile().setExecutable(true);
    assumeTrue(
        Attributes.set(alone, Attributes.CAPABILITY, Attributes.netRaw()),
        "needs a disk with file capabilities");
    Attributes.set(linked, Attributes.CAPABILITY, Attributes.netRaw());
    var other = Files.createLink(sandbox.at("/home/alice/other"), linked);
    there_and_back(across);

    assertFalse(Attributes.has(alone, Attributes.CAPABILITY));
    assertFalse(Attributes.has(linked, Attributes.CAPABILITY));
    assertTrue(Attributes.has(other, Attributes.CAPABILITY));
    assertEquals("y", Files.readString(linked));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void set_id_bits_do_not_come_back(boolean across) throws Exception {
    var file = sandbox.write("/home/alice/tool/run", "x");
    var folder = sandbox.at("/home/alice/tool");
    Files.setAttribute(file, "unix:mode", 06755);
    Files.setAttribute(folder, "unix:mode", 02755);
    there_and_back(across);

    assertEquals(0755, mode(file));
    assertEquals(0755, mode(folder));
  }
}
