package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import org.jspecify.annotations.Nullable;

/// Linux distributions inside Windows (WSL), which each user has for himself. What is in them is
/// another machine's software that nobody has looked at here, so each is a gap: a folder can be
/// inspected with `--root`, a disk image only from inside while it runs. Their network share is
/// never touched, since that starts a stopped one.
///
/// Does not see: distributions that were taken off the list while their files stayed.
public final class WslSource implements Source {
  private static final String LIST = "Software\\Microsoft\\Windows\\CurrentVersion\\Lxss";

  /// In a distribution's `Flags`: it runs in a virtual machine, from a disk image.
  private static final int VIRTUAL_MACHINE = 8;

  private static final int LONGEST_NAME = 64;

  private final Registry registry;

  public WslSource(Registry registry) {
    this.registry = registry;
  }

  @Override
  public String name() {
    return "wsl";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) throws UnreadableException {
    var user = registry.user(home, out);
    var list = user == null ? null : user.at(LIST);
    if (list != null) {
      for (var distribution : list.children()) {
        if (distribution.name().startsWith("{")) {
          out.gap(gap(distribution, home.home().path()));
        }
      }
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    // Distributions are their users'.
  }

  private static UnreadableException gap(RegistryKey distribution, BytePath home)
      throws UnreadableException {
    var place = WindowsPath.below(distribution.text("BasePath"));
    var flags = distribution.number("Flags");
    var image = flags == null || (flags & VIRTUAL_MACHINE) != 0;
    return new UnreadableException(
        Reason.OTHER_FILE_SYSTEM,
        place == null ? home : place,
        "not inspected: the WSL distribution"
            + named(distribution.text("DistributionName"))
            + (image
                ? " is a disk image"
                : " is a machine of its own; scan its rootfs with --root"));
  }

  /// Only a name that WSL itself would take is shown.
  private static String named(@Nullable String name) {
    return name != null && name.matches("[A-Za-z0-9._-]{1," + LONGEST_NAME + "}") ? " " + name : "";
  }
}
