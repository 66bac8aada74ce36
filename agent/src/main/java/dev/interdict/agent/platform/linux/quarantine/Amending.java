package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Holding;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes a list of another program anew without some entries: a new file is made ready beside it,
/// the two exchange their names in one act, and the old one is looked at and taken into quarantine
/// from there. So the list is never missing, and whoever reads it sees the old one or the new one.
///
/// Whatever ends early leaves the old list beside its place, where [#settle] finds both and puts
/// them right; the list of somebody who wrote it anew meanwhile wins over ours.
final class Amending {
  private final Quarantine quarantine;
  private final Vault vault;
  private final Acts acts;
  private final Taking taking;
  private final GivingBack givingBack;

  Amending(Quarantine quarantine, Taking taking, GivingBack givingBack) {
    this.quarantine = quarantine;
    this.vault = quarantine.vault();
    this.acts = quarantine.acts();
    this.taking = taking;
    this.givingBack = givingBack;
  }

  /// What is to become of a list.
  ///
  /// @param result the new content
  private record Intent(JournalRecord.Take take, JournalRecord.Amend amend, byte[] result) {}

  /// @param holdings by id
  /// @throws IOException if the machine does not let us; the journal says how far we came
  Outcome amend(RemovalPlan plan, Amendment amendment, Place place, Map<HeldId, Holding> holdings)
      throws IOException, RefusedException {
    try (var parent = place.parentIfThere()) {
      if (parent == null || !Taking.there(parent, place.name())) {
        return new Outcome.AlreadyDone();
      }
      var stat = Kernel.stat(parent, place.name());
      var intent = intent(plan, amendment, place, stat, read(parent, place), holdings);
      if (intent == null) {
        return new Outcome.AlreadyDone();
      }
      vault.journal().append(intent.take());
      vault.journal().append(intent.amend());
      try {
        make(intent, place, parent, stat);
        exchange(intent, place, parent);
      } catch (RefusedException e) {
        settle(intent.amend(), place, parent);
        throw e;
      } catch (KernelException e) {
        settle(intent.amend(), place, parent);
        throw Place.refusal(e);
      }
      hold(intent, place, parent);
      return new Outcome.Done();
    }
  }

  /// What amending would come to, without doing it.
  ///
  /// @return how many bytes the list would lose, 0 where it has lost them already
  long foresee(RemovalPlan plan, Amendment amendment, Place place, Map<HeldId, Holding> holdings)
      throws IOException, RefusedException {
    try (var parent = place.parentIfThere()) {
      if (parent == null || !Taking.there(parent, place.name())) {
        return 0;
      }
      var stat = Kernel.stat(parent, place.name());
      var content = read(parent, place);
      var intent = intent(plan, amendment, place, stat, content, holdings);
      return intent == null ? 0 : content.length - intent.result().length;
    }
  }

  private void hold(Intent intent, Place place, Fd parent) throws IOException, RefusedException {
    var id = intent.take().id();
    try {
      taking.move(intent.take(), place.beside(id), parent);
    } catch (RefusedException e) {
      // Elsewhere than beside the list nothing is put right now: the next hands recover it.
      if (vault.journal().records().getLast() instanceof JournalRecord.PutBack) {
        settle(intent.amend(), place, parent);
      }
      throw e;
    }
    vault.journal().append(new JournalRecord.Amended(id));
  }

  private static byte[] read(Fd parent, Place place) throws KernelException, RefusedException {
    try {
      return Lists.read(parent, place.name());
    } catch (KernelException e) {
      throw Place.refusal(e);
    }
  }

  /// What is to be done, or null where it is done already.
  private @Nullable Intent intent(
      RemovalPlan plan,
      Amendment amendment,
      Place place,
      Stat stat,
      byte[] content,
      Map<HeldId, Holding> holdings)
      throws KernelException, RefusedException {
    var digest = Lists.digest(content);
    var part = new Part(Part.Role.MAIN, amendment.file(), stat.id(), FileKind.REGULAR);
    var take = quarantine.intent(plan, part);
    Taking.requireMatched(take, place, stat);
    if (digest.equals(amendment.sha256()) && stat.id().equals(amendment.id())) {
      return intent(take, digest, take.id(), content, amendment.cuts());
    }
    for (var earlier : holdings.values()) {
      var amend = earlier.amend();
      if (amend != null
          && earlier.resting()
          && earlier.take().path().equals(amendment.file())
          && Objects.equals(earlier.take().owner(), plan.owner())
          && amend.result().equals(digest)) {
        var basis = holdings.get(amend.basis());
        var seen = basis == null ? null : basis.amend();
        if (basis != null
            && seen != null
            && basis.resting()
            && seen.sha256().equals(amendment.sha256())
            && basis.take().file().equals(amendment.id())) {
          if (new HashSet<>(amend.cuts()).containsAll(amendment.cuts())) {
            return null;
          }
          var original = Lists.read(vault.held(), Vault.name(amend.basis()));
          if (Lists.digest(original).equals(seen.sha256())) {
            return intent(take, digest, amend.basis(), original, both(amend, amendment));
          }
        }
      }
    }
    throw new RefusedException(Refusal.CHANGED, "not the list that was read");
  }

