package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.Beneath;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.io.IOException;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Removes directories that a package left empty, and makes them again when something below them is
/// given back. Only rmdir is ever used, which the kernel refuses for a directory with anything in
/// it.
final class EmptyDirectories {
  private final LinuxMachine machine;
  private final Vault vault;
  private final Acts acts;
  private final RandomGenerator random;

  EmptyDirectories(LinuxMachine machine, Vault vault, Acts acts, RandomGenerator random) {
    this.machine = machine;
    this.vault = vault;
    this.acts = acts;
    this.random = random;
  }

  Outcome remove(@Nullable Home owner, BytePath path) throws IOException, RefusedException {
    var place = Place.of(machine, owner, path);
    try (var parent = place.parent()) {
      var stat = Kernel.stat(parent, place.name());
      if (!stat.directory() || stat.uid() != place.owner()) {
        throw new RefusedException(Refusal.FOREIGN_OWNER, "not a directory of its owner");
      }
      vault
          .journal()
          .append(
              new JournalRecord.Emptied(
                  HeldId.fresh(random), owner, path, stat.uid(), stat.gid(), stat.mode() & 0777));
      acts.rmdir(parent, place.name());
      return new Outcome.Done();
    } catch (KernelException e) {
      if (Place.absent(e)) {
        return new Outcome.AlreadyDone();
      }
      if (e.errno() == Errno.ENOTEMPTY || e.errno() == Errno.EEXIST) {
        throw new RefusedException(Refusal.KEPT, "something is left in it");
      }
      throw Place.refusal(e);
    }
  }

  /// Makes the directories above `path` again that were removed here and are still missing.
  void restoreAbove(@Nullable Home owner, BytePath path) throws IOException, RefusedException {
    for (var depth = 1; depth < path.depth(); depth++) {
      var above = path;
      while (above.depth() > depth) {
        above = above.parent();
      }
      var removed = removed(owner, above);
      if (removed != null) {
        restore(removed);
      }
    }
  }

  private JournalRecord.@Nullable Emptied removed(@Nullable Home owner, BytePath path) {
    JournalRecord.Emptied found = null;
    for (var record : vault.journal().records()) {
      if (record instanceof JournalRecord.Emptied emptied
          && emptied.path().equals(path)
          && Objects.equals(emptied.owner(), owner)) {
        found = emptied;
      }
    }
    return found;
  }

  /// Made ready in the vault, so that its user never has it half done.
  private void restore(JournalRecord.Emptied removed) throws IOException, RefusedException {
    var place = Place.of(machine, removed.owner(), removed.path());
    var name = Vault.name(removed.id());
    try (var parent = place.parent()) {
      if (Taking.there(parent, place.name())) {
        return;
      }
      TreeRemoval.remove(vault.work(), name, place.owner(), acts);
      acts.mkdir(vault.work(), name, 0700);
      try (var made = Beneath.enter(vault.work(), name, Kernel.O_RDONLY | Kernel.O_DIRECTORY)) {
        acts.chown(made, removed.uid(), removed.gid());
        acts.chmod(made, removed.mode());
      }
      try {
        acts.rename(vault.work(), name, parent, place.name());
      } catch (KernelException e) {
        if (e.errno() != Errno.EXDEV) {
          throw e;
        }
        TreeCopy.copy(vault.work(), name, parent, place.name(), acts);
        acts.rmdir(vault.work(), name);
      }
      acts.fsync(parent);
    }
  }
}
