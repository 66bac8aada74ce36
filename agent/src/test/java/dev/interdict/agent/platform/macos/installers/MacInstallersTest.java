package dev.interdict.agent.platform.macos.installers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.platform.Command;
import dev.interdict.policy.Residue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// T32 for what macOS is asked to forget: hostile names become no argument.
class MacInstallersTest {
  private static final Path NONE = Path.of("/nowhere/at/all");
  private static final Home ADA = new Home("ada", 501, BytePath.parse("/Users/ada"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--force",
        "-x",
        "a b",
        "a/b",
        "../x",
        "a..b",
        "a;rm",
        "$(x)",
        "a\nb",
        "a\0b",
        "é",
        ".hidden",
        "*",
        "com.example/../../x"
      })
  void a_hostile_name_is_refused_before_anything_runs(String name) {
    assertTrue(PlainName.parse(name).isEmpty());
    var outcome = new LaunchServices(NONE).bootOut(ADA, name + ".plist");
    assertEquals(Refusal.PROTECTED, assertInstanceOf(Outcome.Refused.class, outcome).why());
    var receipt = new Receipts(NONE).remove(receipt(name)).orElseThrow();
    assertEquals(Refusal.PROTECTED, assertInstanceOf(Outcome.Refused.class, receipt).why());
  }

  private static Item receipt(String id) {
    return new Item(
        "receipt",
        new Identity.OfResidue(Residue.DATA, "var/db/receipts/" + id),
        null,
        null,
        BytePath.ROOT,
        List.of());
  }

  @Test
  void nothing_of_apple_s_is_forgotten_or_ended() {
    assertInstanceOf(
        Outcome.Refused.class, new Receipts(NONE).remove(receipt("com.apple.pkg")).orElseThrow());
    assertInstanceOf(
        Outcome.Refused.class, new LaunchServices(NONE).bootOut(null, "com.apple.x.plist"));
  }

  @Test
  void a_service_is_ended_in_its_own_domain() {
    var label = PlainName.parse("com.example.tool").orElseThrow();
    assertEquals(
        List.of("bootout", "gui/501/com.example.tool"), LaunchServices.arguments(ADA, label));
    assertEquals(
        List.of("bootout", "system/com.example.tool"), LaunchServices.arguments(null, label));
  }

  @Test
  void answers_are_told_apart() {
    assertEquals(new Outcome.Done(), LaunchServices.outcome(exited(0)));
    assertEquals(new Outcome.AlreadyDone(), LaunchServices.outcome(exited(113)));
    assertInstanceOf(Outcome.Failed.class, LaunchServices.outcome(exited(5)));
    assertEquals(new Outcome.Done(), Receipts.outcome(exited(0)));
    assertInstanceOf(Outcome.Failed.class, Receipts.outcome(exited(1)));
  }

  private static Command.Outcome exited(int code) {
    return new Command.Outcome.Exited(code, new byte[0], new byte[0]);
  }
}
