package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import org.jspecify.annotations.Nullable;

/// The registry of a machine that is not running, from the hive files on its disk.
///
/// A hive that was not closed cleanly is read as it stands and leaves a gap: what its transaction
/// logs would add or take away is not applied, so software may be missing or already gone.
public final class HiveFiles implements Registry {
  private static final String SOFTWARE = "Windows/System32/config/SOFTWARE";
  private static final String USER = "NTUSER.DAT";
  private static final String CLASSES = "AppData/Local/Microsoft/Windows/UsrClass.dat";

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public @Nullable RegistryKey software(Tree system, Sightings out) {
    return root(system, BytePath.ROOT.resolve(SOFTWARE), out);
  }

  @Override
  public @Nullable RegistryKey user(Machine.HomeTree home, Sightings out) {
    return root(home.tree(), home.home().path().resolve(USER), out);
  }

  @Override
  public @Nullable RegistryKey classes(Machine.HomeTree home, Sightings out) {
    return root(home.tree(), home.home().path().resolve(CLASSES), out);
  }

  private static @Nullable RegistryKey root(Tree tree, BytePath file, Sightings out) {
    try {
      var hive = Hive.open(tree, file);
      if (hive == null) {
        return null;
      }
      if (!hive.clean()) {
        out.gap(
            new UnreadableException(
                Reason.MALFORMED,
                file,
                "was not closed cleanly; what its transaction logs hold is not read"));
      }
      return hive.root();
    } catch (UnreadableException e) {
      out.gap(e);
      return null;
    }
  }
}