  private static List<Amendment.Cut> both(JournalRecord.Amend earlier, Amendment now) {
    var cuts = new TreeSet<>(Comparator.comparing(Amendment.Cut::from));
    cuts.addAll(earlier.cuts());
    cuts.addAll(now.cuts());
    return List.copyOf(cuts);
  }

  private static Intent intent(
      JournalRecord.Take take,
      String digest,
      HeldId basis,
      byte[] original,
      List<Amendment.Cut> cuts)
      throws RefusedException {
    try {
      var result = Amendment.without(original, cuts);
      return new Intent(
          take,
          new JournalRecord.Amend(take.id(), digest, Lists.digest(result), basis, cuts),
          result);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.CHANGED, "the cuts do not fit the list");
    }
  }

  /// The new list, ready beside the old one.
  private void make(Intent intent, Place place, Fd parent, Stat stat) throws KernelException {
    var beside = place.beside(intent.take().id());
    try (var made = acts.create(parent, beside.name())) {
      if (intent.result().length > 0) {
        acts.write(made, intent.result(), intent.result().length);
      }
      acts.chown(made, stat.uid(), stat.gid());
      acts.chmod(made, stat.mode() & 0777);
      acts.fsync(made);
    }
    acts.fsync(parent);
  }

  /// What was exchanged is looked at where no other program knows it.
  private void exchange(Intent intent, Place place, Fd parent)
      throws KernelException, RefusedException {
    var beside = place.beside(intent.take().id());
    acts.exchange(parent, beside.name(), place.name());
    Taking.requireMatched(intent.take(), place, Kernel.stat(parent, beside.name()));
    if (!Lists.has(parent, beside.name(), intent.amend().sha256())) {
      throw new RefusedException(Refusal.CHANGED, "it was changed while it was amended");
    }
    acts.fsync(parent);
  }

  /// Puts the old list back, if the new one still is what we made of it.
  void giveBack(Holding holding, JournalRecord.Taken taken, Place place)
      throws IOException, RefusedException {
    var amend = Objects.requireNonNull(holding.amend());
    try (var parent = place.parentIfThere()) {
      if (parent == null || !Lists.has(parent, place.name(), amend.result())) {
        throw new RefusedException(
            Refusal.CHANGED,
            "the list was changed since its entry was cut out, so the entry was not put back");
      }
      givingBack.giveBack(holding, taken, place.beside(amend.id()));
      settle(amend, place, parent);
    }
  }

  /// Sees to it that nothing of an amendment lies beside the list: an old list goes back to its
  /// place if ours is there, a new one goes.
  private void settle(JournalRecord.Amend amend, Place place, @Nullable Fd parent)
      throws IOException, RefusedException {
    if (parent != null) {
      var beside = place.beside(amend.id()).name();
      if (Lists.has(parent, place.name(), amend.result()) && Taking.there(parent, beside)) {
        restore(amend, place, parent, beside);
      } else if (!Lists.has(parent, beside, amend.sha256())) {
        TreeRemoval.remove(parent, beside, place.owner(), acts);
      } else if (!Taking.there(parent, place.name())) {
        acts.rename(parent, beside, parent, place.name());
      }
      acts.fsync(parent);
    }
    vault.journal().append(new JournalRecord.Settled(amend.id()));
  }

  private void restore(JournalRecord.Amend amend, Place place, Fd parent, byte[] beside)
      throws KernelException, RefusedException {
    acts.exchange(parent, beside, place.name());
    acts.fsync(parent);
    if (Lists.has(parent, beside, amend.result())) {
      TreeRemoval.remove(parent, beside, place.owner(), acts);
    } else {
      // Its user wrote the list anew at this very moment: that one stays.
      acts.exchange(parent, beside, place.name());
    }
  }

  /// Goes on where a crash ended it, until the old list is held or nothing of it is.
  void recover(Holding holding, Place place) throws IOException, RefusedException {
    var amend = Objects.requireNonNull(holding.amend());
    var take = holding.take();
    var beside = place.beside(amend.id());
    switch (holding.last()) {
      case JournalRecord.Amend _ -> taking.recover(take, beside);
      case JournalRecord.Copied copied -> taking.recover(take, copied.digest(), beside);
      case JournalRecord.Removing _ -> taking.recoverRemoval(take, beside);
      case JournalRecord.Taken _ -> vault.journal().append(new JournalRecord.Amended(amend.id()));
      case JournalRecord.GiveBack _ -> givingBack.recover(amend.id(), beside);
      case JournalRecord.CopiedBack copied -> givingBack.recover(copied, beside);
      case JournalRecord.PutBack _, JournalRecord.GivenBack _ -> {
        try (var parent = place.parentIfThere()) {
          settle(amend, place, parent);
        }
      }
      case JournalRecord.Take _,
          JournalRecord.Amended _,
          JournalRecord.Settled _,
          JournalRecord.KeptBack _,
          JournalRecord.Purge _,
          JournalRecord.Purged _,
          JournalRecord.Emptied _,
          JournalRecord.OfStub _ -> {}
    }
    var after = Holding.fold(vault.journal().records()).get(amend.id());
    if (after != null && after.open() && !after.resting() && !after.equals(holding)) {
      recover(after, place);
    }
  }
}
