package dev.interdict.agent.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Part;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ErrorClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UninstallingTest {
  private boolean remembered = true;
  private final FakeHands hands = new FakeHands();

  private Uninstalling.Uninstalled apply(String name) {
    var purl = PackageUrl.of("deb", "debian", name);
    var plan =
        new RemovalPlan(
            new RuleId("claude-code"),
            "Claude Code",
            new Identity.OfPackage(purl),
            null,
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    var record = BytePath.parse("/var/lib/dpkg/status");
    var managed = new ManagedPackage("dpkg", purl, record, null);
    return Uninstalling.apply(plan, managed, hands, Duration.ZERO, _ -> remembered);
  }

  @Test
  void scripts_are_stopped_before_the_package_goes_and_programs_after_it() {
    hands.scripts = Set.of(new FileId(1, 7));
    hands.programs = Set.of(new FileId(1, 8));
    var went = apply("claude-code");
    assertEquals(new Outcome.Done(), went.removal());
    assertEquals(new Outcome.Done(), went.stopping());
    assertEquals(Set.of(new FileId(1, 8)), went.programs());
    assertEquals(
        List.of("ask dpkg of claude-code", "stop [7]", "uninstall", "stop [8]", "let go"),
        hands.done);
  }

  @Test
  void a_package_stays_whose_running_programs_cannot_be_remembered() {
    remembered = false;
    assertInstanceOf(Outcome.Failed.class, apply("claude-code").removal());
    assertEquals(List.of("ask dpkg of claude-code", "let go"), hands.done);
  }

  @Test
  void nothing_is_stopped_where_the_package_may_not_go() {
    hands.forecast = new Outcome.Refused(Refusal.NEEDED, "would take or break: other");
    assertEquals(hands.forecast, apply("claude-code").removal());
    assertEquals(List.of("ask dpkg of claude-code", "let go"), hands.done);
  }

  @Test
  void no_program_is_stopped_whose_package_stayed() {
    hands.removal = new Outcome.Failed(ErrorClass.TIMEOUT, "");
    hands.programs = Set.of(new FileId(1, 8));
    assertEquals(hands.removal, apply("claude-code").removal());
    assertEquals(List.of("ask dpkg of claude-code", "stop []", "uninstall", "let go"), hands.done);
  }

  @Test
  void the_manager_is_not_even_asked_about_what_the_machine_needs() {
    assertInstanceOf(Outcome.Refused.class, apply("systemd").removal());
    assertEquals(List.of(), hands.done);
  }

  @Test
  void a_package_that_holds_what_the_machine_needs_stays_under_any_name() {
    hands.files =
        List.of(
            new Part(
                Part.Role.EXECUTABLE,
                BytePath.parse("/usr/bin/dpkg"),
                new FileId(1, 9),
                FileKind.REGULAR));
    assertInstanceOf(Outcome.Refused.class, apply("claude-code").removal());
    assertEquals(List.of("ask dpkg of claude-code", "let go"), hands.done);
  }
}
