package dev.interdict.agent.platform.windows.installers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MsixTest {
  private static final String CLAUDE = "Claude_1.2.3.0_x64__pzs8sxrjxfjjc";

  private final List<String> removed = new ArrayList<>();
  private List<String> packages = List.of();
  private boolean broken;

  private Optional<Outcome> remove(Identity identity) {
    var deployment =
        new Msix.Deployment() {
          @Override
          public List<String> packages() {
            return packages;
          }

          @Override
          public void remove(String fullName) throws IOException {
            if (broken) {
              throw new IOException("error 0x80073cfa");
            }
            removed.add(fullName);
          }
        };
    return new Msix(deployment)
        .remove(new Item("appx", identity, null, null, BytePath.ROOT, List.of()));
  }

  private static Identity family(String family) {
    return new Identity.OfApplication("windows-family", family);
  }

  @Test
  void all_builds_of_a_family_go_once_and_no_other_s() {
    packages =
        List.of(
            CLAUDE,
            CLAUDE,
            "Claude_1.3.0.0_arm64__pzs8sxrjxfjjc",
            "ClaudeOther_1.2.3.0_x64__pzs8sxrjxfjjc",
            "Claude_1.2.3.0_x64__8wekyb3d8bbwe",
            "Claude_1.2.3.0_x64__pzs8sxrjxfjjc\\..\\x");
    assertEquals(Optional.of(new Outcome.Done()), remove(family("claude_PZS8SXRJXFJJC")));
    removed.sort(null);
    assertEquals(List.of(CLAUDE, "Claude_1.3.0.0_arm64__pzs8sxrjxfjjc"), removed);
  }

  @Test
  void a_family_that_nobody_has_is_gone_already() {
    assertEquals(Optional.of(new Outcome.AlreadyDone()), remove(family("Claude_pzs8sxrjxfjjc")));
  }

  @Test
  void a_service_that_refuses_is_a_failure() {
    packages = List.of(CLAUDE);
    broken = true;
    assertInstanceOf(Outcome.Failed.class, remove(family("Claude_pzs8sxrjxfjjc")).orElseThrow());
  }

  @Test
  void what_is_no_package_is_somebody_else_s() {
    assertEquals(Optional.empty(), remove(new Identity.OfApplication("windows-uninstall", "x")));
  }
}
